package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Backend;
import io.github.axoncl.Rows;
import java.util.List;

/**
 * One operation of one function on files, its shapes checked: which arrays it reads and writes, and the call that computes a
 * part.
 *
 * @param title       what it is, for messages: "backward of gelu"
 * @param rows        the shape of the call
 * @param together    so many outer indexes belong together: a part has a multiple of them
 * @param inputs      what is read
 * @param outputs     what is written
 * @param computation the call
 */
record FileOperation(String title, Rows rows, long together, List<InputArray> inputs, List<OutputArray> outputs,
                     Computation computation) {
    /** Computes a part: from its inputs, by their names, into its outputs. */
    interface Computation {
        void compute(Backend backend, Part part);
    }
}
