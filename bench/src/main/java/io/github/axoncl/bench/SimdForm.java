package io.github.axoncl.bench;

import io.github.axoncl.Backend;

/** What a backend says of the CPU path's SIMD form, which is compiled behind the first calls. */
public final class SimdForm {
    private SimdForm() {
    }

    /** Whether the backend is the CPU path and has the form. */
    public static boolean has(Backend backend) {
        return backend.info().backend().equals("cpu") && backend.info().cpuForm().startsWith("SIMD");
    }

    /** Whether loops of functions that were called are still being compiled; a function of rows has a dozen. */
    public static boolean isBeingCompiled(Backend backend) {
        return has(backend) && backend.info().cpuForm().contains("being compiled");
    }
}
