package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Rows;
import java.util.Map;

/**
 * Some outer indexes of the arrays of a call, in memory.
 *
 * @param rows       their shape
 * @param firstOuter the first one's number in the files
 * @param arrays     by their names
 */
record Part(Rows rows, long firstOuter, Map<String, Operand> arrays) {
    Operand get(String name) {
        return arrays.get(name);
    }

    /** The seed with which the elements get the numbers that they have in the whole file. */
    RandomSeed from(RandomSeed seed) {
        return seed.from(firstOuter * rows.axis() * rows.inner());
    }
}
