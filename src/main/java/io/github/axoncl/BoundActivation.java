package io.github.axoncl;

/** An element-wise function with parameters or a tier of its own. */
final class BoundActivation extends BoundFunction implements ActivationFunction {
    BoundActivation(KernelDefinition definition, Precision precision, double... checked) {
        super(definition, precision, checked);
    }
}
