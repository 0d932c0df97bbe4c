package io.github.axoncl.internal.kernel;

import java.util.Set;

/**
 * A constant, struct or function of a text, as a piece of it.
 *
 * @param source the text
 * @param start  the offset of its first character
 * @param end    the offset behind its last
 * @param uses   the names of the declarations that it refers to
 */
record Declaration(SourceText source, int start, int end, Set<String> uses) {
    String text() {
        return source.text().substring(start, end).stripTrailing();
    }
}
