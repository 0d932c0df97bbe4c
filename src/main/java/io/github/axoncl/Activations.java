package io.github.axoncl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Makes activation functions from kernel text of your own. They have the same rights as AxonCL's: the same text runs on the
 * CPU, in SIMD form where the JVM has it, and on every device, with the same bits.
 *
 * <p>The text is a small subset of OpenCL C: values of {@code float}, {@code int}, {@code uint} and so on and small structs;
 * {@code + - *}, comparisons, {@code && || !}, {@code ?:} (both sides are computed), integer operations on bit patterns,
 * {@code fma}, {@code reciprocal}, {@code as_float} and its like; local variables that get their value where they are declared;
 * {@code #define NAME literal}; functions that call functions above them. There are no loops, arrays or pointers, and none of
 * OpenCL's own functions, which give other bits on every device; {@code lib/elementary.cl} has {@code exp_of},
 * {@code expm1_of}, {@code log_of}, {@code sqrt_of}, {@code sigmoid_of}, {@code tanh_of} and {@code softplus_of} instead, right
 * to about one ULP.
 *
 * <p>{@code float forward(float x, float p, ...)} is required and takes the declared parameters by their names.
 * {@code float derivative(float x, float p, ...)} may be left out: it is then derived from the operations of {@code forward}
 * and checked against differences of it. {@code float derivative_from_output(float y, float p, ...)} is optional, as are
 * {@code forward_fast} and {@code derivative_fast} for {@link ActivationFunction#fast()}.
 *
 * <p>Elements of {@link DType#FLOAT64} need {@code double forward64(double x, double p, ...)}, with {@code derivative64} and
 * {@code derivative_from_output64} as above, but without the check by differences. One text may serve float and double: in
 * functions of type {@code real}, which is one or the other, exact float literals such as {@code 0.5f} stand for either; they
 * may call functions of type {@code real} only.
 *
 * <p>Threads: any thread may define; a definition is complete or an exception, and nothing is registered anywhere.
 */
public final class Activations {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

    private Activations() {
    }

    /** Defines a function.
     *
     * @param name       lower case letters, digits and underscores
     * @param kernelText the text
     * @param parameters the parameters that the text's functions take behind the element, in that order
     * @return the function with the default values of its parameters; {@link ActivationFunction#with} gives others
     * @throws KernelBuildException     if the text is not in the kernel language (with file, line and column), too large, or
     *                                  its derivative cannot be derived or fails its check (with the place)
     * @throws IllegalArgumentException if the name is not legal */
    public static ActivationFunction define(String name, String kernelText, Parameter... parameters) {
        return define(name, name + ".cl", kernelText, parameters);
    }

    /** Defines a function by a file.
     *
     * @param name       lower case letters, digits and underscores
     * @param file       the text, in UTF-8
     * @param parameters the parameters that the text's functions take behind the element, in that order
     * @return the function with the default values of its parameters; {@link ActivationFunction#with} gives others
     * @throws KernelBuildException     as {@link #define(String, String, Parameter...)}
     * @throws IllegalArgumentException if the name is not legal
     * @throws UncheckedIOException     if the file cannot be read */
    public static ActivationFunction define(String name, Path file, Parameter... parameters) {
        Objects.requireNonNull(file, "file");
        try {
            return define(name, file.toString(), Files.readString(file, StandardCharsets.UTF_8), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("the kernel file " + file + " cannot be read: " + e, e);
        }
    }

    private static ActivationFunction define(String name, String sourceName, String text, Parameter... parameters) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(text, "kernelText");
        Objects.requireNonNull(parameters, "parameters");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name \"" + name + "\" must be at most 64 lower case letters, digits and "
                    + "underscores and begin with a letter");
        }
        List<Parameter> declared = List.of(parameters);
        if (declared.stream().map(Parameter::name).distinct().count() != declared.size()) {
            throw new IllegalArgumentException(name + ": two parameters have one name: "
                    + declared.stream().map(Parameter::name).toList());
        }
        KernelDefinition definition = Backends.complete(new KernelDefinition(name, sourceName, text, declared));
        double[] defaults = declared.stream().mapToDouble(Parameter::defaultValue).toArray();
        return new BoundActivation(definition, Precision.ACCURATE, defaults);
    }
}
