package io.github.axoncl.internal.cpu;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.RowActivation;
import io.github.axoncl.contract.Inputs;
import io.github.axoncl.internal.kernel.KernelModule;
import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The loops that were made when the library was built are there, are those of the kernel text, and serve nothing else.
 *
 * <p>Contract tests of element-wise functions in float32 meet these loops wherever the scalar form computes. Scalar loops
 * compiled at run time are covered here, where each is compared with the ready one, by LoopFormsTest, ChangedKernelContractTest
 * and UserFunctionContractTest, and by every contract test of another type or of functions that are not element-wise.
 */
class ReadyLoopTest {
    private static final int LENGTH = 4001;
    private static final float[] X = Inputs.mixed(LENGTH, 71);
    private static final float[] DY = Inputs.mixed(LENGTH, 72);

    @Test
    void theLibraryHasAllOfThemAndNoOther() throws Exception {
        List<String> expected = new ArrayList<>();
        for (KernelSignature signature : ReadyLoopWriter.signatures()) {
            byte[] made = ReadyLoopWriter.bytes(signature);
            String file = simpleName(signature) + ".class";
            if (made != null) {
                expected.add(file);
                try (InputStream in = ReadyLoop.class.getResourceAsStream(file)) {
                    assertThat(in).as("%s; it is written by a step of the build: mvn process-classes", file).isNotNull();
                    assertThat(in.readAllBytes()).as(file).isEqualTo(made);
                }
            }
        }
        assertThat(expected).hasSizeGreaterThan(3 * Activation.values().length).contains("Ready_gelu_forward.class",
                "Ready_tanh_backward_from_output.class", "Ready_mish_derivative_fast.class");
        assertThat(filesOfTheLibrary()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static List<String> filesOfTheLibrary() throws Exception {
        Path library = Path.of(ReadyLoop.class.getResource("ReadyLoop.class").toURI()).getParent();
        try (Stream<Path> files = Files.list(library)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(ReadyLoop.PREFIX)).toList();
        }
    }

    private static String simpleName(KernelSignature signature) {
        String name = ReadyLoop.className(signature);
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Test
    void theBitsAreThoseOfALoopCompiledNow() {
        for (KernelSignature signature : ReadyLoopWriter.signatures()) {
            LoopShape shape = MapStages.oneLoop(KernelModule.of(signature.definition()), signature);
            ReadyLoop ready = ReadyLoop.of(signature);
            assertThat(ready != null).as("%s", signature).isEqualTo(shape != null && Fma.HARDWARE);
            if (ready != null) {
                assertThat(ready.operations()).isEqualTo(shape.line().operations());
                // Arrays of floats are equal if their bits are, but for the kinds of NaN.
                assertThat(run(ready, signature)).as("%s", signature).isEqualTo(run(LoopClass.scalar(shape), signature));
            }
        }
    }

    private static float[] run(Loop loop, KernelSignature signature) {
        float[] out = new float[LENGTH];
        Object[] arrays = signature.operation().takesGradient() ? new Object[] {X, DY, out} : new Object[] {X, out};
        double[] parameters = signature.definition().parameters().stream().mapToDouble(p -> p.defaultValue()).toArray();
        assertThat(loop.run(arrays, new int[arrays.length], 0, LENGTH, parameters)).isEqualTo(LENGTH);
        return out;
    }

    @Test
    void otherFunctionsOfTheSameNameHaveNone() {
        String text = Activation.GELU.definition().source();
        KernelDefinition same = Activations.define("gelu", text).definition();
        assertThat(ReadyLoop.of(same.signature(Operation.FORWARD, Precision.ACCURATE, DType.FLOAT32))).isNull();
        ActivationFunction other = Activations.define("relu", "float forward(float x) { return x + 1.0f; }");
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            float[] y = new float[2];
            cpu.forward(other, new float[] {-3, 3}, y);
            assertThat(y).containsExactly(-2, 4);
        }
    }

    @Test
    void otherTypesAndFormsHaveNone() {
        for (DType type : List.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
            KernelSignature signature = Activation.GELU.definition().signature(Operation.FORWARD, Precision.ACCURATE, type);
            assertThat(ReadyLoop.of(signature)).as("%s", type).isNull();
        }
        assertThat(ReadyLoop.of(RowActivation.SOFTMAX.definition().signature(Operation.FORWARD, Precision.ACCURATE,
                DType.FLOAT32))).isNull();
        KernelDefinition chain = Activation.RELU.after(Activation.TANH).definition();
        assertThat(ReadyLoop.of(chain.signature(Operation.FORWARD, Precision.ACCURATE, DType.FLOAT32))).isNull();
    }
}
