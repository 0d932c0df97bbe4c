package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.DType;
import io.github.axoncl.RowActivation;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;
import org.jocl.cl_program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** The driver compiles every program without a warning. */
@Tag("driver")
class DriverLintTest extends BackendContract {
    private final Cl cl = new JoclCl();

    @ParameterizedTest
    @EnumSource
    void everyTierAndType(Activation function) {
        Context context = ((OpenClBackend) backend()).context();
        Device device = context.device();
        // The types for storage differ by the same two functions everywhere.
        List<DType> types = function == Activation.IDENTITY ? List.of(DType.values())
                : List.of(DType.FLOAT32, DType.FLOAT64);
        for (DType type : types) {
            if (type == DType.FLOAT64 && !device.info().fp64()) {
                continue;
            }
            KernelModule module = KernelModule.of(function.definition(), Storage.computing(type));
            Set<ActivationFunction> tiers = new LinkedHashSet<>(List.of(function));
            if (type != DType.FLOAT64) {
                tiers.add(function.fast());
            }
            for (ActivationFunction tier : tiers) {
                compilesSilently(context, tier.describe() + ", " + type,
                        ProgramText.elementwise(device, module, tier.precision(), type));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rows(RowActivation function) {
        Context context = ((OpenClBackend) backend()).context();
        compilesSilently(context, function.id(),
                ProgramText.rowwise(context.device(), KernelModule.of(function.definition()), 1));
    }

    private void compilesSilently(Context context, String what, String text) {
        assertThat(context.enter()).isTrue();
        try {
            cl_program program = context.programs().compile(what, text);
            try {
                String log = cl.clGetProgramBuildLog(program, context.device().id());
                assertThat(log).as("%s on %s", what, context.device().info().name()).doesNotContainIgnoringCase("warning");
            } finally {
                cl.clReleaseProgram(program);
            }
        } finally {
            context.exit();
        }
    }
}
