package io.github.axoncl;

/** A loss with parameters of its own. */
final class BoundLoss extends BoundFunction implements LossFunction {
    BoundLoss(KernelDefinition definition, double... checked) {
        super(definition, Precision.ACCURATE, checked);
    }
}
