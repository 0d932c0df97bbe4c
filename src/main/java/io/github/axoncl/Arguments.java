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

    /** Checks that there are arrays; the rest is {@link #check}'s. */
    static void checkArrays(Operation operation, float[] x, float[] dy, float[] out) {
        Objects.requireNonNull(x, firstName(operation));
        if (operation.takesGradient()) {
            Objects.requireNonNull(dy, "dy");
        }
        Objects.requireNonNull(out, outName(operation));
    }

    private static void checkOperands(Backend backend, Operation operation, KernelFunction function, Operand x, Operand dy,
                                      Operand out) {
        String xName = firstName(operation);
        String outName = outName(operation);
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

    private static String outName(Operation operation) {
        return operation == Operation.FORWARD ? "y" : "dx";
    }

    static String title(Operation operation, KernelFunction function) {
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

    static void checkOwner(Backend backend, String name, Operand operand) {
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

    static void checkType(String title, String name, Operand operand, DType wanted) {
        if (operand.type() != wanted) {
            throw new IllegalArgumentException(title + ": " + name + " is " + operand.type() + ", but must be " + wanted);
        }
    }

    /** An output may be an input, the same elements exactly, but must not begin elsewhere inside it. */
    private static void checkOverlap(String name, Operand in, String outName, Operand out) {
        checkOverlap(name, in, outName, out, true);
    }

    /** An output must not lie where another operand does, unless it is allowed to be it, the same elements exactly. Seen for
     * arrays and device buffers only: the address of a NIO buffer's memory is not known to Java. */
    static void checkOverlap(String name, Operand other, String outName, Operand out, boolean maybeSame) {
        if (other instanceof Operand.OfArray a && out instanceof Operand.OfArray b && a.array() == b.array()
                && a.count() > 0 && b.count() > 0
                && a.offset() < (long) b.offset() + b.count() && b.offset() < (long) a.offset() + a.count()
                && !(maybeSame && a.offset() == b.offset())) {
            throw new IllegalArgumentException(outName + " at offset " + b.offset() + " overlaps " + name + " at offset "
                    + a.offset() + " (length " + a.count() + "); they must be "
                    + (maybeSame ? "the same elements or disjoint" : "disjoint"));
        }
        if (other instanceof DeviceBuffer && other == out && !maybeSame) {
            throw new IllegalArgumentException(outName + " is the device buffer that " + name + " is; they must be disjoint");
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
