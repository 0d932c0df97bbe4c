package io.github.axoncl;

/** A row-wise function with a tier and parameters of its own. */
final class BoundRowActivation extends BoundFunction implements RowFunction {
    BoundRowActivation(KernelDefinition definition, Precision precision, double... checked) {
        super(definition, precision, checked);
    }
}
