package io.github.axoncl.internal.kernel;

import io.github.axoncl.Activation;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.TestKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of a function when it was run symbolically. */
class FormulasTest {

    private static StraightLine forward(String text, Parameter... parameters) {
        return Formulas.elementwise(KernelModule.of(TestKernels.definition(text, parameters)), Operation.FORWARD);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyFunctionFitsTheSimdForm(Activation activation) {
        KernelModule module = KernelModule.of(activation.definition());
        for (Operation operation : Operation.values()) {
            if (operation != Operation.BACKWARD_FROM_OUTPUT || activation.definition().hasDerivativeFromOutput()) {
                assertThat(Formulas.elementwise(module, operation).operations()).as(operation.id()).isBetween(0, 200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void theTextSearchForTheDerivativeFromOutputAgreesWithTheParser(Activation activation) {
        KernelDefinition definition = activation.definition();
        assertThat(KernelModule.of(definition).has("derivative_from_output")).isEqualTo(definition.hasDerivativeFromOutput());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x                                              | 0
            x + x                                          | 1
            (x + 1.0f) * (x + 1.0f)                        | 2
            x - 0.0f                                       | 0
            x + 0.0f                                       | 1
            x * 1.0f                                       | 0
            -(-x)                                          | 0
            true_(x) ? x : x                               | 0
            two_sum(x, 1.0f).hi                            | 1
            fma(2.0f, 3.0f, 1.0f) * x                      | 1
            as_float(as_uint(x))                           | 0
            upper_half(as_uint(x), 3u)                     | 3
            more_than_half(as_uint(x), 3u)                 | 6
            """)
    void sharesFoldsAndDrops(String expression, int operations) {
        String text = "bool true_(float x) { return 1.0f < 2.0f; } "
                + "float upper_half(uint a, uint b) { return as_float((uint)((ulong)a * (ulong)b >> 32)); } "
                + "float more_than_half(uint a, uint b) { return as_float((uint)((ulong)a * (ulong)b >> 31)); } float forward(float x) { return " + expression + "; }";
        assertThat(forward(text).operations()).isEqualTo(operations);
    }

    @Test
    void whatDependsOnParametersOnlyIsNotCountedPerElement() {
        StraightLine line = forward("float forward(float x, float beta) { return reciprocal(beta + 1.0f) * x; }",
                new Parameter("beta", 1, 0, 2, 0));
        assertThat(line.operations()).isEqualTo(1);
        assertThat(line.values().stream().filter(v -> v.code() == Opcode.RECIPROCAL)).singleElement()
                .matches(Value::uniform);
    }
}
