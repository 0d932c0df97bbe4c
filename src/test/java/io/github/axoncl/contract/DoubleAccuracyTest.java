package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.oracle.ReferenceTable;
import io.github.axoncl.oracle.ReferenceTable.Row;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** How far double results are from the values of the reference table, on the CPU; devices have the CPU's bits. */
@Tag("accuracy")
class DoubleAccuracyTest extends BackendContract {
    private static final double LIMIT = 2;
    private static final int FEWEST = 35;
    private static final Map<String, List<Row>> TABLE =
            ReferenceTable.load().stream().collect(Collectors.groupingBy(Row::function));
    private static final double[] SPECIAL = {0, -0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};
    /** The largest error of each function and operation. */
    private static final Map<String, Double> WORST = new TreeMap<>();

    @AfterAll
    static void report() {
        WORST.forEach((what, worst) -> System.out.printf(Locale.ROOT, "%s: %s: at most %.3f ULP%n", KIND.id(), what, worst));
    }

    /** The rows of float32 numbers too: they are doubles. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyPointOfTheTable(Activation activation) {
        List<Row> rows = TABLE.getOrDefault(activation.id(), List.of());
        assertThat(rows.stream().filter(row -> row.type().equals("float64")).count()).as("rows of %s", activation)
                .isGreaterThan(FEWEST);
        rows.stream().collect(Collectors.groupingBy(row -> Arrays.toString(row.parameters()))).values()
                .forEach(sameParameters -> judge(activation, sameParameters));
    }

    private static void judge(Activation activation, List<Row> rows) {
        double[] parameters = rows.get(0).parameters();
        ActivationFunction function = parameters.length == 0 ? activation : activation.with(parameters);
        double[] x = rows.stream().mapToDouble(Row::x).toArray();
        judge(new FunctionCase(function, Operation.FORWARD), x, rows.stream().map(Row::f).toList());
        judge(new FunctionCase(function, Operation.DERIVATIVE), x, rows.stream().map(Row::derivative).toList());
    }

    private static void judge(FunctionCase tested, double[] x, List<String> exact) {
        double[] results = run(tested, x);
        double worst = 0;
        int worstAt = 0;
        for (int i = 0; i < x.length; i++) {
            double error = error(results[i], exact.get(i));
            if (error > worst) {
                worst = error;
                worstAt = i;
            }
        }
        WORST.merge("double " + tested.operation().id() + " of " + tested.function().id(), worst, Math::max);
        assertThat(worst).as("%s: ULP at %s (%a), result %s, exact %s", tested, x[worstAt], x[worstAt], results[worstAt],
                exact.get(worstAt)).isLessThanOrEqualTo(LIMIT);
    }

    /** An underflow has the sign of what vanished; inf is also what the table calls numbers far beyond the range. */
    private static double error(double result, String exact) {
        switch (exact) {
            case "nan":
                return Double.isNaN(result) ? 0 : Double.POSITIVE_INFINITY;
            case "inf":
                return result == Double.POSITIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
            case "-inf":
                return result == Double.NEGATIVE_INFINITY ? 0 : Double.POSITIVE_INFINITY;
            default:
                BigDecimal value = new BigDecimal(exact);
                boolean wrongSign = result == 0 && value.signum() != 0 && Math.copySign(1, result) != value.signum();
                return wrongSign ? Double.POSITIVE_INFINITY : Ulp.error(result, value);
        }
    }

    /** Where float32 and double must give the same value: what the limits and kinks are was checked for float32. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void specialValuesAreThoseOfFloat32(Activation activation) {
        float[] x = new float[SPECIAL.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) SPECIAL[i];
        }
        for (Operation operation : new Operation[] {Operation.FORWARD, Operation.DERIVATIVE}) {
            FunctionCase tested = new FunctionCase(activation, operation);
            double[] results = run(tested, SPECIAL);
            float[] rounded = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                rounded[i] = (float) results[i];
            }
            Bits.assertSame(tested, rounded, tested.run(backend(), x, x));
        }
    }

    private static double[] run(FunctionCase tested, double[] x) {
        double[] results = new double[x.length];
        tested.run(backend(), Operand.of(x), Operand.of(x), Operand.of(results));
        return results;
    }
}
