package io.github.axoncl.internal.kernel;

import java.util.List;

/**
 * A straight line with names for what goes in and out.
 *
 * @param line     the operations; input k is that of the k-th name, parameter k the k-th uniform
 * @param inputs   what differs between elements
 * @param uniforms what is the same for all of them
 * @param outputs  what comes out, in the order of the line's outputs; a name that is an input too is written where it was read
 */
public record NamedLine(StraightLine line, List<String> inputs, List<String> uniforms, List<String> outputs) {
}
