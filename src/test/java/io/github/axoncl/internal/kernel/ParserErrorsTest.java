package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;
import io.github.axoncl.Parameter;
import io.github.axoncl.TestKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What lies outside the kernel language is an error of ours, with file, line, column and the offending text. */
class ParserErrorsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            float forward(float x) { return x / 2.0f; }                      | 1:35: "/" is not correctly rounded
            float forward(float x) { return tanh(x); }                       | 1:33: OpenCL's "tanh"
            float forward(float x) { return other(x); }                      | 1:33: there is no function "other"
            float forward(float x) { return forward(x); }                    | 1:33: there is no function "forward"
            float forward(float x) { return y; }                             | 1:33: there is no variable or constant "y"
            float forward(float x) { return x + 1; }                         | 1:35: "+" between float and int
            float forward(float x) { return x > 0.0f ? x : 1; }              | 1:42: the sides of ?: are float and int
            float forward(float x) { return x ? x : x; }                     | 1:35: the condition of ?: is a float
            float forward(float x) { return x < 0.0f; }                      | 1:26: "forward" returns float, not bool
            float forward(float x) { return fma(x, x); }                     | 1:33: "fma" takes 3 arguments, but 2 are given
            float forward(float x) { return as_float(x < 1.0f); }            | 1:33: "as_float" takes a type of 32 bits
            float forward(float x) { return as_double(x) > 0.0 ? x : x; }    | 1:33: "as_double" takes a type of 64 bits
            float forward(float x) { return pair_of(x, x).mid; }             | 1:47: pair has no field "mid"
            float forward(float x) { return pair_of(x); }                    | 1:33: "pair_of" takes 2 arguments, but 1
            float forward(float x) { return absolute(as_uint(x)); }          | 1:33: argument 1 of "absolute" is a uint
            float forward(float x) { return x[0]; }                          | 1:34: there are no arrays
            float forward(float x) { for (int i = 0; i < 3; i++) {} }        | 1:26: "for" does not belong
            float forward(float x) { if (x > 0.0f) { } return x; }           | 1:26: "if" does not belong
            float forward(float x) { float half = x; return half; }          | 1:32: "half" cannot be the name of a variable
            float forward(float x) { float x = 1.0f; return x; }             | 1:32: there is a "x" in this function already
            float forward(float x) { float absolute = x; return absolute(x); } | 1:53: "absolute" is a variable here
            float forward(float x) { float y; return x; }                    | 1:33: "=" expected before ";"
            float forward(float x) { uint y = 1; return x; }                 | 1:31: a int where a uint is needed
            float forward(float x) { pair p = { x }; return x; }             | 1:35: pair has 2 fields, but 1 values are given
            float forward(float *x) { return x; }                            | 1:21: "*" is not the name of a parameter
            float4 forward(float x) { return x; }                            | 1:1: "float4" is not a type
            float forward(float x) { return x }                              | 1:35: ";" expected before "}"
            float forward(float x) { }                                       | 1:26: "forward" does not end with a return
            float forward(float x) { return x; } float                       | 1:43: "the end of the text" is not the name
            float max(float x) { return x; }                                 | 1:7: "max" is a function of OpenCL
            float absolute(float x) { return x; }                            | 1:7: "absolute" is declared already
            float forward(float x) { return 1.5g; }                          | 1:33: "1.5g" is not a number
            float forward(float x) { return 1e40f; }                         | 1:33: "1e40f" exceeds the range of float
            float forward(float x) { return 0x1FFFFFFFFu > 1u ? x : x; }     | 1:33: "0x1FFFFFFFFu" exceeds the range of uint
            float forward(float x) { return $; }                             | 1:33: the character '$'
            #define A x                                                      | 1:11: a constant is
            #include "x"                                                     | 1:1: of preprocessing only
            float forward(float x) { return x; } /* no end                   | 1:38: this comment does not end
            float forward(float x) { return x + + x; }                       | 1:37: "+" where a value is needed
            float forward(float x) { return (float)(x < x); }                | 1:34: there is no conversion from bool
            """)
    void namesThePlaceAndTheRule(String text, String message) {
        assertThatThrownBy(() -> KernelModule.of(TestKernels.definition(text)))
                .isInstanceOf(KernelBuildException.class).hasMessageStartingWith("test.cl:" + message);
    }

    @Test
    void aFieldThatIsAConstantByThen() {
        assertThatThrownBy(() -> KernelModule.of(TestKernels.definition("""
                #define hi 1.0f
                float forward(float x) { return pair_of(x, hi).hi; }
                """))).isInstanceOf(KernelBuildException.class).hasMessageContaining("2:48: \"hi\" is a constant");
    }

    @Test
    void aParameterThatRandomWordsAreCalled() {
        assertThatThrownBy(() -> KernelModule.of(TestKernels.definition("float forward(float x, float bits) { return x; }",
                Parameter.of("bits", 0, 0, 1)))).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("test.cl: \"bits\" is what random words are called");
    }

    @Test
    void pointsIntoTheLine() {
        String text = "// a comment\nfloat forward(float x) {\n    return x % x;\n}\n";
        assertThatThrownBy(() -> KernelModule.of(TestKernels.definition(text)))
                .hasMessageStartingWith("test.cl:3:14: ").hasMessageEndingWith("\n        return x % x;\n                 ^");
    }

    @Test
    void parametersMustBeTheDeclaredOnes() {
        String text = "float forward(float x, float beta) { return x; }";
        assertThatThrownBy(() -> KernelModule.of(TestKernels.definition(text)))
                .hasMessageContaining("then the floats [], but takes [x, beta]");
        assertThatThrownBy(() -> KernelModule.of(TestKernels.definition(text, new Parameter("alpha", 1, 0, 2, 0))))
                .hasMessageContaining("then the floats [alpha], but takes [x, beta]");
    }

    @Test
    void hasOnlyWhatTheTextItselfDefines() {
        KernelModule module = KernelModule.of(TestKernels.definition("float forward(float x) { return x; }"));
        assertThat(module.has("forward")).isTrue();
        assertThat(module.has("derivative")).isFalse();
        assertThat(module.has("absolute")).isFalse();
    }
}
