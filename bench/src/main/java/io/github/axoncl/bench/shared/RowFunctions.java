package io.github.axoncl.bench.shared;

import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;

/** What commands must know of functions of rows besides what the functions say. */
public final class RowFunctions {
    private RowFunctions() {
    }

    /** Whether a row becomes one number. */
    public static boolean reduces(RowFunction f) {
        return f.definition() == RowActivation.LOGSUMEXP.definition();
    }

    /** The operation that gives the gradient: the output tells it, unless it is one number. */
    public static Operation gradient(RowFunction f) {
        return reduces(f) ? Operation.BACKWARD : Operation.BACKWARD_FROM_OUTPUT;
    }
}
