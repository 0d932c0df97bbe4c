package io.github.axoncl;

/** A penalty with factors of its own. */
final class BoundPenalty extends BoundFunction implements PenaltyFunction {
    BoundPenalty(KernelDefinition definition, double... checked) {
        super(definition, Precision.ACCURATE, checked);
    }
}
