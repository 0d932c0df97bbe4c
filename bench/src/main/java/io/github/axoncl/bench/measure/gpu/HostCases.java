package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.measure.OperandMemory;
import io.github.axoncl.bench.measure.gpu.BenchmarkCase.Call;
import java.util.ArrayList;
import java.util.List;

/** Calls on host memory, whose operands travel, and calls that are waited for one by one. */
final class HostCases {
    private static final String STAGING = "staging";
    private static final int MOST = 1 << 26;
    private static final long SHORT = 1024;

    private HostCases() {
    }

    /** Calls on arrays and direct buffers, and copies of the same to and from the device. */
    static List<BenchmarkCase> staging(long longest) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long each : ElementwiseCases.lengths(Math.min(longest, MOST))) {
            int length = (int) each;
            for (Residence residence : List.of(Residence.HEAP, Residence.DIRECT)) {
                OperandMemory memory = OperandMemory.of(residence);
                cases.add(BenchmarkCase.host(STAGING, "relu forward on " + memory.title(), length, 8.0 * length, session -> {
                    Operand x = memory.filled(session.backend(), DeviceSession.values(length));
                    Operand y = memory.output(session.backend(), length);
                    return new Call(() -> session.backend().forward(Activation.RELU, x, y), null);
                }));
                cases.add(BenchmarkCase.host(STAGING, "write from " + memory.title(), length, 4.0 * length, session -> {
                    Operand x = memory.filled(session.backend(), DeviceSession.values(length));
                    DeviceBuffer to = session.output(length);
                    return new Call(() -> to.write(0, x), null);
                }));
                cases.add(BenchmarkCase.host(STAGING, "read to " + memory.title(), length, 4.0 * length, session -> {
                    DeviceBuffer from = session.input(0, length);
                    Operand y = memory.output(session.backend(), length);
                    return new Call(() -> from.read(0, y), null);
                }));
            }
        }
        return cases;
    }

    /** What a call costs beside its elements: one after the other, and each waited for; and what compilers take, which stands
     * under the first call of each. */
    static List<BenchmarkCase> launches() {
        return List.of(ElementwiseCases.forward("launches", Activation.RELU, DType.FLOAT32, SHORT),
                BenchmarkCase.host("launches", "relu forward and a wait", SHORT, 8.0 * SHORT, session -> {
                    DeviceBuffer x = session.input(0, SHORT);
                    DeviceBuffer y = session.output(SHORT);
                    return new Call(() -> {
                        session.backend().forward(Activation.RELU, x, y);
                        Timing.await(y);
                    }, null);
                }));
    }
}
