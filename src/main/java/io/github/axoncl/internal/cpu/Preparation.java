package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.StraightLine;

/**
 * Compiles a line, to load what writes loops while the text of the first function that has no {@link ReadyLoop} is read: most
 * of that call is loading classes, and there is a second processor. Once in a JVM.
 */
final class Preparation implements Runnable {
    static {
        if (Runtime.getRuntime().availableProcessors() > 1) {
            Thread thread = new Thread(null, new Preparation(), "axoncl-prepare", 0, false);
            thread.setDaemon(true);
            thread.start();
        }
    }

    private Preparation() {
    }

    /** Begins, unless it was done. */
    static void begin() {
        // The class is initialized now.
    }

    @Override
    public void run() {
        LoopClass.scalar(LoopShape.elementwise(StraightLine.copy(), 1));
    }
}
