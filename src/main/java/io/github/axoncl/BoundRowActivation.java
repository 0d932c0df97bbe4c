package io.github.axoncl;

/** A row-wise function with parameters of its own. */
final class BoundRowActivation extends BoundFunction implements RowFunction {
    BoundRowActivation(KernelDefinition definition, double... checked) {
        super(definition, Precision.ACCURATE, checked);
    }
}
