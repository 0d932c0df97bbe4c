package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.Operand;
import io.github.axoncl.Parameter;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.LearnedOracle;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** How far gradients of learned parameters are from the exact values, on the CPU; devices have the CPU's bits. */
@Tag("accuracy")
class LearnedAccuracyTest extends BackendContract {
    private static final int LENGTH = 200_000;
    /** Below, low parts of pairs are subnormal and rounded as such, which may show in the last two quanta of the result. */
    private static final double FEW_DIGITS = 0x1p-100;
    private static final double[] PARAMETERS = {1, 0.25, 0, -1, 1.5, 0x1p-20, 0x1p20, 1e-30, 3, -0.7};

    static Stream<Activation> functions() {
        return LearnedOracle.functions().stream().sorted();
    }

    /** Channels of one element each: what one element contributes. */
    @ParameterizedTest
    @MethodSource("functions")
    void terms(Activation f) {
        float[] x = Inputs.mixed(LENGTH, 41);
        float[] parameter = new float[LENGTH];
        Parameter declared = f.definition().parameters().get(0);
        for (int i = 0; i < LENGTH; i++) {
            double value = PARAMETERS[i / 7 % PARAMETERS.length];
            parameter[i] = (float) Math.min(Math.max(value, declared.min()), declared.max());
        }
        float[] dy = new float[LENGTH];
        Arrays.fill(dy, 1);
        float[] gradient = new float[LENGTH];
        backend().backward(f, new Rows(1, LENGTH, 1), Operand.of(x), Operand.of(parameter), Operand.of(dy),
                Operand.of(new float[LENGTH]), Operand.of(gradient));
        LearnedOracle oracle = LearnedOracle.of(f);
        double worst = 0;
        int worstAt = 0;
        for (int i = 0; i < LENGTH; i++) {
            double exact = oracle.derivative().at(x[i], parameter[i]);
            double error = Ulp.error(gradient[i], exact) - (Math.abs(exact) < FEW_DIGITS ? 2 : 0);
            if (error > worst) {
                worst = error;
                worstAt = i;
            }
        }
        System.out.printf(Locale.ROOT, "%s: %s by its parameter: at most %.3f ULP%n", KIND.id(), f, worst);
        assertThat(worst).as("%s at x = %s, parameter %s: %s instead of %s", f, Bits.text(x[worstAt]), parameter[worstAt],
                Bits.text(gradient[worstAt]), oracle.derivative().at(x[worstAt], parameter[worstAt]))
                .isLessThanOrEqualTo(oracle.limit());
    }

    /** Sums of many. */
    @ParameterizedTest
    @MethodSource("functions")
    void sums(Activation f) {
        LearnedOracle oracle = LearnedOracle.of(f);
        double worst = 0;
        for (Rows shape : new Rows[] {new Rows(3, 40, 1), new Rows(10, 30, 10), new Rows(1, 20, 4097), new Rows(5000, 9, 1)}) {
            int n = (int) shape.length();
            int channels = (int) shape.axis();
            SplittableRandom random = new SplittableRandom(n);
            float[] x = Inputs.normal(n, 42);
            float[] dy = Inputs.normal(n, 43);
            float[] parameter = new float[channels];
            for (int c = 0; c < channels; c++) {
                parameter[c] = (float) (0.1 + 2 * random.nextDouble());
            }
            float[] gradient = new float[channels];
            backend().backward(f, shape, Operand.of(x), Operand.of(parameter), Operand.of(dy), Operand.of(new float[n]),
                    Operand.of(gradient));
            for (int c = 0; c < channels; c++) {
                double[] terms = new double[(int) (shape.outer() * shape.inner())];
                for (int o = 0; o < shape.outer(); o++) {
                    for (int i = 0; i < shape.inner(); i++) {
                        int at = (int) ((o * shape.axis() + c) * shape.inner() + i);
                        terms[(int) (o * shape.inner()) + i] = dy[at] * oracle.derivative().at(x[at], parameter[c]);
                    }
                }
                worst = Math.max(worst, Ulp.error(gradient[c], Arrays.stream(terms).sum(), oracle.sumUnit(terms)));
            }
        }
        System.out.printf(Locale.ROOT, "%s: %s, sums: at most %.3f ULP%n", KIND.id(), f, worst);
        assertThat(worst).as("%s", f).isLessThanOrEqualTo(oracle.sumLimit());
    }
}
