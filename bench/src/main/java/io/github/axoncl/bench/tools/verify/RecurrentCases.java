package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Operation;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.RecurrentOracle;
import java.util.List;

/** One step of the gates of recurrent networks, with its gradients. */
final class RecurrentCases {
    private static final int UNITS = 33;
    private static final int FLUSHES = 8;

    private RecurrentCases() {
    }

    static List<VerifyCase> all() {
        String units = ", " + UNITS + " units";
        return List.of(
                new VerifyCase(RecurrentCell.LSTM.id() + " " + Operation.FORWARD.id() + units,
                        (samples, reference) -> lstm(shape(samples))),
                new VerifyCase(RecurrentCell.LSTM.id() + " " + Operation.BACKWARD.id() + units,
                        (samples, reference) -> lstmGradients(shape(samples))),
                new VerifyCase(RecurrentCell.GRU.id() + " " + Operation.FORWARD.id() + units,
                        (samples, reference) -> gru(shape(samples))),
                new VerifyCase(RecurrentCell.GRU.id() + " " + Operation.BACKWARD.id() + units,
                        (samples, reference) -> gruGradients(shape(samples))));
    }

    private static Rows shape(int samples) {
        return Samples.shape(samples, UNITS, 1, 1);
    }

    private static float[] normal(Rows rows, int parts, int seed) {
        return Samples.normal(parts * (int) rows.length(), seed);
    }

    /** Where part k of a unit's gates lies. */
    private static int at(Rows rows, int parts, int k, int element) {
        return Place.EACH.index(rows, parts, k, parts * (int) rows.length(), element);
    }

    private static double[] gates(float[] all, Rows rows, int parts, int element) {
        double[] gates = new double[parts];
        for (int k = 0; k < parts; k++) {
            gates[k] = all[at(rows, parts, k, element)];
        }
        return gates;
    }

    private static void set(Exact exact, int index, RecurrentOracle.Exact by, int k) {
        exact.set(index, by.value()[k], by.magnitude()[k]);
    }

    private static Trial lstm(Rows rows) {
        float[] gates = normal(rows, 4, 61);
        float[] before = normal(rows, 1, 62);
        return Trial.of(rows, (backend, o) -> backend.lstmForward(rows, o.apply("gates"), o.apply("before"), o.apply("c"),
                o.apply("h"))).in("gates", Place.EACH, gates).in("before", Place.EACH, before)
                .out("c", Place.EACH, FLUSHES, RecurrentOracle.LIMIT).out("h", Place.EACH, FLUSHES, RecurrentOracle.LIMIT)
                .exact(before.length, (i, exact) -> {
                    RecurrentOracle.Exact state = RecurrentOracle.lstm(gates(gates, rows, 4, i), before[i]);
                    set(exact[0], i, state, 0);
                    set(exact[1], i, state, 1);
                });
    }

    private static Trial lstmGradients(Rows rows) {
        float[] gates = normal(rows, 4, 61);
        float[] before = normal(rows, 1, 62);
        float[] c = normal(rows, 1, 63);
        float[] dh = normal(rows, 1, 64);
        float[] dc = normal(rows, 1, 65);
        return Trial.of(rows, (backend, o) -> backend.lstmBackward(rows, o.apply("gates"), o.apply("before"), o.apply("c"),
                o.apply("dh"), o.apply("dc"), o.apply("dgates"), o.apply("dbefore")))
                .in("gates", Place.EACH, gates).in("before", Place.EACH, before).in("c", Place.EACH, c)
                .factor("dh", Place.EACH, dh).factor("dc", Place.EACH, dc)
                .out("dgates", Place.EACH, 4, FLUSHES, RecurrentOracle.LIMIT)
                .out("dbefore", Place.EACH, FLUSHES, RecurrentOracle.LIMIT)
                .exact(before.length, (i, exact) -> {
                    RecurrentOracle.Exact gradients = RecurrentOracle.lstmGradients(gates(gates, rows, 4, i), before[i], c[i],
                            dh[i], dc[i]);
                    for (int k = 0; k < 4; k++) {
                        set(exact[0], at(rows, 4, k, i), gradients, k);
                    }
                    set(exact[1], i, gradients, 4);
                });
    }

    private static Trial gru(Rows rows) {
        float[] x = normal(rows, 3, 66);
        float[] s = normal(rows, 3, 67);
        float[] before = normal(rows, 1, 68);
        return Trial.of(rows,
                (backend, o) -> backend.gruForward(rows, o.apply("x"), o.apply("s"), o.apply("before"), o.apply("h")))
                .in("x", Place.EACH, x).in("s", Place.EACH, s).in("before", Place.EACH, before)
                .out("h", Place.EACH, FLUSHES, RecurrentOracle.LIMIT)
                .exact(before.length, (i, exact) -> set(exact[0], i,
                        RecurrentOracle.gru(gates(x, rows, 3, i), gates(s, rows, 3, i), before[i]), 0));
    }

    private static Trial gruGradients(Rows rows) {
        float[] x = normal(rows, 3, 66);
        float[] s = normal(rows, 3, 67);
        float[] before = normal(rows, 1, 68);
        float[] dh = normal(rows, 1, 69);
        return Trial.of(rows, (backend, o) -> backend.gruBackward(rows, o.apply("x"), o.apply("s"), o.apply("before"),
                o.apply("dh"), o.apply("dx"), o.apply("ds"), o.apply("dbefore")))
                .in("x", Place.EACH, x).in("s", Place.EACH, s).in("before", Place.EACH, before).factor("dh", Place.EACH, dh)
                .out("dx", Place.EACH, 3, FLUSHES, RecurrentOracle.LIMIT)
                .out("ds", Place.EACH, 3, FLUSHES, RecurrentOracle.LIMIT)
                .out("dbefore", Place.EACH, FLUSHES, RecurrentOracle.LIMIT)
                .exact(before.length, (i, exact) -> {
                    RecurrentOracle.Exact gradients = RecurrentOracle.gruGradients(gates(x, rows, 3, i), gates(s, rows, 3, i),
                            before[i], dh[i]);
                    for (int k = 0; k < 3; k++) {
                        set(exact[0], at(rows, 3, k, i), gradients, k);
                        set(exact[1], at(rows, 3, k, i), gradients, 3 + k);
                    }
                    set(exact[2], i, gradients, 6);
                });
    }
}
