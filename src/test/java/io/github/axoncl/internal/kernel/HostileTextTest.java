package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.TestKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Text that is meant to exhaust the compiler is an error, not a hang, a stack overflow or a full memory. */
@Timeout(20)
class HostileTextTest {

    private static void compile(String text) {
        KernelDefinition definition = TestKernels.definition(text);
        Formulas.elementwise(KernelModule.of(definition), Operation.FORWARD);
    }

    @Test
    void deepParentheses() {
        String text = "float forward(float x) { return " + "(".repeat(100_000) + "x" + ")".repeat(100_000) + "; }";
        assertThatThrownBy(() -> compile(text)).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("nested more than");
    }

    @Test
    void deepSigns() {
        String text = "float forward(float x) { return " + "- ".repeat(100_000) + "x; }";
        assertThatThrownBy(() -> compile(text)).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("nested more than");
    }

    @Test
    void deepSelects() {
        String text = "float forward(float x) { return " + "x > 0.0f ? x : ".repeat(50_000) + "x; }";
        assertThatThrownBy(() -> compile(text)).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("nested more than");
    }

    @Test
    void longChain() {
        String text = "float forward(float x) { return x" + " + x".repeat(100_000) + "; }";
        assertThatThrownBy(() -> compile(text)).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("operators in a row");
    }

    @Test
    void chainsInParentheses() {
        String level = " + x".repeat(190);
        String text = "float forward(float x) { return " + "(".repeat(90) + "x" + (level + ")").repeat(90) + "; }";
        assertThatThrownBy(() -> compile(text)).isInstanceOf(KernelBuildException.class).hasMessageContaining("too large");
    }

    @Test
    void exponentialInlining() {
        StringBuilder text = new StringBuilder("float f0(float x, float y) { return fma(x, y, x); }\n");
        for (int i = 1; i < 60; i++) {
            text.append("float f").append(i).append("(float x, float y) { return f").append(i - 1).append("(x, f").append(i - 1)
                    .append("(y, x)); }\n");
        }
        text.append("float forward(float x) { return f59(x, 2.0f); }");
        assertThatThrownBy(() -> compile(text.toString())).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("large");
    }

    @Test
    void nestedStructs() {
        StringBuilder text = new StringBuilder("typedef struct { float a; float b; } s0;\n");
        for (int i = 1; i < 60; i++) {
            text.append("typedef struct { s").append(i - 1).append(" a; s").append(i - 1).append(" b; } s").append(i)
                    .append(";\n");
        }
        assertThatThrownBy(() -> compile(text.toString())).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("at most 16 scalars");
    }

    @Test
    void hugeText() {
        String text = "// " + "x".repeat(2_000_000) + "\nfloat forward(float x) { return x; }";
        assertThatThrownBy(() -> compile(text)).isInstanceOf(KernelBuildException.class).hasMessageContaining("characters");
    }

    /** Every text either compiles or is refused with a KernelBuildException, whatever is done to it. */
    @Test
    void damagedText() {
        Random random = new Random(42);
        String gelu = io.github.axoncl.Activation.GELU.definition().source();
        int refused = 0;
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(gelu);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                int at = random.nextInt(text.length());
                int length = Math.min(text.length() - at, random.nextInt(20));
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, at + length);
                    case 1 -> text.insert(at, (char) (32 + random.nextInt(95)));
                    default -> text.insert(random.nextInt(text.length()), text.substring(at, at + length));
                }
            }
            try {
                compile(text.toString());
            } catch (KernelBuildException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }
}
