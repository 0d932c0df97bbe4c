package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.contract.MemoryKind.Memory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every mixture of arrays, NIO buffers and device buffers gives the same bits, and leaves inputs and surroundings alone. */
class OperandContractTest extends BackendContract {
    /** The simulator takes milliseconds for any call: one length must do there. */
    private static final int[] LENGTHS = KIND == BackendUnderTest.OCLGRIND ? new int[] {65} : new int[] {1, 257};

    /** All functions; where a launch takes long, one of each kind, since what is tested is how operands come and go. */
    static Stream<FunctionCase> functions() {
        return KIND == BackendUnderTest.RUSTICL || KIND == BackendUnderTest.OCLGRIND ? few() : FunctionCase.withDefaults();
    }

    private static Stream<FunctionCase> few() {
        Set<String> few = Set.of("forward of relu", "backward of gelu", "backward_from_output of tanh");
        return FunctionCase.withDefaults().filter(tested -> few.contains(tested.toString()));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyMixture(FunctionCase tested) {
        for (int length : LENGTHS) {
            mixtures(backend(), tested, length);
        }
    }

    @ParameterizedTest
    @EnumSource(Transfer.class)
    void everyMixtureWithEveryTransfer(Transfer transfer) {
        try (Backend other = KIND.open(KIND.options().withTransfer(transfer))) {
            few().forEach(tested -> {
                for (int length : LENGTHS) {
                    mixtures(other, tested, length);
                }
            });
            assertThat(other.info().memory().liveBytes()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void inPlaceInEveryMemory(FunctionCase tested) {
        float[] x = Inputs.mixed(257, 5);
        float[] dy = Inputs.mixed(257, 6);
        Expected expected = Expected.of(tested, x, dy);
        for (MemoryKind kind : MemoryKind.values()) {
            for (MemoryKind other : tested.takesGradient() ? MemoryKind.values() : new MemoryKind[] {kind}) {
                try (Memory memory = kind.with(backend(), x); Memory gradient = other.with(backend(), dy)) {
                    tested.run(backend(), memory.operand(), gradient.operand(), memory.operand());
                    expected.check(tested + " into x in " + kind + ", dy in " + other, memory.content(), 0, 0, x.length);
                    assertThat(memory.guardsIntact()).isTrue();
                }
                if (tested.takesGradient()) {
                    try (Memory memory = kind.with(backend(), x); Memory gradient = other.with(backend(), dy)) {
                        tested.run(backend(), memory.operand(), gradient.operand(), gradient.operand());
                        expected.check(tested + " into dy in " + other + ", x in " + kind, gradient.content(), 0, 0, x.length);
                        assertThat(gradient.guardsIntact()).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void emptyOperandsOfEveryKind() {
        FunctionCase.withDefaults().forEach(tested -> {
            for (MemoryKind kind : MemoryKind.values()) {
                try (Memory x = kind.with(backend()); Memory dy = kind.with(backend()); Memory out = kind.with(backend())) {
                    tested.run(backend(), x.operand(), dy.operand(), out.operand());
                    assertThat(out.guardsIntact()).as("%s, %s", tested, kind).isTrue();
                }
            }
        });
    }

    private static void mixtures(Backend backend, FunctionCase tested, int length) {
        float[] x = Inputs.mixed(length, 3);
        float[] dy = Inputs.mixed(length, 4);
        Expected expected = Expected.of(tested, x, dy);
        MemoryKind[] kinds = MemoryKind.values();
        for (MemoryKind xKind : kinds) {
            for (MemoryKind dyKind : tested.takesGradient() ? kinds : Arrays.copyOf(kinds, 1)) {
                for (MemoryKind outKind : kinds) {
                    String what = tested + ", length " + length + ", x, dy, out in " + xKind + ", " + dyKind + ", " + outKind;
                    try (Memory in = xKind.with(backend, x); Memory gradient = dyKind.with(backend, dy);
                            Memory out = outKind.with(backend, new float[length])) {
                        tested.run(backend, in.operand(), gradient.operand(), out.operand());
                        expected.check(what, out.content(), 0, 0, length);
                        Bits.assertSame(what + ": x", in.content(), x);
                        Bits.assertSame(what + ": dy", gradient.content(), dy);
                        assertThat(in.guardsIntact() && gradient.guardsIntact() && out.guardsIntact()).as(what).isTrue();
                    }
                }
            }
        }
    }
}
