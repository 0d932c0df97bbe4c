package io.github.axoncl.internal.auto;

import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operand;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides by predicted time. Short calls on host memory never touch the device, whatever the numbers say. Operands in different
 * kinds of memory: the costs of each kind, weighted by the operands' bytes.
 */
final class CostChoice implements Choice {
    /** The longest call on host memory that is not even looked up. */
    static final long SHORT = 4096;
    /** How much faster the CPU must be for operands to leave the device: later calls will want them there again, and calls on
     * them need not be waited for. */
    private static final double LEAVING = 2;
    /** The shortest call for which it is worth measuring. */
    private static final double WORTH_MEASURING = 8192;

    private final CostModel model;
    private final Map<KernelSignature, CostClass> classes = new ConcurrentHashMap<>();

    CostChoice(CostModel model) {
        this.model = model;
    }

    @Override
    public boolean onDevice(KernelCall call) {
        List<Operand> operands = call.operands();
        long heap = 0;
        long direct = 0;
        long device = 0;
        for (int k = 0; k < operands.size(); k++) {
            Operand operand = operands.get(k);
            long bytes = operand.length() * operand.type().bytes();
            if (operand instanceof DeviceBuffer) {
                device += bytes;
            } else if (Residence.of(operand) == Residence.DIRECT) {
                direct += bytes;
            } else {
                heap += bytes;
            }
        }
        double n = size(call);
        if (device == 0 && n <= SHORT) {
            return false;
        }
        CostClass kind = kind(call.signature());
        double all = Math.max(1, heap + direct + device);
        double lead = 0;
        lead += heap == 0 ? 0 : heap / all * lead(kind, Residence.HEAP, n);
        lead += direct == 0 ? 0 : direct / all * lead(kind, Residence.DIRECT, n);
        lead += device == 0 ? 0 : device / all * lead(kind, Residence.DEVICE, n);
        return goesToDevice(lead, device > 0);
    }

    /** What lies on the device stays there unless there is a reason. */
    private static boolean goesToDevice(double lead, boolean liesThere) {
        return liesThere ? lead >= 0 : lead > 0;
    }

    /** The length, in elements of up to four bytes: a longer one takes twice the room and twice the vectors. */
    private static double size(KernelCall call) {
        return call.rows().length() * Math.max(1.0, call.signature().type().bytes() / 4.0);
    }

    /** By how much the device is faster. */
    private double lead(CostClass kind, Residence residence, double n) {
        if (n >= WORTH_MEASURING) {
            model.wanted(kind, residence);
        }
        return lead(model.costs(kind, residence), residence, n);
    }

    private static double lead(Costs costs, Residence residence, double n) {
        return costs.cpu().nanos(n) * (residence == Residence.DEVICE ? LEAVING : 1) - costs.device().nanos(n);
    }

    private CostClass kind(KernelSignature signature) {
        CostClass known = classes.get(signature);
        if (known == null) {
            known = CostClass.of(signature);
            classes.put(signature, known);
        }
        return known;
    }

    @Override
    public Explanation explain(String call, CostClass kind, long n, Residence residence) {
        Costs costs = model.measured(kind, residence);
        double cpu = costs.cpu().nanos(n);
        double device = costs.device().nanos(n);
        boolean tooShort = residence != Residence.DEVICE && n <= SHORT;
        boolean onDevice = !tooShort && goesToDevice(lead(costs, residence, n), residence == Residence.DEVICE);
        boolean stays = residence == Residence.DEVICE && onDevice && cpu < device;
        String reason = tooShort ? "calls of up to " + SHORT + " elements in host memory never touch the device"
                : stays ? "the CPU is not predicted to be so much faster that operands should leave the device"
                : device == cpu ? "both are predicted to take as long" : "it is predicted to be faster";
        return new Explanation(onDevice ? "opencl" : "cpu", call, n, residence, cpu, device, costs.source(), reason);
    }

    @Override
    public void close() {
        model.close();
    }
}
