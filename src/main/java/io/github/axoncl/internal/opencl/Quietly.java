package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.log.Log;

/** Releases things where a failure has no one to be told to: it must neither hide an earlier one nor stop what comes after. */
final class Quietly {
    private static final Log LOG = Log.of(Quietly.class);

    private Quietly() {
    }

    static void run(String what, Runnable release) {
        try {
            release.run();
        } catch (ClException e) {
            LOG.debug("{} failed", what, e);
        }
    }
}
