package io.github.axoncl.internal.auto;

import io.github.axoncl.Explanation.Residence;

/** What is known of the cost of calls. Any thread may call any method. */
interface CostModel extends AutoCloseable {

    /** What is known now. Neither waits nor allocates. */
    Costs costs(CostClass kind, Residence residence);

    /** Says that calls of a size for which it matters are made: what is not known may be measured in the background. Neither
     * waits nor, once it is known, allocates. */
    default void wanted(CostClass kind, Residence residence) {
    }

    /** What is known after measuring what can be. */
    default Costs measured(CostClass kind, Residence residence) {
        return costs(kind, residence);
    }

    /** Ends measuring and waits for its end. */
    @Override
    default void close() {
    }
}
