package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;
import org.jocl.cl_program;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

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
        List<DType> types = function == Activation.IDENTITY ? Stream.of(DType.values()).filter(DType::isReal).toList()
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
                if (function == Activation.IDENTITY) {
                    compilesSilently(context, type + " in vectors",
                            ProgramText.elementwise(device, module, tier.precision(), type, new Tiling(64, 8, 4)));
                }
                compilesSilently(context, tier.describe() + ", " + type,
                        ProgramText.elementwise(device, module, tier.precision(), type, Tiling.DEFAULT));
            }
        }
    }

    /** Programs that depend on the call are compiled by calls. */
    @ParameterizedTest
    @EnumSource
    void rows(RowActivation function) {
        Device device = ((OpenClBackend) backend()).context().device();
        List<String> warnings = new ArrayList<>();
        Cl listening = listening(warnings, device);
        try (OpenClBackend own = new OpenClBackend(listening, device, BackendOptions.defaults(), "to hear its compiler")) {
            Rows rows = Rows.of(2, 3);
            float[] x = new float[6];
            if (function == RowActivation.GUMBEL_SOFTMAX) {
                own.forward(function, rows, new RandomSeed(1, 2), Operand.of(x), Operand.of(x));
            } else if (function == RowActivation.LOGSUMEXP) {
                own.forward(function, rows, x, new float[2]);
                own.backward(function, rows, Operand.of(x), Operand.of(new float[2]), Operand.of(x));
            } else {
                own.forward(function, rows, x, x);
                own.backwardFromOutput(function, rows, x, x, x);
            }
        }
        assertThat(warnings).isNotEmpty().allSatisfy(log -> assertThat(log).doesNotContainIgnoringCase("warning"));
    }

    @ParameterizedTest
    @EnumSource
    void losses(Loss function) {
        Device device = ((OpenClBackend) backend()).context().device();
        List<String> warnings = new ArrayList<>();
        Cl listening = listening(warnings, device);
        try (OpenClBackend own = new OpenClBackend(listening, device, BackendOptions.defaults(), "to hear its compiler");
                DeviceBuffer classes = own.allocate(DType.INT32, 2)) {
            Rows rows = Rows.of(2, 3);
            Operand x = Operand.of(new float[6]);
            Operand loss = Operand.of(new float[1]);
            Targets probabilities = Targets.probabilities(Operand.of(new float[6]));
            own.forward(function, rows, probabilities, Reduction.MEAN, x, loss);
            own.backward(function, rows, probabilities, Reduction.NONE, x,
                    Operand.of(new float[function == Loss.SOFTMAX_CROSS_ENTROPY ? 2 : 6]), x);
            if (function == Loss.SOFTMAX_CROSS_ENTROPY) {
                classes.write(0, Operand.of(new int[2]));
                own.backward(function, rows, Targets.classes(classes), Reduction.MEAN, x, loss, x);
            }
        }
        assertThat(warnings).isNotEmpty().allSatisfy(log -> assertThat(log).doesNotContainIgnoringCase("warning"));
    }

    /** The driver, whose compiler's logs are kept. */
    private Cl listening(List<String> logs, Device device) {
        return (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(cl, arguments);
                if (method.getName().equals("clBuildProgram")) {
                    logs.add(cl.clGetProgramBuildLog((cl_program) arguments[0], device.id()));
                }
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
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
