package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Backend;
import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.bench.shared.RowFunctions;
import io.github.axoncl.oracle.RowOracle;
import io.github.axoncl.oracle.RowOracle.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Row-wise functions on rows of several lengths, along another axis than the last, with other parameters and masks. */
final class RowCases {
    private static final int[] COLUMNS = {1, 3, 10, 257, 5000};
    /** A length for what is tried with one only. */
    private static final int FEW = 10;
    private static final int INNER = 7;
    /** A mask is shorter than the scores and used again. */
    private static final int MASKS = 4;
    private static final RandomSeed SEED = new RandomSeed(0x123456789ABCDEFL, 77, (1L << 34) - 70);

    private final RowActivation constant;
    private final RowFunction function;
    private final int columns;
    private final int inner;
    private final Masking masking;
    private final Place output;
    private final float[] additive;
    /** The last one hides everything. */
    private final byte[] flags;

    /** What hides elements. */
    private enum Masking {
        NONE(""), ADDITIVE(", additive mask"), KEEPING(", mask of flags"), CAUSAL(", causal mask");

        final String title;

        Masking(String title) {
            this.title = title;
        }
    }

    private RowCases(RowActivation constant, RowFunction function, int columns, int inner, Masking masking) {
        this.constant = constant;
        this.function = function;
        this.columns = columns;
        this.inner = inner;
        this.masking = masking;
        this.output = RowFunctions.reduces(constant) ? Place.ROW : Place.EACH;
        SplittableRandom random = new SplittableRandom(7);
        this.additive = new float[MASKS * columns];
        this.flags = new byte[MASKS * columns];
        for (int i = 0; i < flags.length; i++) {
            additive[i] = random.nextInt(4) == 0 ? Float.NEGATIVE_INFINITY : (float) random.nextGaussian();
            flags[i] = (byte) (i >= flags.length - columns || random.nextInt(3) == 0 ? 0 : random.nextInt(1, 256));
        }
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        for (RowActivation f : RowActivation.values()) {
            for (int columns : COLUMNS) {
                new RowCases(f, f, columns, 1, Masking.NONE).add(cases, true);
            }
            new RowCases(f, f, FEW, INNER, Masking.NONE).add(cases, true);
            if (f.definition().hasFast()) {
                for (int columns : COLUMNS) {
                    new RowCases(f, f.fast(), columns, 1, Masking.NONE).add(cases, false);
                }
            }
            if (!f.definition().parameters().isEmpty()) {
                new RowCases(f, other(f), FEW, 1, Masking.NONE).add(cases, true);
            }
            if (f.definition().source().contains("row_score")) {
                for (Masking masking : List.of(Masking.ADDITIVE, Masking.KEEPING, Masking.CAUSAL)) {
                    // A gradient from the output needs no mask.
                    new RowCases(f, other(f), FEW, 1, masking).add(cases, RowFunctions.reduces(f));
                }
            }
        }
        return cases;
    }

    /** Rows of other lengths, along the last axis and along another one, in both tiers, with every mask. */
    static List<VerifyCase> ofLengths(int... lengths) {
        List<VerifyCase> cases = new ArrayList<>();
        for (RowActivation f : RowActivation.values()) {
            for (int columns : lengths) {
                for (int inner : new int[] {1, INNER}) {
                    new RowCases(f, f, columns, inner, Masking.NONE).add(cases, true);
                    if (f.definition().hasFast()) {
                        new RowCases(f, f.fast(), columns, inner, Masking.NONE).add(cases, false);
                    }
                }
                if (f.definition().source().contains("row_score")) {
                    for (Masking masking : List.of(Masking.ADDITIVE, Masking.KEEPING, Masking.CAUSAL)) {
                        new RowCases(f, other(f), columns, 1, masking).add(cases, RowFunctions.reduces(f));
                    }
                }
            }
        }
        return cases;
    }

    /** Other parameters. A scale is a power of two, which makes a score of a single rounding. */
    private static RowFunction other(RowActivation f) {
        double[] values = Samples.otherArguments(f.definition());
        for (int i = 0; i < values.length; i++) {
            String name = f.definition().parameters().get(i).name();
            values[i] = name.equals("scale") ? 0.5 : name.equals("zero_if_empty") ? 1 : values[i];
        }
        return f.with(values);
    }

    private void add(List<VerifyCase> cases, boolean withGradient) {
        String shape = ", rows of " + columns + (inner > 1 ? ", inner " + inner : "") + masking.title;
        cases.add(new VerifyCase(function.describe() + " " + Operation.FORWARD.id() + shape, this::forward));
        if (withGradient) {
            cases.add(new VerifyCase(function.describe() + " " + RowFunctions.gradient(constant).id() + shape, this::backward));
        }
    }

    private Trial forward(int samples, Backend reference) {
        Rows rows = rows(samples);
        float[] x = Samples.rows(rows);
        RowOracle oracle = RowOracle.of(constant);
        boolean random = constant == RowActivation.GUMBEL_SOFTMAX;
        Trial trial = masked(Trial.of(rows, (backend, o) -> {
            if (random) {
                backend.forward(function, rows, SEED, o.apply("x"), o.apply("y"));
            } else if (masking == Masking.NONE) {
                backend.forward(function, rows, o.apply("x"), o.apply("y"));
            } else {
                backend.forward(function, rows, mask(o), o.apply("x"), o.apply("y"));
            }
        }).in("x", Place.EACH, x)).out("y", output, columns,
                limit(function.precision() == Precision.FAST ? RowOracle.FAST_LIMIT : oracle.forwardLimit()));
        if (!isJudged()) {
            return trial;
        }
        float[] scores = x;
        if (random) {
            // The oracle speaks of scores that have their noise.
            scores = new float[x.length];
            reference.forward(StochasticActivation.GUMBEL_NOISE, SEED, x, scores);
        }
        float[] given = scores;
        return trial.exact(count(rows), (row, exact) -> {
            float[] z = scores(rows, given, row);
            if (!isEmpty(z)) {
                set(exact[0], rows, row, oracle.forward(z), 1);
            }
        });
    }

    private Trial backward(int samples, Backend reference) {
        Rows rows = rows(samples);
        RowOracle oracle = RowOracle.of(constant);
        boolean fromInput = RowFunctions.reduces(constant);
        float[] x = fromInput ? Samples.rows(rows) : (float[]) forward(samples, reference).run(reference).get(0).array();
        String given = fromInput ? "x" : "y";
        float[] dy = Samples.finite(output.length(rows));
        Trial trial = masked(Trial.of(rows, (backend, o) -> {
            if (fromInput && masking == Masking.NONE) {
                backend.backward(function, rows, o.apply("x"), o.apply("dy"), o.apply("dx"));
            } else if (fromInput) {
                backend.backward(function, rows, mask(o), o.apply("x"), o.apply("dy"), o.apply("dx"));
            } else {
                backend.backwardFromOutput(function, rows, o.apply("y"), o.apply("dy"), o.apply("dx"));
            }
        }).in(given, Place.EACH, x)).factorOfRow("dy", output, dy)
                .out("dx", Place.EACH, columns, limit(oracle.backwardLimit()));
        return !isJudged() ? trial : trial.exact(count(rows), (row, exact) -> {
            float[] from = fromInput ? scores(rows, x, row) : Samples.row(x, rows, row);
            if (!fromInput || !isEmpty(from)) {
                set(exact[0], rows, row, oracle.backward(from, output == Place.ROW ? new float[] {dy[row]}
                        : Samples.row(dy, rows, row)), scale());
            }
        });
    }

    private Rows rows(int samples) {
        return Samples.shape(samples, columns, inner, masking == Masking.NONE ? 1 : MASKS);
    }

    private static int count(Rows rows) {
        return (int) (rows.outer() * rows.inner());
    }

    /** Whether the oracle speaks of these parameters: it takes scores that are scaled. */
    private boolean isJudged() {
        List<Parameter> parameters = function.definition().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            boolean ofScores = List.of("scale", "zero_if_empty").contains(parameters.get(i).name());
            if (!ofScores && function.argument(i) != parameters.get(i).defaultValue()) {
                return false;
            }
        }
        return true;
    }

    private double limit(double ofOracle) {
        return isJudged() ? ofOracle : Double.POSITIVE_INFINITY;
    }

    private double scale() {
        List<String> names = function.definition().parameters().stream().map(Parameter::name).toList();
        return names.contains("scale") ? function.argument(names.indexOf("scale")) : 1;
    }

    /** A row of nothing but -inf, for which zeros may be asked for. */
    private boolean isEmpty(float... z) {
        if (function == constant || function.precision() == Precision.FAST) {
            return false;
        }
        for (float score : z) {
            if (score != Float.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }

    private void set(Exact exact, Rows rows, int row, Judged judged, double factor) {
        for (int k = 0; k < judged.value().length; k++) {
            double magnitude = judged.magnitude()[k] * factor;
            // Where a factor makes it subnormal it is rounded once more.
            if (factor == 1 || !(Math.abs(magnitude) < 2 * Float.MIN_NORMAL)) {
                exact.set(judged.value().length == 1 ? row : Samples.at(rows, row, k), judged.value()[k] * factor, magnitude);
            }
        }
    }

    // ---- masks

    private Trial masked(Trial trial) {
        return switch (masking) {
            case ADDITIVE -> trial.in("mask", Place.REPEATED, additive);
            case KEEPING -> trial.in("mask", Place.REPEATED, Values.of(flags));
            default -> trial;
        };
    }

    private Mask mask(Function<String, Operand> operands) {
        return switch (masking) {
            case ADDITIVE -> Mask.additive(operands.apply("mask"));
            case KEEPING -> Mask.keeping(operands.apply("mask"));
            case CAUSAL -> Mask.causal(MASKS, columns - MASKS);
            case NONE -> throw new IllegalStateException("no mask");
        };
    }

    /** The scores of a row as the oracle takes them: scaled and masked. */
    private float[] scores(Rows rows, float[] x, int row) {
        float[] z = Samples.row(x, rows, row);
        float scale = (float) scale();
        int mask = row % MASKS;
        for (int k = 0; k < columns; k++) {
            boolean hidden = masking == Masking.KEEPING && flags[mask * columns + k] == 0
                    || masking == Masking.CAUSAL && k > mask + columns - MASKS;
            z[k] = hidden ? Float.NEGATIVE_INFINITY
                    : scale * z[k] + (masking == Masking.ADDITIVE ? additive[mask * columns + k] : 0);
        }
        return z;
    }
}
