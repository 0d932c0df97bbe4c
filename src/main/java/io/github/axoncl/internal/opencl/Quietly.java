package io.github.axoncl.internal.opencl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Releases things where a failure has no one to be told to: it must neither hide an earlier one nor stop what comes after. */
final class Quietly {
    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

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
