package io.github.axoncl.internal.auto;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;

/**
 * Rough costs where nothing was measured, from the number of threads, the form of the CPU path and the kind of device. A CPU:
 * 0.5 ns per element for the memory, and for each thread 0.4, 2.5 or 6 ns for a light, medium or heavy function in SIMD form,
 * four times that in scalar form, half as much again for a gradient. A device: 15 microseconds for a launch; as a CPU of its
 * compute units in SIMD form, or a twentieth of a nanosecond where it is no CPU. Each operand that crosses: 20 microseconds and
 * 0.4 ns per element, nothing for direct buffers where memory is shared.
 */
final class DefaultCosts implements CostModel {
    private static final int RESIDENCES = Residence.values().length;
    /** How many pairs of a class and a kind of memory there are. */
    static final int CELLS = CostClass.values().length * RESIDENCES;
    private static final double MEMORY = 0.5;
    private static final double[] SIMD = {0.4, 2.5, 6};
    private static final double SCALAR_OVER_SIMD = 4;
    private static final double CPU_CALL = 1_000;
    private static final double LAUNCH = 15_000;
    private static final double CROSSING = 20_000;
    private static final double CROSSING_ELEMENT = 0.4;
    private static final double NO_CPU_ELEMENT = 0.05;

    private final DeviceInfo device;
    private final int threads;
    private final boolean simd;
    private final Costs[] costs = new Costs[CELLS];

    DefaultCosts(DeviceInfo device, int threads, boolean simd, Source source) {
        this.device = device;
        this.threads = threads;
        this.simd = simd;
        for (CostClass kind : CostClass.values()) {
            for (Residence residence : Residence.values()) {
                costs[index(kind, residence)] = new Costs(cpu(kind, residence), device(kind, residence), source);
            }
        }
    }

    static int index(CostClass kind, Residence residence) {
        return kind.ordinal() * RESIDENCES + residence.ordinal();
    }

    @Override
    public Costs costs(CostClass kind, Residence residence) {
        return costs[index(kind, residence)];
    }

    private Cost cpu(CostClass kind, Residence residence) {
        int crossing = residence == Residence.DEVICE ? operands(kind) : 0;
        double copies = residence == Residence.DIRECT ? operands(kind) * CROSSING_ELEMENT / 2 : 0;
        double computing = computing(kind) * (simd ? 1 : SCALAR_OVER_SIMD) / threads;
        return Cost.line(CPU_CALL + crossing * CROSSING, MEMORY + computing + copies + crossing * CROSSING_ELEMENT);
    }

    private Cost device(CostClass kind, Residence residence) {
        boolean inPlace = residence == Residence.DEVICE || residence == Residence.DIRECT && device.unifiedMemory();
        int crossing = inPlace ? 0 : operands(kind);
        double element = device.type().equals("CPU") ? MEMORY + computing(kind) / Math.max(1, device.computeUnits())
                : NO_CPU_ELEMENT;
        double waiting = residence == Residence.DEVICE ? 0 : CROSSING;
        return Cost.line(LAUNCH + waiting + crossing * CROSSING, element + crossing * CROSSING_ELEMENT);
    }

    private static double computing(CostClass kind) {
        boolean rows = kind == CostClass.ROWS || kind == CostClass.ROWS_GRADIENT;
        return (rows ? SIMD[2] : SIMD[kind.ordinal() % 3]) * (kind.isGradient() ? 1.5 : 1);
    }

    private static int operands(CostClass kind) {
        return kind.isGradient() ? 3 : 2;
    }
}
