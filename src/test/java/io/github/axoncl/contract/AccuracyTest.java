package io.github.axoncl.contract;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
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
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GUMBEL_SOFTMAX")
    void rows(RowActivation f) {
        RowOracle oracle = RowOracle.of(f);
        for (RowInputs data : RowInputs.values()) {
            for (Rows rows : new Rows[] {Rows.of(20_000, 1), Rows.of(40_000, 2), Rows.of(40_000, 3), Rows.of(10_000, 10),
                    Rows.of(1000, 64), Rows.of(100, 1000), Rows.of(10, 4097), Rows.of(2, 50257)}) {
                rows(f, oracle, oracle.forwardLimit(), rows, data);
                if (f.definition().hasFast()) {
                    rows(f.fast(), oracle, RowOracle.FAST_LIMIT, rows, data);
                }
            }
        }
    }

    private static void rows(RowFunction f, RowOracle oracle, double limit, Rows rows, RowInputs data) {
        float[] x = data.values(rows, 91);
        boolean perRow = f == RowActivation.LOGSUMEXP;
        float[] y = new float[(int) (perRow ? rows.outer() : rows.length())];
        backend().forward(f, rows, x, y);
        float[] dy = Arrays.copyOf(RowInputs.NORMAL.values(rows, 92), y.length);
        float[] dx = new float[x.length];
        if (perRow) {
            backend().backward(f, rows, Operand.of(x), Operand.of(dy), Operand.of(dx));
        } else {
            backend().backwardFromOutput(f, rows, y, dy, dx);
        }
        double worst = 0;
        double worstBackward = 0;
        int n = (int) rows.axis();
        int outputs = y.length / (int) rows.outer();
        for (int row = 0; row < rows.outer(); row++) {
            float[] scores = Arrays.copyOfRange(x, row * n, (row + 1) * n);
            float[] rounded = Arrays.copyOfRange(y, row * outputs, (row + 1) * outputs);
            worst = Math.max(worst, worst(rounded, oracle.forward(scores)));
            RowOracle.Judged gradient = oracle.backward(perRow ? scores : rounded,
                    Arrays.copyOfRange(dy, row * outputs, (row + 1) * outputs));
            worstBackward = Math.max(worstBackward, worst(Arrays.copyOfRange(dx, row * n, (row + 1) * n), gradient));
        }
        String name = f.precision().id() + " " + f.id();
        WORST.merge("forward of " + name, worst, Math::max);
        WORST.merge("backward of " + name, worstBackward, Math::max);
        assertThat(worst).as("%s of %s %s", f, rows, data).isLessThanOrEqualTo(limit);
        assertThat(worstBackward).as("%s backward of %s %s", f, rows, data).isLessThanOrEqualTo(oracle.backwardLimit());
    }

    private static double worst(float[] results, RowOracle.Judged exact) {
        double worst = 0;
        for (int i = 0; i < results.length; i++) {
            worst = Math.max(worst, Ulp.error(results[i], exact.value()[i], exact.magnitude()[i]));
        }
        return worst;
    }

    @Test
    void someValuesWereJudged() {
        assertThat(FunctionCase.functions()).isNotEmpty();
        assertThat(X).hasSize(LENGTH);
    }
}
