package io.github.axoncl;

/** A penalty with the values of its factors; {@link Penalty} has the constants. Immutable; may be shared by any threads. */
public sealed interface PenaltyFunction extends KernelFunction permits Penalty, BoundPenalty {

    /** This penalty with other factors.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order, rounded to float32
     * @return the penalty
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default PenaltyFunction with(double... values) {
        return new BoundPenalty(definition(), definition().checkArguments(values));
    }
}
