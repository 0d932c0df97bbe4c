package io.github.axoncl.bench.shared;

import io.github.axoncl.Backend;

import java.util.concurrent.locks.LockSupport;

/**
 * The CPU path's SIMD form, which is compiled behind the first calls and replaces the scalar one when it is the faster of the
 * two.
 */
public final class SimdForm {
    private static final long PAUSE_NANOS = 20_000_000;

    private SimdForm() {
    }

    /** A call whose form is to be measured.
     *
     * @param <E> what it throws */
    @FunctionalInterface
    public interface Call<E extends Exception> {
        /** Makes it. */
        void run() throws E;
    }

    /** Makes a call until the SIMD form serves it and no loop is being compiled any more (a function of rows has a dozen),
     * where the backend has that form; else once.
     *
     * @param nanos the longest that may take
     * @return whether the SIMD form serves it, or there is none; else a measurement would show the scalar form */
    public static <E extends Exception> boolean await(Backend backend, long nanos, Call<E> call) throws E {
        long start = System.nanoTime();
        long before = backend.info().simdRuns();
        call.run();
        if (!backend.info().backend().equals("cpu") || !backend.info().cpuForm().startsWith("SIMD")) {
            return true;
        }
        while (backend.info().simdRuns() == before || isBeingCompiled(backend)) {
            if (System.nanoTime() - start > nanos) {
                return backend.info().simdRuns() != before;
            }
            LockSupport.parkNanos(PAUSE_NANOS);         // leaves the processor to the compiler
            call.run();
        }
        return true;
    }

    /** Whether loops of functions that were called are still being compiled. */
    private static boolean isBeingCompiled(Backend backend) {
        return backend.info().cpuForm().contains("being compiled");
    }
}
