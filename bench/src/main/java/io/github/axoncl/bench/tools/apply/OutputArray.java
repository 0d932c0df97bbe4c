package io.github.axoncl.bench.tools.apply;

import java.nio.file.Path;

/**
 * An array that a call writes.
 *
 * @param name   what the call knows it by
 * @param shape  its shape
 * @param target the file; null if nobody asked for it, which only further outputs may be
 */
record OutputArray(String name, ArrayShape shape, Path target) {
}
