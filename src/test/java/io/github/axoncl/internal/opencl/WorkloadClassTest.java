package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which calls share a choice, and what is tried for them. */
class WorkloadClassTest {
    private static WorkloadClass elementwise(Activation function, Operation operation, DType type, KernelForm form) {
        KernelSignature signature = function.definition().signature(operation, function.precision(), type);
        return WorkloadClass.of(signature, new Rows(1 << 20, 1, 1), form);
    }

    @Test
    void memoryLimitsTheReluClassAndNothingThatIsConverted() {
        for (Operation operation : Operation.values()) {
            for (KernelForm form : KernelForm.values()) {
                assertThat(elementwise(Activation.RELU, operation, DType.FLOAT32, form)).isEqualTo(WorkloadClass.LIGHT);
            }
            for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
                assertThat(elementwise(Activation.RELU, operation, type, KernelForm.CPU)).isEqualTo(WorkloadClass.HEAVY);
                assertThat(elementwise(Activation.RELU, operation, type, KernelForm.GPU))
                        .isEqualTo(WorkloadClass.SIXTEEN_BITS);
            }
        }
        KernelForm form = KernelForm.GPU;
        assertThat(elementwise(Activation.HARD_TANH, Operation.FORWARD, DType.FLOAT64, form)).isEqualTo(WorkloadClass.LIGHT);
        assertThat(elementwise(Activation.HARD_TANH, Operation.BACKWARD, DType.FLOAT32, form)).isEqualTo(WorkloadClass.HEAVY);
    }

    @ParameterizedTest
    @EnumSource
    void candidatesDifferAndHaveVectorsOfTheType(WorkloadClass workload) {
        for (KernelForm form : KernelForm.values()) {
            List<Tiling> candidates = workload.candidates(form);
            assertThat(candidates).doesNotHaveDuplicates().doesNotContain(Tiling.DEFAULT);
            for (Tiling tiling : candidates) {
                assertThat(Tiling.parse(tiling.numbers())).isEqualTo(tiling);
            }
            if (form == KernelForm.GPU) {
                Tiling usual = Tiling.ofGpu(workload.measured().get(0).type());
                assertThat(candidates).doesNotContain(usual).allSatisfy(tiling -> {
                    assertThat(tiling.workGroup()).isBetween(64, 1024);
                    assertThat(tiling.width()).isIn(1, usual.width());
                });
            }
        }
        assertThat(workload.measured()).extracting(WorkloadClass.Work::type).containsOnly(workload.measured().get(0).type());
    }

    @Test
    void whatIsInUseInWords() {
        assertThat(WorkloadClass.LIGHT.describe(new Tiling(64, 4, 4)))
                .isEqualTo("long light calls in work-groups of 64 with 4 elements per work-item, 4 at once");
        assertThat(WorkloadClass.ROWS.describe(new Tiling(1024, 1, 1)))
                .isEqualTo("many rows in work-groups of 1024 with 1 element per work-item");
    }
}
