package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.DType;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;
import io.github.axoncl.oracle.AccuracyTable.Key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has a golden checksum and a row in the {@link AccuracyTable}, if its parameters have their defaults: an operation on one
 * float32 input, in one tier.
 *
 * @param function  the function
 * @param operation one of {@link #OPERATIONS}
 */
public record GoldenCase(ActivationFunction function, Operation operation) {
    /** The operations on one input. */
    public static final List<Operation> OPERATIONS = List.of(Operation.FORWARD, Operation.DERIVATIVE);

    /** Everything that must have a row.
     *
     * @return the cases, the accurate ones first */
    public static Stream<GoldenCase> all() {
        return of(List.of(Activation.values()), List.of(Precision.values()), OPERATIONS).stream();
    }

    /** Those of some functions; in the fast tier what has a text of its own there, and is not the accurate one by another name.
     *
     * @param functions  the functions, in the accurate tier
     * @param precisions the tiers
     * @param operations the operations
     * @return the cases */
    public static List<GoldenCase> of(List<? extends ActivationFunction> functions, List<Precision> precisions,
                                      List<Operation> operations) {
        List<GoldenCase> cases = new ArrayList<>();
        for (Precision precision : precisions) {
            for (ActivationFunction function : functions) {
                for (Operation operation : operations) {
                    if (precision == Precision.ACCURATE) {
                        cases.add(new GoldenCase(function, operation));
                    } else if (ProgramText.hasFast(function.definition(), operation)) {
                        cases.add(new GoldenCase(function.fast(), operation));
                    }
                }
            }
        }
        return cases;
    }

    /** The key of the row.
     *
     * @return the key */
    public Key key() {
        return new Key(function.id(), operation.id(), function.precision().id(), DType.FLOAT32.id());
    }

    /** The SHA-256 of the text.
     *
     * @return 64 hexadecimal digits */
    public String sha256() {
        return ProgramText.sha256(function, operation);
    }

    /** Whether the parameters have the values that the table is about.
     *
     * @return true if so */
    public boolean hasDefaults() {
        List<Parameter> declared = function.definition().parameters();
        return Arrays.equals(parameters(), declared.stream().mapToDouble(p -> (float) p.defaultValue()).toArray());
    }

    /** The values of the parameters, as float32 takes them.
     *
     * @return the values */
    public double[] parameters() {
        double[] values = new double[function.definition().parameters().size()];
        Arrays.setAll(values, i -> (float) function.argument(i));
        return values;
    }

    /** What is right.
     *
     * @return f or f' */
    public Formula formula() {
        Oracle oracle = Oracles.of(Activation.of(function.id()));
        return operation == Operation.FORWARD ? oracle.forward() : oracle.derivative();
    }

    /** How far from it results may be.
     *
     * @return the largest error allowed, in ULP */
    public double limit() {
        Oracle oracle = Oracles.of(Activation.of(function.id()));
        return operation == Operation.FORWARD ? oracle.forwardLimit(function.precision())
                : oracle.derivativeLimit(function.precision());
    }

    @Override
    public String toString() {
        return function.describe() + " " + operation.id();
    }
}
