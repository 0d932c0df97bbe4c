package io.github.axoncl.lifecycle;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.contract.BackendUnderTest;
import io.github.axoncl.contract.FunctionCase;
import io.github.axoncl.contract.Inputs;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Many calls leave nothing behind: no handle of OpenCL, no native memory. */
class ManyCallsContractTest extends BackendContract {
    private static final int LENGTH = 256;
    private static final Rows ROWS = Rows.of(4, 64);
    /** A twentieth of the smallest memory that a call leases, 4 KiB; 20 MB with 10^5 calls. */
    private static final long BYTES_PER_CALL = 200;
    /** What the JVM's own compilers and collector add. */
    private static final long BYTES_OF_THE_JVM = 16L << 20;

    private final float[] x = Inputs.normal(LENGTH, 81);
    private final float[] dy = Inputs.normal(LENGTH, 82);
    private final Operand[] arrays = {Operand.of(x), Operand.of(dy), Operand.of(new float[LENGTH])};
    private final Operand[] direct = {Operand.of(Calls.direct(LENGTH).put(0, x)), Operand.of(Calls.direct(LENGTH).put(0, dy)),
        Operand.of(Calls.direct(LENGTH))};
    private final List<FunctionCase> cases = cases();

    /** The slow drivers take milliseconds for a call. */
    private static int calls() {
        return switch (KIND) {
            case RUSTICL -> 2_000;
            case OCLGRIND -> 1_000;
            // The CPU backend again, which has its 10^5 calls as cpu-scalar.
            case NO_PLATFORM, NO_LIBRARY -> 10_000;
            default -> 100_000;
        };
    }

    /** Every operation of every function; a part of them where building takes longer than the calls. */
    private static List<FunctionCase> cases() {
        List<FunctionCase> all = FunctionCase.withDefaults().toList();
        int step = KIND == BackendUnderTest.RUSTICL || KIND == BackendUnderTest.OCLGRIND ? 5 : 1;
        return IntStream.range(0, all.size()).filter(i -> i % step == 0).mapToObj(all::get).toList();
    }

    @Test
    void leaveNoHandleAndNoMemory() {
        int calls = calls();
        try (Watched watched = Watched.open()) {
            run(watched.backend(), Math.max(6 * (cases.size() + 1), calls / 5));
            Map<String, Integer> handles = watched.handles();
            long allocations = watched.backend().info().memory().allocations();
            long resident = NativeMemory.resident();
            run(watched.backend(), calls);
            long grown = NativeMemory.resident() - resident;
            System.out.printf("%s: %d calls; handles before %s, after %s; native memory %d KiB, then %+d KiB%n", KIND.id(),
                    calls, handles, watched.handles(), resident >> 10, grown >> 10);
            assertThat(watched.handles()).as("handles").isEqualTo(handles);
            if (KIND.isDevice()) {
                assertThat(watched.backend().info().memory().allocations()).as("allocations of the driver")
                        .isEqualTo(allocations);
            }
            assertThat(grown).as("growth of the native memory").isLessThan(BYTES_OF_THE_JVM + calls * BYTES_PER_CALL);
        }
    }

    /** Every function and operation in turn, with every kind of memory. */
    private void run(Backend backend, int calls) {
        try (DeviceBuffer a = backend.allocate(DType.FLOAT32, LENGTH); DeviceBuffer b = backend.allocate(DType.FLOAT32, LENGTH);
                DeviceBuffer c = backend.allocate(DType.FLOAT32, LENGTH)) {
            a.write(x);
            b.write(dy);
            Operand[] device = {a, b, c};
            for (int i = 0; i < calls; i++) {
                int which = i / 6 % (cases.size() + 1);
                switch (i % 6) {
                    case 0 -> run(backend, which, arrays[0], arrays[1], arrays[2]);
                    case 1 -> run(backend, which, direct[0], direct[1], direct[2]);
                    case 2 -> run(backend, which, device[0], device[1], device[2]);
                    case 3 -> run(backend, which, arrays[0], direct[1], c);
                    case 4 -> run(backend, which, a, arrays[1], direct[2]);
                    default -> {
                        try (DeviceBuffer own = backend.allocate(DType.FLOAT32, LENGTH)) {
                            run(backend, which, arrays[0], b, own);
                        }
                    }
                }
            }
        }
        assertThat(backend.info().memory().liveBytes()).isZero();
    }

    private void run(Backend backend, int which, Operand in, Operand gradient, Operand out) {
        if (which == cases.size()) {
            backend.forward(RowActivation.SOFTMAX, ROWS, in, out);
            return;
        }
        FunctionCase tested = cases.get(which);
        switch (tested.operation()) {
            case FORWARD -> backend.forward(tested.function(), in, out);
            case DERIVATIVE -> backend.derivative(tested.function(), in, out);
            case BACKWARD -> backend.backward(tested.function(), in, gradient, out);
            case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(tested.function(), in, gradient, out);
            default -> throw new AssertionError(tested);
        }
    }
}
