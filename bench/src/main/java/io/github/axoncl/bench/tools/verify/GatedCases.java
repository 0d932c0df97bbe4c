package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.GatedActivation;
import io.github.axoncl.GatedFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.GatedOracle;
import java.util.ArrayList;
import java.util.List;

/** Gated functions of two operands and of halves of one, in both orders, with their gradients. */
final class GatedCases {
    private static final Rows HALVES = new Rows(1, 5, 7);
    /** A product, and for a gradient another one, of a flushed value of the gate's function. */
    private static final int FLUSHES = 8;

    private GatedCases() {
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        for (GatedActivation constant : GatedActivation.values()) {
            GatedOracle oracle = GatedOracle.of(constant);
            for (GatedFunction f : List.of(constant, constant.gateFirst())) {
                for (boolean halves : new boolean[] {false, true}) {
                    String title = f.describe() + " ";
                    String shape = halves ? " of halves, inner " + HALVES.inner() : "";
                    cases.add(new VerifyCase(title + Operation.FORWARD.id() + shape,
                            (samples, reference) -> forward(f, oracle, halves, samples)));
                    cases.add(new VerifyCase(title + Operation.BACKWARD.id() + shape,
                            (samples, reference) -> backward(f, oracle, halves, samples)));
                }
            }
        }
        return cases;
    }

    /** The operands: one after the other, or the halves of one. */
    private record Operands(boolean gateFirst, boolean halves, Rows rows, float[] a, float[] b) {
        static Operands of(GatedFunction f, boolean halves, int samples) {
            Rows rows = halves ? Samples.shape(samples / 2, (int) HALVES.axis(), (int) HALVES.inner(), 1)
                    : new Rows(samples, 1, 1);
            int length = (int) rows.length();
            // What a device flushes of the gate's function, the other operand multiplies: it is of middle size.
            float[] passes = Samples.gradients(length, 21);
            float[] gate = Samples.inputs(length, 22);
            return f.isGateFirst() ? new Operands(true, halves, rows, gate, passes)
                    : new Operands(false, halves, rows, passes, gate);
        }

        float passes(int element) {
            return gateFirst ? b[element] : a[element];
        }

        float gate(int element) {
            return gateFirst ? a[element] : b[element];
        }

        Trial addTo(Trial trial) {
            if (!halves) {
                return gateFirst ? trial.in("a", Place.EACH, a).factor("b", Place.EACH, b)
                        : trial.factor("a", Place.EACH, a).in("b", Place.EACH, b);
            }
            float[] both = new float[2 * a.length];
            for (int i = 0; i < a.length; i++) {
                both[at(0, i)] = a[i];
                both[at(1, i)] = b[i];
            }
            return trial.factor("ab", Place.EACH, both);
        }

        int at(int half, int element) {
            return Place.EACH.index(rows, 2, half, 2 * a.length, element);
        }
    }

    private static Trial forward(GatedFunction f, GatedOracle oracle, boolean halves, int samples) {
        Operands in = Operands.of(f, halves, samples);
        Trial trial = in.addTo(Trial.of(in.rows(), (backend, o) -> {
            if (halves) {
                backend.forward(f, in.rows(), o.apply("ab"), o.apply("y"));
            } else {
                backend.forward(f, o.apply("a"), o.apply("b"), o.apply("y"));
            }
        })).out("y", Place.EACH, FLUSHES, limit(oracle.gate().forwardLimit(Precision.ACCURATE)));
        return trial.exact(in.a().length, (i, exact) -> {
            if (isJudged(oracle.gate().forward().at(in.gate(i)), 1)) {
                exact[0].set(i, oracle.forward(in.passes(i), in.gate(i)));
            }
        });
    }

    private static Trial backward(GatedFunction f, GatedOracle oracle, boolean halves, int samples) {
        Operands in = Operands.of(f, halves, samples);
        int length = in.a().length;
        float[] dy = Samples.gradients(length, 23);
        Trial trial = in.addTo(Trial.of(in.rows(), (backend, o) -> {
            if (halves) {
                backend.backward(f, in.rows(), o.apply("ab"), o.apply("dy"), o.apply("dab"));
            } else {
                backend.backward(f, o.apply("a"), o.apply("b"), o.apply("dy"), o.apply("da"), o.apply("db"));
            }
        })).factor("dy", Place.EACH, dy);
        double ofPasses = limit(oracle.gate().forwardLimit(Precision.ACCURATE));
        double ofGate = limit(oracle.gate().derivativeLimit(Precision.ACCURATE));
        if (halves) {
            trial.out("dab", Place.EACH, 2, FLUSHES, Math.max(ofPasses, ofGate));
        } else {
            trial.out("da", Place.EACH, FLUSHES, f.isGateFirst() ? ofGate : ofPasses);
            trial.out("db", Place.EACH, FLUSHES, f.isGateFirst() ? ofPasses : ofGate);
        }
        int first = f.isGateFirst() ? 1 : 0;
        return trial.exact(length, (i, exact) -> {
            if (isJudged(oracle.gate().forward().at(in.gate(i)), 1)) {
                exact[halves ? 0 : first].set(halves ? in.at(first, i) : i, oracle.da(in.gate(i), dy[i]));
            }
            if (isJudged(oracle.gate().derivative().at(in.gate(i)), Math.abs((double) dy[i] * in.passes(i)))) {
                exact[halves ? 0 : 1 - first].set(halves ? in.at(1 - first, i) : i, oracle.db(in.passes(i), in.gate(i), dy[i]));
            }
        });
    }

    private static double limit(double ofFactor) {
        return GatedOracle.productLimit(ofFactor);
    }

    /** A factor that is subnormal has lost digits, which the limit of a product does not speak of; the product of the others
     * may be beyond the range where the whole is not, and is rounded by itself where it is small. */
    private static boolean isJudged(double factor, double product) {
        double size = Math.abs(factor);
        return !(size > 0 && size < Float.MIN_NORMAL) && !(product >= Float.MAX_VALUE && size < 1) && !(product < 0x1p-100);
    }
}
