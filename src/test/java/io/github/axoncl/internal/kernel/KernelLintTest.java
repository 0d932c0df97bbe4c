package io.github.axoncl.internal.kernel;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.DType;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.TestKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What must hold of every kernel text beyond being legal. */
class KernelLintTest {
    /** A real literal without the suffix f: double in C, which costs a device without double its program. */
    private static final Pattern DOUBLE_LITERAL = Pattern.compile(
            "(?<![\\w.])(?:0[xX][0-9a-fA-F.]+[pP][+-]?\\d+"
            + "|\\d+\\.\\d*(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?|\\d+[eE][+-]?\\d+)"
            + "(?![\\w.])");

    static Stream<KernelFunction> all() {
        return TestKernels.all();
    }

    private static String code(String text) {
        return text.replaceAll("//[^\\n]*", "").replaceAll("(?m)^#line.*$", "");
    }

    @ParameterizedTest
    @MethodSource("all")
    void floatProgramsHaveNoDouble(KernelFunction function) {
        KernelModule module = KernelModule.of(function.definition());
        String text = code(module.text(module.functions()));
        assertThat(module.functions()).isNotEmpty();
        assertThat(text).doesNotContain("double");
        assertThat(DOUBLE_LITERAL.matcher(text).results().map(r -> r.group()).toList()).isEmpty();
    }

    @Test
    void theSearchForDoubleLiteralsFindsThem() {
        for (String literal : List.of("1.0", "2.", ".5", "1e3", "0x1p-3", "0x1.8P4", "1.5e-3")) {
            assertThat(DOUBLE_LITERAL.matcher("x * " + literal + ";").find()).as(literal).isTrue();
            assertThat(DOUBLE_LITERAL.matcher("x * " + literal + "f;").find()).as(literal + "f").isFalse();
        }
        assertThat(DOUBLE_LITERAL.matcher("t.lo + a1 + 3u + 0x7F800000u").find()).isFalse();
    }

    /** The library's own texts are read piece by piece, when there is need: here all of it, with every check. */
    @ParameterizedTest
    @MethodSource("all")
    void everyTextIsLegal(KernelFunction function) {
        for (Type.Scalar real : List.of(Type.Scalar.FLOAT, Type.Scalar.DOUBLE)) {
            assertThatCode(() -> KernelModule.of(function.definition(), real).check()).doesNotThrowAnyException();
        }
    }

    /** What is found without reading is what the parser finds, and nothing is used above its place. */
    @ParameterizedTest
    @EnumSource(value = Type.Scalar.class, names = {"FLOAT", "DOUBLE"})
    void outlinesAreWhatTheParserFinds(Type.Scalar real) {
        Scope whole = new Scope(real);
        List<SourceText> texts = new ArrayList<>();
        for (String name : KernelLibrary.LANGUAGE) {
            texts.add(new SourceText(KernelLibrary.sourceName(name), KernelLibrary.text(name)));
        }
        for (SourceText text : texts) {
            whole.add(text, false);
            assertThat(List.copyOf(Outline.of(text).keySet())).as(text.name()).isEqualTo(whole.declaredBy(text));
        }
        all().filter(function -> function.definition().used().isEmpty()).forEach(function -> {
            SourceText text = new SourceText(function.definition().sourceName(), function.definition().source());
            Scope scope = new Scope(whole);
            scope.add(text, false);
            assertThat(List.copyOf(Outline.of(text).keySet())).as(text.name()).isEqualTo(scope.declaredBy(text));
        });
    }

    /** Double programs are checked by type: nothing in them is of float. */
    @ParameterizedTest
    @EnumSource
    void doubleProgramsHaveNoFloat(Activation function) {
        KernelModule module = KernelModule.of(function.definition(), Type.Scalar.DOUBLE);
        for (Operation operation : Operation.values()) {
            if (operation == Operation.BACKWARD_FROM_OUTPUT && !function.definition().hasDerivativeFromOutput()) {
                continue;
            }
            StraightLine line = Formulas.elementwise(module, operation, io.github.axoncl.Precision.ACCURATE, DType.FLOAT64);
            assertThat(line.values()).noneMatch(v -> v.type() == Type.Scalar.FLOAT);
        }
    }

    /** The tiers differ where the text says so. */
    @ParameterizedTest
    @EnumSource
    void theFastTierHasFewerOperations(Activation function) {
        ActivationFunction fast = function.fast();
        assertThat(fast == function).isNotEqualTo(function.definition().hasFast());
        if (fast == function) {
            return;
        }
        KernelModule module = KernelModule.of(function.definition());
        for (Operation operation : List.of(Operation.FORWARD, Operation.DERIVATIVE)) {
            int accurate = Formulas.elementwise(module, operation, function.precision(), DType.FLOAT32).operations();
            int cheap = Formulas.elementwise(module, operation, fast.precision(), DType.FLOAT32).operations();
            boolean same = module.root(operation, function.precision()).equals(module.root(operation, fast.precision()));
            assertThat(cheap).as("%s of %s", operation, fast.describe()).matches(n -> same ? n == accurate : n < accurate);
        }
    }

    /** The text of a function holds what it refers to and nothing else. */
    @Test
    void textOfRoots() {
        KernelModule module = KernelModule.of(Activation.RELU.definition());
        assertThat(module.text(List.of("forward"))).startsWith("typedef float real;\n#line 3 \"kernels/relu.cl\"\n")
                .contains("real forward(real x)").doesNotContain("derivative", "pair", "#define");
        String gelu = KernelModule.of(Activation.GELU.definition()).text(List.of("forward"));
        assertThat(gelu).contains("#line", "kernels/lib/math.cl", "exp_split", "typedef struct")
                .doesNotContain("silu", "forward64", "double");
    }
}
