package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Operation;
import io.github.axoncl.bench.shared.ParameterValues;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the command line of apply says besides the function; null where nothing is said.
 *
 * @param operation what to compute of it
 * @param values    from {@code --param}
 * @param axis      from {@code --axis}
 * @param seed      from {@code --seed}
 * @param offset    from {@code --offset}
 * @param dropout   from {@code --dropout}
 * @param gradient  from {@code --grad}
 * @param further   from {@code --out}, by the outputs' names
 * @param in        the input
 * @param out       the output
 */
record ApplyOptions(Operation operation, ParameterValues values, Integer axis, Long seed, Long offset, Double dropout,
                    Path gradient, Map<String, Path> further, Path in, Path out) {
}
