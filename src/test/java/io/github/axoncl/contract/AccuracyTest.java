package io.github.axoncl.contract;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.RowOracle;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** How far results are from the exact values, on the CPU; devices have the CPU's bits. */
@Tag("accuracy")
class AccuracyTest extends BackendContract {
    private static final int LENGTH = 400_000;
    private static final int LENGTH_VARIANT = 40_000;
    private static final float[] X = Inputs.mixed(LENGTH, 77);
    /** The largest error of each function and operation over all parameter values. */
    private static final Map<String, Double> WORST = new TreeMap<>();

    @AfterAll
    static void report() {
        WORST.forEach((what, worst) -> System.out.printf(Locale.ROOT, "%s: %s: at most %.3f ULP%n", KIND.id(), what, worst));
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#functions")
    void forward(ActivationFunction function) {
        Oracle oracle = Oracles.of(FunctionCase.constant(function));
        judge(new FunctionCase(function, Operation.FORWARD), oracle.forward(), X,
                oracle.forwardLimit(function.precision()));
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#functions")
    void derivative(ActivationFunction function) {
        Oracle oracle = Oracles.of(FunctionCase.constant(function));
        judge(new FunctionCase(function, Operation.DERIVATIVE), oracle.derivative(), X,
                oracle.derivativeLimit(function.precision()));
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void derivativeFromOutput(FunctionCase tested) {
        if (tested.operation() != Operation.BACKWARD_FROM_OUTPUT) {
            return;
        }
        Oracle oracle = Oracles.of(FunctionCase.constant(tested.function()));
        assertThat(oracle.fromOutput()).as("oracle of %s", tested).isNotNull();
        float[] y = X.clone();
        for (int i = 0; i < y.length; i++) {
            boolean possible = Float.isNaN(y[i]) || oracle.lowestOutput() <= y[i] && y[i] <= oracle.highestOutput();
            y[i] = possible ? y[i] : (i & 0xFFFF) / 65536f;
        }
        judge(tested, oracle.fromOutput(), y, Oracle.FROM_OUTPUT_LIMIT);
    }

    private static void judge(FunctionCase tested, Formula formula, float[] all, double limit) {
        float[] x = tested.hasDefaults() ? all : Arrays.copyOf(all, LENGTH_VARIANT);
        float[] ones = new float[x.length];
        Arrays.fill(ones, 1);
        float[] results = tested.run(backend(), x, ones);
        double[] parameters = FunctionCase.arguments(tested.function());
        double worst = 0;
        int worstAt = 0;
        for (int i = 0; i < x.length; i++) {
            double exact = formula.at(x[i], parameters);
            double error = Ulp.error(results[i], exact);
            if (error > worst) {
                worst = error;
                worstAt = i;
            }
            if (results[i] == 0 && exact != 0) {
                assertThat(Math.copySign(1, results[i])).as("%s at %s: sign of the underflow of %s", tested, x[i], exact)
                        .isEqualTo((float) Math.copySign(1, exact));
            }
        }
        WORST.merge(tested.operation().id() + " of " + tested.function().precision().id() + " " + tested.function().id(), worst,
                Math::max);
        assertThat(worst).as("%s: ULP at %s, result %s, exact %s", tested, Bits.text(x[worstAt]), Bits.text(results[worstAt]),
                formula.at(x[worstAt], parameters)).isLessThanOrEqualTo(limit);
    }

    @ParameterizedTest
    @EnumSource(RowInputs.class)
    void softmax(RowInputs data) {
        for (Rows rows : new Rows[] {Rows.of(20_000, 1), Rows.of(40_000, 2), Rows.of(40_000, 3), Rows.of(10_000, 10),
                Rows.of(1000, 64), Rows.of(100, 1000), Rows.of(10, 4097), Rows.of(2, 50257)}) {
            float[] x = data.values(rows, 91);
            float[] y = new float[x.length];
            backend().forward(RowActivation.SOFTMAX, rows, x, y);
            float[] dy = RowInputs.NORMAL.values(rows, 92);
            float[] dx = new float[x.length];
            backend().backwardFromOutput(RowActivation.SOFTMAX, rows, y, dy, dx);
            double worst = 0;
            double worstBackward = 0;
            int n = (int) rows.axis();
            for (int start = 0; start < x.length; start += n) {
                float[] row = Arrays.copyOfRange(y, start, start + n);
                double[] exact = RowOracle.of(RowActivation.SOFTMAX).forward(Arrays.copyOfRange(x, start, start + n));
                RowOracle.Gradient gradient = RowOracle.of(RowActivation.SOFTMAX)
                        .backward(row, Arrays.copyOfRange(dy, start, start + n));
                for (int i = 0; i < n; i++) {
                    worst = Math.max(worst, Ulp.error(row[i], exact[i]));
                    worstBackward = Math.max(worstBackward,
                            Ulp.error(dx[start + i], gradient.value()[i], gradient.magnitude()[i]));
                }
            }
            WORST.merge("forward of softmax", worst, Math::max);
            WORST.merge("backward of softmax", worstBackward, Math::max);
            assertThat(worst).as("softmax of %s %s", rows, data).isLessThanOrEqualTo(RowOracle.SOFTMAX_LIMIT);
            assertThat(worstBackward).as("softmax backward of %s %s", rows, data)
                    .isLessThanOrEqualTo(RowOracle.SOFTMAX_BACKWARD_LIMIT);
        }
    }

    @Test
    void someValuesWereJudged() {
        assertThat(FunctionCase.functions()).isNotEmpty();
        assertThat(X).hasSize(LENGTH);
    }
}
