package io.github.axoncl;

import io.github.axoncl.contract.BackendUnderTest;
import io.github.axoncl.contract.Inputs;
import io.github.axoncl.contract.LogWatch;
import io.github.axoncl.contract.OnlyWithDriver;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The kernel file is the one source: a copy of it with one constant changed changes the results, and to the same new bits
 * everywhere. A formula written a second time, in Java, would not follow.
 */
@Tag("contract")
@ExtendWith({OnlyWithDriver.class, LogWatch.class})
class ChangedKernelContractTest {
    private static final int LENGTH = 3001;

    @ParameterizedTest
    @CsvSource({
        "gelu, 'pair_times_float(t.value, a)', 'pair_times_float(t.value, a + a)', false",
        "gelu, GELUD_C2 0x1.ef4fecp-5f, GELUD_C2 0x1.ef4eecp-5f, true",
        "relu, x <= 0.0f ? 0.0f : x;, x <= 0.0f ? 0.25f : x;, false",
        "sigmoid, 'sigmoid_near(x, 0.0f)', 'sigmoid_near(x, 0x1p-9f)', false",
        "sigmoid, TWO_M64, 0x1.8p-64f, true"
    })
    void everyExecutorFollowsTheText(String id, String constant, String replacement, boolean derivative) {
        KernelDefinition original = Activation.of(id).definition();
        assertThat(original.source()).contains(constant);
        KernelDefinition changed = new KernelDefinition(id + "_changed", "kernels/" + id + "_changed.cl",
                original.source().replace(constant, replacement), List.of());
        ActivationFunction before = Activation.of(id);
        ActivationFunction after = new BoundActivation(changed, Precision.ACCURATE);
        BackendOptions cpu = BackendOptions.defaults().withBackend("cpu").withSimd(false);
        try (Backend backend = BackendUnderTest.current().open(); Backend scalar = Backends.open(cpu)) {
            float[] x = Inputs.normal(LENGTH, 61);
            float[] old = new float[LENGTH];
            float[] expected = new float[LENGTH];
            float[] actual = new float[LENGTH];
            compute(scalar, before, derivative, x, old);
            compute(scalar, after, derivative, x, expected);
            long simdRuns = backend.info().simdRuns();
            long deviceCalls = backend.info().deviceCalls();
            compute(backend, after, derivative, x, actual);
            assertThat(expected).as("the scalar form follows").isNotEqualTo(old);
            assertThat(actual).as("%s follows", backend.info().device()).isEqualTo(expected);
            switch (BackendUnderTest.current()) {
                case CPU_SIMD -> assertThat(backend.info().simdRuns()).isGreaterThan(simdRuns);
                case POCL, RUSTICL, OCLGRIND -> assertThat(backend.info().deviceCalls()).isEqualTo(deviceCalls + 1);
                default -> assertThat(backend.info().backend()).isEqualTo("cpu");
            }
            compute(backend, before, derivative, x, actual);
            assertThat(actual).as("the original is not disturbed").isEqualTo(old);
        }
    }

    private static void compute(Backend backend, ActivationFunction function, boolean derivative, float[] x, float[] out) {
        if (derivative) {
            backend.derivative(function, x, out);
        } else {
            backend.forward(function, x, out);
        }
    }
}
