package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Loss;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Reduction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import io.github.axoncl.oracle.LossOracle;
import io.github.axoncl.oracle.LossOracle.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Losses of class indices and probabilities, plain and with all that they take, alone and with their gradients. */
final class LossCases {
    private static final int COLUMNS = 10;
    private static final int INNER = 7;
    private static final int IGNORED = -100;

    private final Loss constant;
    private final LossFunction function;
    private final boolean ofClasses;
    /** With weights and, of classes, an index that is ignored. */
    private final boolean everything;
    private final int columns;
    private final int inner;
    private final Reduction reduction;
    private final boolean perRow;

    private LossCases(Loss constant, LossFunction function, boolean ofClasses, int columns, int inner,
                      Reduction reduction) {
        this.constant = constant;
        this.function = function;
        this.ofClasses = ofClasses;
        this.everything = function != constant;
        this.columns = columns;
        this.inner = inner;
        this.reduction = reduction;
        this.perRow = isPerRow(constant);
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            LossFunction other = loss.with(Samples.otherArguments(loss.definition()));
            for (boolean ofClasses : isPerRow(loss) ? new boolean[] {true, false} : new boolean[] {false}) {
                for (Reduction reduction : Reduction.values()) {
                    new LossCases(loss, loss, ofClasses, COLUMNS, 1, reduction).add(cases);
                    new LossCases(loss, other, ofClasses, COLUMNS, 1, reduction).add(cases);
                }
                new LossCases(loss, other, ofClasses, COLUMNS, INNER, Reduction.MEAN).add(cases);
            }
        }
        return cases;
    }

    /** Means over rows of other lengths, along the last axis and along another one. */
    static List<VerifyCase> ofLengths(int... lengths) {
        List<VerifyCase> cases = new ArrayList<>();
        for (Loss loss : Loss.values()) {
            for (boolean ofClasses : isPerRow(loss) ? new boolean[] {true, false} : new boolean[] {false}) {
                for (int columns : lengths) {
                    new LossCases(loss, loss, ofClasses, columns, 1, Reduction.MEAN).add(cases);
                    new LossCases(loss, loss, ofClasses, columns, INNER, Reduction.MEAN).add(cases);
                }
            }
        }
        return cases;
    }

    /** Whether a row has one loss, which is then one of a class; else each element has one, of a probability. */
    private static boolean isPerRow(Loss loss) {
        return LossOracle.of(loss).of(new double[2], new float[2], new float[] {1, 1}, arguments(loss)).losses().length == 1;
    }

    private static double[] arguments(LossFunction f) {
        return IntStream.range(0, f.definition().parameters().size()).mapToDouble(f::argument).toArray();
    }

    private void add(List<VerifyCase> cases) {
        for (Operation operation : List.of(Operation.FORWARD, Operation.BACKWARD)) {
            String title = function.describe() + " " + operation.id() + (ofClasses ? " of classes" : " of probabilities")
                    + (everything ? ", weights" + (ofClasses ? ", an ignored index" : "") : "") + ", "
                    + reduction.name().toLowerCase(Locale.ROOT) + (columns == COLUMNS ? "" : ", rows of " + columns)
                    + (inner > 1 ? ", inner " + inner : "");
            cases.add(new VerifyCase(title, (samples, reference) -> trial(samples, operation)));
        }
    }

    private Trial trial(int samples, Operation operation) {
        Rows rows = Samples.shape(samples, columns, inner, 1);
        int count = (int) (rows.outer() * rows.inner());
        // One special value would be all that remains of a sum.
        float[] x = Samples.rows(rows, reduction == Reduction.NONE);
        int[] classes = classes(count);
        float[] probabilities = normalised(Samples.probabilities(x.length, 11), rows);
        float[] weights = Samples.probabilities(columns, 12);
        Place place = reduction != Reduction.NONE ? Place.ALL : perRow ? Place.ROW : Place.EACH;
        boolean backward = operation == Operation.BACKWARD;
        Trial trial = Trial.of(rows, (backend, o) -> {
            if (backward) {
                backend.backward(function, rows, targets(o), reduction, o.apply("x"), o.apply("loss"), o.apply("dx"));
            } else {
                backend.forward(function, rows, targets(o), reduction, o.apply("x"), o.apply("loss"));
            }
        }).in("x", Place.EACH, x).out("loss", place, columns + place.length(rows) + 8, LossOracle.LOSS_LIMIT);
        if (ofClasses) {
            trial.in("class", Place.ROW, Values.of(classes));
        } else {
            trial.in("probability", Place.EACH, probabilities);
        }
        if (everything) {
            trial.in("weight", Place.AXIS, weights);
        }
        if (backward) {
            trial.out("dx", Place.EACH, columns + 8, reduction == Reduction.MEAN ? LossOracle.MEAN_GRADIENT_LIMIT
                    : LossOracle.GRADIENT_LIMIT);
        }
        Function<Integer, Result> exactly = row -> exactly(rows, row, x, classes[row], probabilities, weights);
        double divisor = divisor(rows, classes, weights);
        return trial.exact(count + 1, (row, exact) -> {
            if (row < count) {
                judge(rows, row, exactly.apply(row), divisor, exact);
            } else if (reduction != Reduction.NONE) {
                setLoss(exact[0], 0, IntStream.range(0, count).mapToDouble(r -> exactly.apply(r).loss()).sum() / divisor);
            }
        });
    }

    private Targets targets(Function<String, Operand> o) {
        Targets targets = ofClasses ? Targets.classes(o.apply("class")) : Targets.probabilities(o.apply("probability"));
        Targets weighted = everything ? targets.weights(o.apply("weight")) : targets;
        return everything && ofClasses ? weighted.ignoring(IGNORED) : weighted;
    }

    private int[] classes(int count) {
        SplittableRandom random = new SplittableRandom(13);
        int[] classes = new int[count];
        for (int i = 0; i < count; i++) {
            classes[i] = everything && i % 3 == 1 ? IGNORED : random.nextInt(columns);
        }
        return classes;
    }

    /** Rows of sum 1, if they are those of a loss of a row: what counts as 0 there would count in a large sum. */
    private float[] normalised(float[] values, Rows rows) {
        for (int row = 0; row < rows.outer() * rows.inner() && perRow; row++) {
            double sum = 0;
            for (float value : Samples.row(values, rows, row)) {
                sum += value;
            }
            for (int k = 0; k < columns && sum > 0; k++) {
                values[Samples.at(rows, row, k)] /= (float) sum;
            }
        }
        return values;
    }

    private Result exactly(Rows rows, int row, float[] x, int index, float[] probabilities, float... weights) {
        if (ofClasses && index == IGNORED) {
            return new Result(new double[1], new double[columns], new double[columns]);
        }
        double[] logits = new double[columns];
        float[] targets = ofClasses ? new float[columns] : Samples.row(probabilities, rows, row);
        float[] each = new float[columns];
        for (int k = 0; k < columns; k++) {
            logits[k] = x[Samples.at(rows, row, k)];
            each[k] = everything ? weights[k] : 1;
        }
        if (ofClasses) {
            targets[index] = 1;
        }
        return LossOracle.of(constant).of(logits, targets, each, arguments(function));
    }

    /** What a mean divides by. */
    private double divisor(Rows rows, int[] classes, float... weights) {
        if (reduction != Reduction.MEAN) {
            return 1;
        }
        if (!ofClasses) {
            return perRow ? classes.length : rows.length();
        }
        double sum = 0;
        for (int index : classes) {
            sum += index == IGNORED ? 0 : everything ? weights[index] : 1;
        }
        return sum;
    }

    private void judge(Rows rows, int row, Result result, double divisor, Exact... exact) {
        for (int k = 0; k < result.losses().length && reduction == Reduction.NONE; k++) {
            setLoss(exact[0], perRow ? row : Samples.at(rows, row, k), result.losses()[k]);
        }
        for (int k = 0; k < columns && exact.length > 1; k++) {
            exact[1].set(Samples.at(rows, row, k), result.gradient()[k] / divisor, result.magnitude()[k] / divisor);
        }
    }

    /** A loss below 1 has an absolute limit, which is the other one of 1/2. */
    private static void setLoss(Exact exact, int index, double loss) {
        exact.set(index, loss, Math.max(loss, LossOracle.LOSS_NEAR_ZERO / LossOracle.LOSS_LIMIT * 0x1p23));
    }
}
