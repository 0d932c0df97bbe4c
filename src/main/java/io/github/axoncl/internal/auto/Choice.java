package io.github.axoncl.internal.auto;

import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.KernelCall;

/** Decides for each call whether the device or the CPU computes it. */
interface Choice extends AutoCloseable {
    /** Everything on the device: for tests, and to measure it. */
    Choice DEVICE = call -> true;
    /** Everything on the CPU, likewise. */
    Choice CPU = call -> false;

    /** Whether the device computes a call. Allocates nothing and takes less than a tenth of a microsecond once the call's
     * signature is known. */
    boolean onDevice(KernelCall call);

    /** Explains what would be decided.
     *
     * @param call      what is computed, in words
     * @param kind      the class of the call
     * @param n         its length
     * @param residence where its operands lie
     * @return the explanation */
    default Explanation explain(String call, CostClass kind, long n, Residence residence) {
        return new Explanation(onDevice(null) ? "opencl" : "cpu", call, n, residence, Double.NaN, Double.NaN,
                Explanation.Source.NO_CHOICE, "the system property " + Opening.CHOICE + " says so");
    }

    @Override
    default void close() {
    }
}
