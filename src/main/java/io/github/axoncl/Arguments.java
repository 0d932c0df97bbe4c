package io.github.axoncl;

import java.util.Objects;

/** The rules for arguments of operations, in one place, so that every backend gives the same exception and message. */
final class Arguments {
    private Arguments() {
    }

    /** Checks one element-wise call; {@code dy} is null where the operation takes no gradient. */
    static void check(Backend backend, Operation operation, ActivationFunction function, Operand x, Operand dy, Operand out) {
        Objects.requireNonNull(function, "function");
        checkOperands(backend, operation, function, x, dy, out);
        if (!x.type().isReal()) {
            throw new IllegalArgumentException(title(operation, function) + ": " + firstName(operation) + " is " + x.type()
                    + ", which is not a type to compute with");
        }
        if (!function.definition().supports(x.type())) {
            throw new IllegalArgumentException(title(operation, function) + ": " + firstName(operation) + " is " + x.type()
                    + ", but the text of the function defines neither forward64 nor a forward of type real");
        }
        if (operation == Operation.BACKWARD_FROM_OUTPUT) {
            checkFromOutput(function);
        }
    }

    /** Checks one row-wise call. */
    static void check(Backend backend, Operation operation, RowActivation function, Rows rows, Operand x, Operand dy,
                      Operand out) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(rows, "rows");
        checkOperands(backend, operation, function, x, dy, out);
        if (rows.length() != x.length()) {
            throw new IllegalArgumentException(title(operation, function) + ": " + rows + " has " + rows.length()
                    + " elements, but " + firstName(operation) + " has " + x.length());
        }
        if (x.type() != DType.FLOAT32) {
            throw new IllegalArgumentException(title(operation, function) + ": " + firstName(operation) + " is " + x.type()
                    + "; row-wise functions take " + DType.FLOAT32);
        }
        if (rows.inner() != 1) {
            throw new IllegalArgumentException(title(operation, function) + ": " + rows
                    + " is not along the last axis; inner must be 1");
        }
    }

    private static void checkOperands(Backend backend, Operation operation, KernelFunction function, Operand x, Operand dy,
                                      Operand out) {
        String xName = firstName(operation);
        String outName = operation == Operation.FORWARD ? "y" : "dx";
        Objects.requireNonNull(x, xName);
        if (operation.takesGradient()) {
            Objects.requireNonNull(dy, "dy");
        }
        Objects.requireNonNull(out, outName);
        backend.checkOpen();
        checkOwner(backend, xName, x);
        if (dy != null) {
            checkOwner(backend, "dy", dy);
            checkLike(operation, function, xName, x, "dy", dy);
        }
        checkOwner(backend, outName, out);
        checkLike(operation, function, xName, x, outName, out);
        checkWritable(outName, out);
        checkOverlap(xName, x, outName, out);
        if (dy != null) {
            checkOverlap("dy", dy, outName, out);
        }
    }

    private static String firstName(Operation operation) {
        return operation == Operation.BACKWARD_FROM_OUTPUT ? "y" : "x";
    }

    private static String title(Operation operation, KernelFunction function) {
        return operation.id() + " of " + function.describe();
    }

    private static void checkLike(Operation operation, KernelFunction function, String xName, Operand x, String name,
                                  Operand other) {
        if (x.length() != other.length()) {
            throw new IllegalArgumentException(title(operation, function) + ": " + xName + " has " + x.length()
                    + " elements, " + name + " has " + other.length() + "; they must be equal");
        }
        if (x.type() != other.type()) {
            throw new IllegalArgumentException(title(operation, function) + ": " + xName + " is " + x.type() + ", " + name
                    + " is " + other.type() + "; they must be equal");
        }
    }

    private static void checkOwner(Backend backend, String name, Operand operand) {
        if (operand instanceof DeviceBuffer buffer) {
            if (buffer.backend() != backend) {
                throw new IllegalArgumentException(name + " is a DeviceBuffer of another backend");
            }
            buffer.checkUsable();
        }
    }

    static void checkWritable(String name, Operand operand) {
        if (operand instanceof Operand.OfBuffer host && host.buffer().isReadOnly()) {
            throw new IllegalArgumentException(name + " is a read-only buffer");
        }
    }

    /** An output may be an input, the same elements exactly, but must not begin elsewhere inside it. Seen for arrays only: the
     * address of a NIO buffer's memory is not known to Java. */
    private static void checkOverlap(String name, Operand in, String outName, Operand out) {
        if (in instanceof Operand.OfArray a && out instanceof Operand.OfArray b && a.array() == b.array()
                && a.offset() != b.offset() && a.count() > 0
                && Math.abs((long) a.offset() - b.offset()) < a.count()) {
            throw new IllegalArgumentException(outName + " at offset " + b.offset() + " overlaps " + name + " at offset "
                    + a.offset() + " (length " + a.count() + "); they must be the same elements or disjoint");
        }
    }

    private static void checkFromOutput(ActivationFunction function) {
        KernelDefinition definition = function.definition();
        if (!definition.hasDerivativeFromOutput()) {
            throw new IllegalArgumentException(definition.id() + " has no derivative from its output; use backward");
        }
        for (int i = 0; i < definition.parameters().size(); i++) {
            Parameter parameter = definition.parameters().get(i);
            if (function.argument(i) < parameter.minFromOutput()) {
                throw new IllegalArgumentException(definition.id() + ": from the output, parameter " + parameter.name() + " = "
                        + function.argument(i) + " must be at least " + Parameter.text(parameter.minFromOutput()));
            }
        }
    }
}
