package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/** What operations of several launches are put together from; not for users. */
enum Auxiliary implements KernelFunction {
    /** A row's sum divided by a number. */
    TOTAL,
    /** Counts class indices, or finds the first wrong one. */
    CLASS_INDICES;

    private final KernelDefinition definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of());

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
