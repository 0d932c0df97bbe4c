package io.github.axoncl;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Computes activation functions: on an OpenCL device, on the CPU, or on whichever serves. Opened by {@link Backends}.
 *
 * <p>Every operation has one meaning on every backend, down to the last bit on every device whose
 * {@link BackendInfo#bitExact()} is true: x is the input, y = f(x) the output, dy the gradient of a loss with respect to y, dx
 * that with respect to x.
 *
 * <p><b>Types.</b> Element-wise functions take elements of every {@link DType} to compute with, all others float32. Float64 is
 * computed in double; float16 and bfloat16 are computed in float32 and rounded once, to nearest even. A device without double
 * leaves float64 to the CPU where AxonCL chose it, and is a {@link DeviceException} where it was asked for.
 * <b>Lengths.</b> All operands of an element-wise call have the same length and type; length 0 does nothing. Of other calls a
 * shape says how long each operand is.
 * <b>Aliasing.</b> The output may be an input (the same elements); outputs that overlap an input otherwise are refused where
 * Java can see it (arrays) and undefined elsewhere.
 * <b>Blocking.</b> A call with an array or a NIO buffer returns when its output is complete. A call on device buffers alone may
 * return earlier; {@link DeviceBuffer#read} waits for it.
 * <b>Threads.</b> Any thread may call any method; two threads that use the same operand order themselves. A backend may be
 * closed while other threads call it: their calls complete or throw {@link IllegalStateException}.
 * <b>Asynchronous calls.</b> The methods whose names end in Async check their arguments, throw what is wrong with them, and
 * return at once. The calls of one backend begin in the order in which they were given and run one at a time, so that a later
 * one may use what an earlier one gives; calls that wait are not in that order. Until the future is done, inputs must not be
 * changed and outputs not be used. It is done when the output is complete, whatever memory it lives in, and fails with what the
 * same call would have thrown after its arguments were checked. Large calls are computed in chunks, in order:
 * {@code cancel} lets no further one begin and returns when the last one is written; the output then has a first part that
 * is complete and a rest that is as it was (sums along the outer index are not divided: all or nothing). A future that is
 * completed in another way, by a timeout for example, also stops its call before the next chunk, but nobody waits for that.
 * What depends on a future runs in the thread that computes all these calls, so it should be short or go elsewhere.
 * <b>Errors.</b> Argument mistakes are {@link NullPointerException}, {@link IllegalArgumentException} or
 * {@link IllegalStateException} (closed), before anything is written, but for class indices on a device
 * ({@link Targets#classes(Operand)}). Failures of a device are {@link DeviceException} and {@link KernelBuildException}; a
 * backend that was opened to choose for itself computes the call on the CPU instead.
 * <b>Source.</b> Every formula is kernel text, one file per function ({@link KernelDefinition#source()}), which names its
 * paper.
 *
 * <p>The class is abstract for AxonCL's own backends; it is not meant to be extended by users.
 */
public abstract class Backend implements AutoCloseable {
    private static final int SPARE = 16;

    private final Spare<CallScratch> spare = new Spare<>(SPARE);
    private final AsyncCalls async = new AsyncCalls();

    /** For AxonCL's own backends. */
    protected Backend() {
    }

    /** y = f(x), element by element; {@link Activation} has the formulas. Lengths, aliasing, blocking and threads as said of
     * this class.
     *
     * @param f the function
     * @param x the input
     * @param y the output; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths or types differ, the output is read-only or overlaps an input otherwise than
     *                                  being it, or a device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(ActivationFunction f, Operand x, Operand y) {
        elementwise(Operation.FORWARD, f, x, null, y);
    }

    /** y = f(x), element by element; see {@link #forward(ActivationFunction, Operand, Operand)}.
     *
     * @param f the function
     * @param x the input
     * @param y the output, as long as x; may be x */
    public final void forward(ActivationFunction f, float[] x, float[] y) {
        elementwise(Operation.FORWARD, f, x, null, y);
    }

    /** dx = f'(x), element by element.
     *
     * @param f  the function
     * @param x  the input
     * @param dx the output; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths or types differ, the output is read-only or overlaps an input otherwise than
     *                                  being it, or a device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void derivative(ActivationFunction f, Operand x, Operand dx) {
        elementwise(Operation.DERIVATIVE, f, x, null, dx);
    }

    /** dx = f'(x), element by element; see {@link #derivative(ActivationFunction, Operand, Operand)}.
     *
     * @param f  the function
     * @param x  the input
     * @param dx the output, as long as x; may be x */
    public final void derivative(ActivationFunction f, float[] x, float[] dx) {
        elementwise(Operation.DERIVATIVE, f, x, null, dx);
    }

    /** dx = dy f'(x), element by element. Where f'(x) is 0 the product is 0 for every finite or infinite dy; a NaN in dy stays.
     *
     * @param f  the function
     * @param x  the input of the forward call
     * @param dy the gradient with respect to the output
     * @param dx the gradient with respect to the input; may be x or dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths or types differ, the output is read-only or overlaps an input otherwise than
     *                                  being it, or a device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(ActivationFunction f, Operand x, Operand dy, Operand dx) {
        elementwise(Operation.BACKWARD, f, x, dy, dx);
    }

    /** dx = dy f'(x), element by element; see {@link #backward(ActivationFunction, Operand, Operand, Operand)}.
     *
     * @param f  the function
     * @param x  the input of the forward call
     * @param dy the gradient with respect to the output
     * @param dx the gradient with respect to the input; may be x or dy */
    public final void backward(ActivationFunction f, float[] x, float[] dy, float[] dx) {
        elementwise(Operation.BACKWARD, f, x, dy, dx);
    }

    /** dx = dy f'(x) with y = f(x), for functions whose derivative can be had from y
     * ({@link KernelDefinition#hasDerivativeFromOutput()}): the input need not be kept.
     *
     * @param f  the function
     * @param y  the output of the forward call
     * @param dy the gradient with respect to the output
     * @param dx the gradient with respect to the input; may be y or dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths or types differ, the output is read-only or overlaps an input otherwise than
     *                                  being it, or a device buffer belongs to another backend, or
     *                                  the derivative cannot be had from the output
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backwardFromOutput(ActivationFunction f, Operand y, Operand dy, Operand dx) {
        elementwise(Operation.BACKWARD_FROM_OUTPUT, f, y, dy, dx);
    }

    /** dx = dy f'(x) with y = f(x); see {@link #backwardFromOutput(ActivationFunction, Operand, Operand, Operand)}.
     *
     * @param f  the function
     * @param y  the output of the forward call
     * @param dy the gradient with respect to the output
     * @param dx the gradient with respect to the input; may be y or dy */
    public final void backwardFromOutput(ActivationFunction f, float[] y, float[] dy, float[] dx) {
        elementwise(Operation.BACKWARD_FROM_OUTPUT, f, y, dy, dx);
    }

    /** y = f(x), row by row; {@link RowActivation} has the formulas. Lengths, aliasing, blocking and threads as said of this
     * class.
     *
     * @param f    the function
     * @param rows how x is divided into rows, along any axis
     * @param x    the input, {@code rows.length()} float32 elements
     * @param y    the output: as many elements, may be x; of log-sum-exp one for each outer and inner index
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or
     *                                  overlaps another operand otherwise than being an input, a device buffer belongs to
     *                                  another backend, or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(RowFunction f, Rows rows, Operand x, Operand y) {
        run(RowCalls.forward(f, rows, null, x, y));
    }

    /** y = f(x), row by row; see {@link #forward(RowFunction, Rows, Operand, Operand)}.
     *
     * @param f    the function
     * @param rows how x is divided into rows, along any axis
     * @param x    the input
     * @param y    the output; may be x if it is as long */
    public final void forward(RowFunction f, Rows rows, float[] x, float[] y) {
        forward(f, rows, operand("x", x), operand("y", y));
    }

    /** y = f(x), row by row, of the elements that a mask lets through; see
     * {@link #forward(RowFunction, Rows, Operand, Operand)}. The gradient of softmax and log-softmax is that without a mask,
     * since a hidden element's output is 0 or −∞.
     *
     * @param f    softmax, log-softmax or log-sum-exp
     * @param rows how x is divided into rows, along any axis
     * @param mask what is hidden or added; must not overlap y
     * @param x    the input, {@code rows.length()} float32 elements
     * @param y    the output: as many elements, may be x; of log-sum-exp one for each outer and inner index
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or
     *                                  overlaps another operand otherwise than being an input, a device buffer belongs to
     *                                  another backend, or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(RowFunction f, Rows rows, Mask mask, Operand x, Operand y) {
        Objects.requireNonNull(mask, "mask");
        run(RowCalls.forward(f, rows, mask, x, y));
    }

    /** y = f(x) with random numbers, row by row: Gumbel-softmax. Its gradient needs no seed:
     * {@link #backwardFromOutput(RowFunction, Rows, Operand, Operand, Operand)}.
     *
     * @param f    {@link RowActivation#GUMBEL_SOFTMAX} with any temperature
     * @param rows how x is divided into rows, along any axis
     * @param seed where the random numbers come from; the first element's number is that of the shape's first element
     * @param x    the input, {@code rows.length()} float32 elements
     * @param y    the output: as many elements, may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or
     *                                  overlaps another operand otherwise than being an input, a device buffer belongs to
     *                                  another backend, the last element's number exceeds 2<sup>63</sup> − 1, or the function
     *                                  takes no seed
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(RowFunction f, Rows rows, RandomSeed seed, Operand x, Operand y) {
        run(RowCalls.forwardRandom(f, rows, seed, x, y));
    }

    /** dx<sub>i</sub> = dy ∂y/∂x<sub>i</sub>, row by row, from the input: for functions that give one number for each row
     * (log-sum-exp).
     *
     * @param f    the function
     * @param rows how x is divided into rows, along any axis
     * @param x    the input of the forward call, {@code rows.length()} float32 elements
     * @param dy   the gradient with respect to the output: one for each outer and inner index
     * @param dx   the gradient with respect to the input; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or
     *                                  overlaps another operand otherwise than being an input, a device buffer belongs to
     *                                  another backend, or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(RowFunction f, Rows rows, Operand x, Operand dy, Operand dx) {
        run(RowCalls.backward(f, rows, null, x, dy, dx));
    }

    /** dx<sub>i</sub> = dy ∂y/∂x<sub>i</sub>, row by row, of a function with a mask; see
     * {@link #backward(RowFunction, Rows, Operand, Operand, Operand)}.
     *
     * @param f    the function
     * @param rows how x is divided into rows, along any axis
     * @param mask the mask of the forward call; must not overlap dx
     * @param x    the input of the forward call, {@code rows.length()} float32 elements
     * @param dy   the gradient with respect to the output: one for each outer and inner index
     * @param dx   the gradient with respect to the input; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or
     *                                  overlaps another operand otherwise than being an input, a device buffer belongs to
     *                                  another backend, or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(RowFunction f, Rows rows, Mask mask, Operand x, Operand dy, Operand dx) {
        Objects.requireNonNull(mask, "mask");
        run(RowCalls.backward(f, rows, mask, x, dy, dx));
    }

    /** dx<sub>i</sub> = Σ<sub>j</sub> dy<sub>j</sub> ∂y<sub>j</sub>/∂x<sub>i</sub>, row by row: the gradient with respect to
     * the input of a row-wise function, from its output; {@link RowActivation} has the formulas.
     *
     * @param f    the function
     * @param rows how the operands are divided into rows, along any axis
     * @param y    the output of the forward call, {@code rows.length()} float32 elements
     * @param dy   the gradient with respect to the output
     * @param dx   the gradient with respect to the input; may be y or dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or
     *                                  overlaps another operand otherwise than being an input, a device buffer belongs to
     *                                  another backend, or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backwardFromOutput(RowFunction f, Rows rows, Operand y, Operand dy, Operand dx) {
        run(RowCalls.backwardFromOutput(f, rows, y, dy, dx));
    }

    /** dx<sub>i</sub> = Σ<sub>j</sub> dy<sub>j</sub> ∂y<sub>j</sub>/∂x<sub>i</sub>, row by row; see
     * {@link #backwardFromOutput(RowFunction, Rows, Operand, Operand, Operand)}.
     *
     * @param f    the function
     * @param rows how the operands are divided into rows, along any axis
     * @param y    the output of the forward call
     * @param dy   the gradient with respect to the output
     * @param dx   the gradient with respect to the input; may be y or dy */
    public final void backwardFromOutput(RowFunction f, Rows rows, float[] y, float[] dy, float[] dx) {
        backwardFromOutput(f, rows, operand("y", y), operand("dy", dy), operand("dx", dx));
    }

    /** y = f(x + bias), the sum rounded, in one pass.
     *
     * @param f    the function, {@link ActivationFunction#withBias()}
     * @param rows the shape of x; the bias has one number for each index of its axis. A row vector is the bias of the shape
     *             {@code Rows.of(rows, columns)}, one for each channel that of (images, channels, pixels)
     * @param x    the input, {@code rows.length()} float32 elements
     * @param bias {@code rows.axis()} float32 elements
     * @param y    the output, as long as x; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(BiasedActivation f, Rows rows, Operand x, Operand bias, Operand y) {
        run(FusedCalls.forward(f, rows, x, bias, null, y));
    }

    /** y = f(z) with z = x + bias, both kept, in one pass; see
     * {@link #forward(BiasedActivation, Rows, Operand, Operand, Operand)}.
     *
     * @param f    the function, {@link ActivationFunction#withBias()}
     * @param rows the shape of x
     * @param x    the input, {@code rows.length()} float32 elements
     * @param bias {@code rows.axis()} float32 elements
     * @param z    the sum, as long as x; may be x
     * @param y    the output, as long as x; may be x, but not z
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(BiasedActivation f, Rows rows, Operand x, Operand bias, Operand z, Operand y) {
        Objects.requireNonNull(z, "z");
        run(FusedCalls.forward(f, rows, x, bias, z, y));
    }

    /** dx = dy f'(z) and dbias, its sum over all elements that share a number of the bias, in one pass. The sum is compensated
     * and has one order, whatever computes it: about half a unit in the last place of the largest term, and the same bits
     * everywhere.
     *
     * @param f     the function, {@link ActivationFunction#withBias()}
     * @param rows  the shape of z
     * @param z     the sum x + bias that the forward call kept, {@code rows.length()} float32 elements
     * @param dy    the gradient with respect to the output, as long as z
     * @param dx    the gradient with respect to the input, as long as z; may be z or dy
     * @param dbias the gradient with respect to the bias, {@code rows.axis()} float32 elements
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(BiasedActivation f, Rows rows, Operand z, Operand dy, Operand dx, Operand dbias) {
        run(FusedCalls.backward(f, rows, "z", z, null, dy, dx, dbias));
    }

    /** The same from x and the bias, where the sum was not kept; see
     * {@link #backward(BiasedActivation, Rows, Operand, Operand, Operand, Operand)}.
     *
     * @param f     the function, {@link ActivationFunction#withBias()}
     * @param rows  the shape of x
     * @param x     the input of the forward call, {@code rows.length()} float32 elements
     * @param bias  its bias, {@code rows.axis()} float32 elements
     * @param dy    the gradient with respect to the output, as long as x
     * @param dx    the gradient with respect to the input, as long as x; may be x or dy
     * @param dbias the gradient with respect to the bias, {@code rows.axis()} float32 elements
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(BiasedActivation f, Rows rows, Operand x, Operand bias, Operand dy, Operand dx, Operand dbias) {
        Objects.requireNonNull(bias, "bias");
        run(FusedCalls.backward(f, rows, "x", x, bias, dy, dx, dbias));
    }

    /** y = f(x + bias) with random decisions, the sum rounded, in one pass: bias, activation and dropout. The bits are those of
     * the steps one after the other.
     *
     * @param f    the function, {@link StochasticFunction#withBias()}
     * @param rows the shape of x; the bias has one number for each index of its axis. A row vector is the bias of the shape
     *             {@code Rows.of(rows, columns)}, one for each channel that of (images, channels, pixels)
     * @param seed where the random numbers come from; the first element's number is that of the shape's first element
     * @param x    the input, {@code rows.length()} float32 elements
     * @param bias {@code rows.axis()} float32 elements
     * @param y    the output, as long as x; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, a device buffer belongs to
     *                                  another backend, or the last element's number exceeds 2<sup>63</sup> − 1
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(BiasedStochasticActivation f, Rows rows, RandomSeed seed, Operand x, Operand bias, Operand y) {
        run(FusedCalls.random(FusedCalls.forward(f, rows, x, bias, null, y), f, rows, seed));
    }

    /** y = f(z) with random decisions and z = x + bias, both kept, in one pass; see
     * {@link #forward(BiasedStochasticActivation, Rows, RandomSeed, Operand, Operand, Operand)}.
     *
     * @param f    the function, {@link StochasticFunction#withBias()}
     * @param rows the shape of x
     * @param seed where the random numbers come from; the first element's number is that of the shape's first element
     * @param x    the input, {@code rows.length()} float32 elements
     * @param bias {@code rows.axis()} float32 elements
     * @param z    the sum, as long as x; may be x
     * @param y    the output, as long as x; may be x, but not z
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, a device buffer belongs to
     *                                  another backend, or the last element's number exceeds 2<sup>63</sup> − 1
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(BiasedStochasticActivation f, Rows rows, RandomSeed seed, Operand x, Operand bias, Operand z,
                              Operand y) {
        Objects.requireNonNull(z, "z");
        run(FusedCalls.random(FusedCalls.forward(f, rows, x, bias, z, y), f, rows, seed));
    }

    /** dx = dy f'(z) with the decisions of the forward call, which are taken again, and dbias, its sum over all elements that
     * share a number of the bias, in one pass; the sum as in
     * {@link #backward(BiasedActivation, Rows, Operand, Operand, Operand, Operand)}.
     *
     * @param f     the function, {@link StochasticFunction#withBias()}
     * @param rows  the shape of z
     * @param seed  the seed of the forward call
     * @param z     the sum x + bias that the forward call kept, {@code rows.length()} float32 elements
     * @param dy    the gradient with respect to the output, as long as z
     * @param dx    the gradient with respect to the input, as long as z; may be z or dy
     * @param dbias the gradient with respect to the bias, {@code rows.axis()} float32 elements
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, a device buffer belongs to
     *                                  another backend, or the last element's number exceeds 2<sup>63</sup> − 1
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(BiasedStochasticActivation f, Rows rows, RandomSeed seed, Operand z, Operand dy, Operand dx,
                               Operand dbias) {
        run(FusedCalls.random(FusedCalls.backward(f, rows, "z", z, null, dy, dx, dbias), f, rows, seed));
    }

    /** The same from x and the bias, where the sum was not kept; see
     * {@link #backward(BiasedStochasticActivation, Rows, RandomSeed, Operand, Operand, Operand, Operand)}.
     *
     * @param f     the function, {@link StochasticFunction#withBias()}
     * @param rows  the shape of x
     * @param seed  the seed of the forward call
     * @param x     the input of the forward call, {@code rows.length()} float32 elements
     * @param bias  its bias, {@code rows.axis()} float32 elements
     * @param dy    the gradient with respect to the output, as long as x
     * @param dx    the gradient with respect to the input, as long as x; may be x or dy
     * @param dbias the gradient with respect to the bias, {@code rows.axis()} float32 elements
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, a device buffer belongs to
     *                                  another backend, or the last element's number exceeds 2<sup>63</sup> − 1
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(BiasedStochasticActivation f, Rows rows, RandomSeed seed, Operand x, Operand bias, Operand dy,
                               Operand dx, Operand dbias) {
        Objects.requireNonNull(bias, "bias");
        run(FusedCalls.random(FusedCalls.backward(f, rows, "x", x, bias, dy, dx, dbias), f, rows, seed));
    }

    /** y = alpha f(x) + beta y, rounded twice (beta y, and the whole), in one pass.
     *
     * @param f the function, {@link ActivationFunction#accumulating}
     * @param x the input, float32
     * @param y what is added to, as long as x; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(AccumulatedActivation f, Operand x, Operand y) {
        run(FusedCalls.forward(f, x, y));
    }

    /** The value of a penalty on activations. The sum is compensated and rounded once, with the same bits everywhere.
     *
     * @param f     the penalty
     * @param y     the activations, float32
     * @param value one float32 element
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails */
    public final void forward(PenaltyFunction f, Operand y, Operand value) {
        Objects.requireNonNull(y, "y");
        run(FusedCalls.forward(f, y, value));
    }

    /** The value of a penalty on activations, and the gradient of the loss with that of the penalty added, in one call.
     *
     * @param f     the penalty
     * @param y     the activations, float32
     * @param dy    the gradient of the loss with respect to them, as long as y
     * @param value one float32 element
     * @param total the sum of both gradients, as long as y; may be y or dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails */
    public final void backward(PenaltyFunction f, Operand y, Operand dy, Operand value, Operand total) {
        Objects.requireNonNull(y, "y");
        run(FusedCalls.backward(f, y, dy, value, total));
    }

    /** One step of {@link RecurrentCell#LSTM}, all gates in one pass.
     *
     * @param rows    (batch, units, 1)
     * @param gates   z<sub>i</sub>, z<sub>f</sub>, z<sub>g</sub> and z<sub>o</sub> side by side: (batch, 4 units), float32
     * @param cBefore the cells' content before the step: (batch, units)
     * @param c       their content after it; may be cBefore
     * @param h       the output
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails */
    public final void lstmForward(Rows rows, Operand gates, Operand cBefore, Operand c, Operand h) {
        run(FusedCalls.lstm(rows, gates, cBefore, c, h));
    }

    /** Back through one step of {@link RecurrentCell#LSTM}, all gradients in one pass.
     *
     * @param rows     (batch, units, 1)
     * @param gates    those of the forward call
     * @param cBefore  the cells' content before the step
     * @param c        and after it
     * @param dh       the gradient with respect to h
     * @param dc       the gradient with respect to c that comes from the next step; zeros for the last one
     * @param dgates   the gradient with respect to the gates: (batch, 4 units); may be gates
     * @param dcBefore the gradient with respect to cBefore; may be dc, dh, c or cBefore
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails */
    public final void lstmBackward(Rows rows, Operand gates, Operand cBefore, Operand c, Operand dh, Operand dc, Operand dgates,
                                   Operand dcBefore) {
        run(FusedCalls.lstmBackward(rows, gates, cBefore, c, dh, dc, dgates, dcBefore));
    }

    /** One step of {@link RecurrentCell#GRU}, all gates in one pass.
     *
     * @param rows      (batch, units, 1)
     * @param fromInput x<sub>r</sub>, x<sub>u</sub> and x<sub>n</sub> side by side: (batch, 3 units), float32
     * @param fromState h<sub>r</sub>, h<sub>u</sub> and h<sub>n</sub> side by side: (batch, 3 units)
     * @param hBefore   the state before the step: (batch, units)
     * @param h         the state after it; may be hBefore
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails */
    public final void gruForward(Rows rows, Operand fromInput, Operand fromState, Operand hBefore, Operand h) {
        run(FusedCalls.gru(rows, fromInput, fromState, hBefore, h));
    }

    /** Back through one step of {@link RecurrentCell#GRU}, all gradients in one pass.
     *
     * @param rows       (batch, units, 1)
     * @param fromInput  as in the forward call
     * @param fromState  as in the forward call
     * @param hBefore    the state before the step
     * @param dh         the gradient with respect to h
     * @param dfromInput the gradient with respect to fromInput; may be fromInput or fromState
     * @param dfromState the gradient with respect to fromState; may be the other of the two
     * @param dhBefore   the gradient with respect to hBefore through the update gate alone, that through fromState being the
     *                   caller's; may be dh or hBefore
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what the shape asks for, an output is read-only or overlaps
     *                                  another operand otherwise than being an input as long, or a device buffer belongs to
     *                                  another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails */
    public final void gruBackward(Rows rows, Operand fromInput, Operand fromState, Operand hBefore, Operand dh,
                                  Operand dfromInput, Operand dfromState, Operand dhBefore) {
        run(FusedCalls.gruBackward(rows, fromInput, fromState, hBefore, dh, dfromInput, dfromState, dhBefore));
    }

    /** y = f(x) with random decisions, element by element; {@link StochasticActivation} has the formulas, {@link RandomSeed}
     * says what the decisions depend on. Lengths, aliasing, blocking and threads as said of this class.
     *
     * @param f    a function of one input
     * @param seed where the random numbers come from
     * @param x    the input, float32
     * @param y    the output, as long as x; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths differ, a type is not float32, an output is read-only or overlaps another
     *                                  operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  the last element's number exceeds 2<sup>63</sup> − 1, or the function does not have
     *                                  this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(StochasticFunction f, RandomSeed seed, Operand x, Operand y) {
        run(StochasticCalls.forward(f, seed, x, y));
    }

    /** y = f(x) with random decisions; see {@link #forward(StochasticFunction, RandomSeed, Operand, Operand)}.
     *
     * @param f    a function of one input
     * @param seed where the random numbers come from
     * @param x    the input
     * @param y    the output, as long as x; may be x */
    public final void forward(StochasticFunction f, RandomSeed seed, float[] x, float[] y) {
        forward(f, seed, operand("x", x), operand("y", y));
    }

    /** y = f(x, previous) with random decisions, element by element: zoneout.
     *
     * @param f        {@link StochasticActivation#ZONEOUT} with any probability
     * @param seed     where the random numbers come from
     * @param x        the new values, float32
     * @param previous the values of the step before, as many as x
     * @param y        the output, as long as x; may be x or previous
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths differ, a type is not float32, an output is read-only or overlaps another
     *                                  operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  the last element's number exceeds 2<sup>63</sup> − 1, or the function does not have
     *                                  this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(StochasticFunction f, RandomSeed seed, Operand x, Operand previous, Operand y) {
        run(StochasticCalls.forward(f, seed, x, previous, y));
    }

    /** dx = dy f'(x), element by element, with the decisions of the forward call, for functions whose gradient depends on them
     * alone: dropout and alpha dropout. The input need not be kept, nor is a mask.
     *
     * @param f    the function
     * @param seed the seed of the forward call
     * @param dy   the gradient with respect to the output, float32
     * @param dx   the gradient with respect to the input, as long as dy; may be dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths differ, a type is not float32, an output is read-only or overlaps another
     *                                  operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  the last element's number exceeds 2<sup>63</sup> − 1, or the function does not have
     *                                  this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(StochasticFunction f, RandomSeed seed, Operand dy, Operand dx) {
        run(StochasticCalls.backward(f, seed, dy, dx));
    }

    /** dx = dy f'(x); see {@link #backward(StochasticFunction, RandomSeed, Operand, Operand)}.
     *
     * @param f    the function
     * @param seed the seed of the forward call
     * @param dy   the gradient with respect to the output
     * @param dx   the gradient with respect to the input, as long as dy; may be dy */
    public final void backward(StochasticFunction f, RandomSeed seed, float[] dy, float[] dx) {
        backward(f, seed, operand("dy", dy), operand("dx", dx));
    }

    /** dx = dy f'(x), element by element, with the decisions of the forward call, from its input. Dropout and alpha dropout
     * do not need the input, see {@link #backward(StochasticFunction, RandomSeed, Operand, Operand)}, and give the same here.
     *
     * @param f    a function of one input; not Gumbel noise, whose dx is dy
     * @param seed the seed of the forward call
     * @param x    the input of the forward call, float32
     * @param dy   the gradient with respect to the output, as long as x
     * @param dx   the gradient with respect to the input, as long as x; may be x or dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths differ, a type is not float32, an output is read-only or overlaps another
     *                                  operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  the last element's number exceeds 2<sup>63</sup> − 1, or the function does not have
     *                                  this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(StochasticFunction f, RandomSeed seed, Operand x, Operand dy, Operand dx) {
        run(StochasticCalls.backward(f, seed, x, dy, dx));
    }

    /** dx = dy f'(x); see {@link #backward(StochasticFunction, RandomSeed, Operand, Operand, Operand)}.
     *
     * @param f    a function of one input; not Gumbel noise, whose dx is dy
     * @param seed the seed of the forward call
     * @param x    the input of the forward call
     * @param dy   the gradient with respect to the output, as long as x
     * @param dx   the gradient with respect to the input, as long as x; may be x or dy */
    public final void backward(StochasticFunction f, RandomSeed seed, float[] x, float[] dy, float[] dx) {
        backward(f, seed, operand("x", x), operand("dy", dy), operand("dx", dx));
    }

    /** Both gradients of zoneout in one pass: each element of dy goes to the input that the forward call took it from.
     *
     * @param f         {@link StochasticActivation#ZONEOUT} with the probability of the forward call
     * @param seed      the seed of the forward call
     * @param dy        the gradient with respect to the output, float32
     * @param dx        the gradient with respect to x, as long as dy; may be dy
     * @param dprevious the gradient with respect to the previous values, as long as dy; may be dy, but not dx
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if lengths differ, a type is not float32, an output is read-only or overlaps another
     *                                  operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  the last element's number exceeds 2<sup>63</sup> − 1, or the function does not have
     *                                  this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backwardBoth(StochasticFunction f, RandomSeed seed, Operand dy, Operand dx, Operand dprevious) {
        run(StochasticCalls.backwardBoth(f, seed, dy, dx, dprevious));
    }

    /** y = a g(b), element by element; {@link GatedActivation} has the formulas. Lengths, aliasing, blocking and threads as
     * said of this class.
     *
     * @param f the function
     * @param a what passes, or the gate if it {@link GatedFunction#isGateFirst is the first}; float32
     * @param b the gate, or what passes; as long
     * @param y the output, as long; may be a or b
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if an operand is not float32 or not as long as the others or the shape ask for, an
     *                                  output is read-only or overlaps another operand otherwise than being an input, or a
     *                                  device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(GatedFunction f, Operand a, Operand b, Operand y) {
        run(GatedCalls.forward(f, a, b, y));
    }

    /** da = dy g(b) and db = dy a g'(b), element by element, in one pass: the gradients with respect to both operands of a
     * gated function. If the gate is the first operand, da and db change their formulas and remain the gradients of a and of b.
     *
     * @param f  the function
     * @param a  the first operand of the forward call, float32
     * @param b  the second one
     * @param dy the gradient with respect to the output
     * @param da the gradient with respect to a; may be a, b or dy
     * @param db the gradient with respect to b; may be a, b or dy, but not da
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if an operand is not float32 or not as long as the others or the shape ask for, an
     *                                  output is read-only or overlaps another operand otherwise than being an input, or a
     *                                  device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(GatedFunction f, Operand a, Operand b, Operand dy, Operand da, Operand db) {
        run(GatedCalls.backward(f, a, b, dy, da, db));
    }

    /** y = a g(b) with both in one operand: along the axis, a is its first half and b the second.
     *
     * @param f    the function
     * @param rows the shape of y, whose axis is half as long as that of ab
     * @param ab   both operands, {@code 2 * rows.length()} float32 elements of shape (outer, 2 axis, inner)
     * @param y    the output, {@code rows.length()} elements; must not overlap ab
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if an operand is not float32 or not as long as the others or the shape ask for, an
     *                                  output is read-only or overlaps another operand otherwise than being an input, or a
     *                                  device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(GatedFunction f, Rows rows, Operand ab, Operand y) {
        run(GatedCalls.forward(f, rows, ab, y));
    }

    /** da = dy g(b) and db = dy a g'(b) with both operands in one, and both gradients; see
     * {@link #forward(GatedFunction, Rows, Operand, Operand)}.
     *
     * @param f    the function
     * @param rows the shape of y, whose axis is half as long as that of ab
     * @param ab   both operands of the forward call, {@code 2 * rows.length()} float32 elements
     * @param dy   the gradient with respect to the output, {@code rows.length()} elements
     * @param dab  the gradients, that of the first half first; may be ab, must not overlap dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if an operand is not float32 or not as long as the others or the shape ask for, an
     *                                  output is read-only or overlaps another operand otherwise than being an input, or a
     *                                  device buffer belongs to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(GatedFunction f, Rows rows, Operand ab, Operand dy, Operand dab) {
        run(GatedCalls.backward(f, rows, ab, dy, dab));
    }

    /** y = f(x) with a learned parameter in the place of the function's own: one for each index along the axis of
     * {@code channels}, or one for all with an axis of 1. For {@link Activation#PRELU} and {@link Activation#LEAKY_RELU}
     * (slope), {@link Activation#SWISH} (beta), {@link Activation#ELU} and {@link Activation#CELU} (alpha), and functions of
     * your own with one parameter whose text defines {@code backward_term}, {@code backward_row} and {@code backward_result} as
     * theirs do.
     *
     * <p>Results are those of {@link #forward(ActivationFunction, Operand, Operand)} with that parameter. The values are not
     * checked: NaN makes NaN of every element that depends on it, and a value outside of the parameter's declared range may
     * give anything. Whoever learns CELU's alpha keeps it positive.
     *
     * @param f         the function; its own parameter value is not looked at
     * @param channels  the shape (outer, channels, inner) of x
     * @param x         the input, {@code channels.length()} float32 elements
     * @param parameter the parameter, {@code channels.axis()} elements
     * @param y         the output, as long as x; may be x
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if an operand is not float32 or not as long as the shape asks for, an output is
     *                                  read-only or overlaps another operand otherwise than being an input, a device buffer
     *                                  belongs to another backend, or the function does not have one parameter that can be
     *                                  learned
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(ActivationFunction f, Rows channels, Operand x, Operand parameter, Operand y) {
        run(LearnedCalls.forward(f, channels, x, parameter, y));
    }

    /** dx = dy ∂f/∂x and, for each index c along the axis, dparameter<sub>c</sub> = Σ dy ∂f/∂parameter over its outer and inner
     * indexes, in one pass; see {@link #forward(ActivationFunction, Rows, Operand, Operand, Operand)}. ∂f/∂parameter is x for
     * the slope, e<sup>x</sup> − 1 for ELU's alpha, e<sup>v</sup> (1 − v) − 1 with v = x / alpha for CELU's, all for x that is
     * not above 0, and x² s (1 − s) with s = σ(beta x) for swish's beta.
     *
     * <p>The sum is compensated and has one order, whatever the device: the same bits everywhere. Where x is above 0 it leaves
     * out what does not depend on the parameter, even if dy is NaN there; a derivative of 0 adds 0 for infinite dy too. A
     * parameter of a shape without elements has the gradient 0. The slope's gradient is right to 0.51 ULP of the largest term;
     * the others to 1 ULP of the sum of the terms' sizes.
     *
     * @param f          the function, in the accurate tier whatever it is asked for
     * @param channels   the shape (outer, channels, inner) of x
     * @param x          the input of the forward call, {@code channels.length()} float32 elements
     * @param parameter  the parameter, {@code channels.axis()} elements
     * @param dy         the gradient with respect to the output, as long as x
     * @param dx         the gradient with respect to the input, as long as x; may be x or dy
     * @param dparameter the gradient with respect to the parameter, {@code channels.axis()} elements; must not overlap another
     *                   operand
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if an operand is not float32 or not as long as the shape asks for, an output is
     *                                  read-only or overlaps another operand otherwise than being an input, a device buffer
     *                                  belongs to another backend, or the function does not have one parameter that can be
     *                                  learned
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(ActivationFunction f, Rows channels, Operand x, Operand parameter, Operand dy, Operand dx,
                               Operand dparameter) {
        run(LearnedCalls.backward(f, channels, x, parameter, dy, dx, dparameter));
    }

    /** The loss of logits; {@link Loss} has the formulas.
     *
     * @param f         the loss
     * @param rows      how the logits are divided into rows, along any axis
     * @param targets   what the logits are compared with
     * @param reduction what becomes of the losses
     * @param logits    the input, {@code rows.length()} float32 elements
     * @param loss      the output: 1 element; with {@link Reduction#NONE} one for each outer and inner index, or, of losses
     *                  that are computed element by element, as many as logits. Must not overlap an input
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, a row has no column, a class
     *                                  index is none of the row's columns, a weight is negative or not finite, an output is
     *                                  read-only or overlaps another operand otherwise than said, or a device buffer belongs
     *                                  to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(LossFunction f, Rows rows, Targets targets, Reduction reduction, Operand logits, Operand loss) {
        LossCalls.forward(this, f, rows, targets, reduction, logits, loss);
    }

    /** The loss of logits and its gradient, in one pass over the logits; {@link Loss} has the formulas. The gradient is that
     * of the reduced loss: with {@link Reduction#MEAN} it is divided by what the mean divides by.
     *
     * @param f         the loss
     * @param rows      how the logits are divided into rows, along any axis
     * @param targets   what the logits are compared with
     * @param reduction what becomes of the losses
     * @param logits    the input, {@code rows.length()} float32 elements
     * @param loss      the loss, as of {@link #forward(LossFunction, Rows, Targets, Reduction, Operand, Operand)}. Must not
     *                  overlap another operand
     * @param dlogits   the gradient with respect to the logits, as many elements; may be logits
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, a row has no column, a class
     *                                  index is none of the row's columns, a weight is negative or not finite, an output is
     *                                  read-only or overlaps another operand otherwise than said, or a device buffer belongs
     *                                  to another backend
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(LossFunction f, Rows rows, Targets targets, Reduction reduction, Operand logits, Operand loss,
                               Operand dlogits) {
        LossCalls.backward(this, f, rows, targets, reduction, logits, loss, dlogits);
    }

    /** y = f(x), element by element, without waiting; see {@link #forward(ActivationFunction, Operand, Operand)} and what this
     * class says of asynchronous calls.
     *
     * @param f the function
     * @param x the input; not to be changed before the future is done
     * @param y the output; may be x; not to be used before the future is done
     * @return the future, see {@link Backend}
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException as {@link #forward(ActivationFunction, Operand, Operand)} does
     * @throws IllegalStateException    if this backend or a device buffer is closed */
    public final CompletableFuture<Void> forwardAsync(ActivationFunction f, Operand x, Operand y) {
        return async.submit(this, checked(Operation.FORWARD, f, x, null, y));
    }

    /** y = f(x), element by element, without waiting; see {@link #forwardAsync(ActivationFunction, Operand, Operand)}.
     *
     * @param f the function
     * @param x the input; not to be changed before the future is done
     * @param y the output, as long as x; may be x; not to be used before the future is done
     * @return the future, see {@link Backend} */
    public final CompletableFuture<Void> forwardAsync(ActivationFunction f, float[] x, float[] y) {
        return forwardAsync(f, operand("x", x), operand("y", y));
    }

    /** dx = f'(x), element by element, without waiting; see {@link #derivative(ActivationFunction, Operand, Operand)} and what
     * this class says of asynchronous calls.
     *
     * @param f  the function
     * @param x  the input; not to be changed before the future is done
     * @param dx the output; may be x; not to be used before the future is done
     * @return the future, see {@link Backend}
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException as {@link #derivative(ActivationFunction, Operand, Operand)} does
     * @throws IllegalStateException    if this backend or a device buffer is closed */
    public final CompletableFuture<Void> derivativeAsync(ActivationFunction f, Operand x, Operand dx) {
        return async.submit(this, checked(Operation.DERIVATIVE, f, x, null, dx));
    }

    /** dx = dy f'(x), element by element, without waiting; see {@link #backward(ActivationFunction, Operand, Operand, Operand)}
     * and what this class says of asynchronous calls.
     *
     * @param f  the function
     * @param x  the input of the forward call; not to be changed before the future is done
     * @param dy the gradient with respect to the output; not to be changed before the future is done
     * @param dx the gradient with respect to the input; may be x or dy; not to be used before the future is done
     * @return the future, see {@link Backend}
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException as {@link #backward(ActivationFunction, Operand, Operand, Operand)} does
     * @throws IllegalStateException    if this backend or a device buffer is closed */
    public final CompletableFuture<Void> backwardAsync(ActivationFunction f, Operand x, Operand dy, Operand dx) {
        return async.submit(this, checked(Operation.BACKWARD, f, x, dy, dx));
    }

    /** dx = dy f'(x), element by element, without waiting; see
     * {@link #backwardAsync(ActivationFunction, Operand, Operand, Operand)}.
     *
     * @param f  the function
     * @param x  the input of the forward call; not to be changed before the future is done
     * @param dy the gradient with respect to the output; not to be changed before the future is done
     * @param dx the gradient with respect to the input; may be x or dy; not to be used before the future is done
     * @return the future, see {@link Backend} */
    public final CompletableFuture<Void> backwardAsync(ActivationFunction f, float[] x, float[] dy, float[] dx) {
        return backwardAsync(f, operand("x", x), operand("dy", dy), operand("dx", dx));
    }

    /** dx = dy f'(x) with y = f(x), element by element, without waiting; see
     * {@link #backwardFromOutput(ActivationFunction, Operand, Operand, Operand)} and what this class says of asynchronous
     * calls.
     *
     * @param f  the function
     * @param y  the output of the forward call; not to be changed before the future is done
     * @param dy the gradient with respect to the output; not to be changed before the future is done
     * @param dx the gradient with respect to the input; may be y or dy; not to be used before the future is done
     * @return the future, see {@link Backend}
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException as {@link #backwardFromOutput(ActivationFunction, Operand, Operand, Operand)} does
     * @throws IllegalStateException    if this backend or a device buffer is closed */
    public final CompletableFuture<Void> backwardFromOutputAsync(ActivationFunction f, Operand y, Operand dy, Operand dx) {
        return async.submit(this, checked(Operation.BACKWARD_FROM_OUTPUT, f, y, dy, dx));
    }

    /** y = f(x), row by row, without waiting; see {@link #forward(RowFunction, Rows, Operand, Operand)} and what this class
     * says of asynchronous calls.
     *
     * @param f    the function
     * @param rows how x is divided into rows, along any axis
     * @param x    the input; not to be changed before the future is done
     * @param y    the output; may be x if it is as long; not to be used before the future is done
     * @return the future, see {@link Backend}
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException as {@link #forward(RowFunction, Rows, Operand, Operand)} does
     * @throws IllegalStateException    if this backend or a device buffer is closed */
    public final CompletableFuture<Void> forwardAsync(RowFunction f, Rows rows, Operand x, Operand y) {
        return async.submit(this, checked(RowCalls.forward(f, rows, null, x, y)));
    }

    /** dx<sub>i</sub> = Σ<sub>j</sub> dy<sub>j</sub> ∂y<sub>j</sub>/∂x<sub>i</sub>, row by row, without waiting; see
     * {@link #backwardFromOutput(RowFunction, Rows, Operand, Operand, Operand)} and what this class says of asynchronous
     * calls.
     *
     * @param f    the function
     * @param rows how the operands are divided into rows, along any axis
     * @param y    the output of the forward call; not to be changed before the future is done
     * @param dy   the gradient with respect to the output; not to be changed before the future is done
     * @param dx   the gradient with respect to the input; may be y or dy; not to be used before the future is done
     * @return the future, see {@link Backend}
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException as {@link #backwardFromOutput(RowFunction, Rows, Operand, Operand, Operand)} does
     * @throws IllegalStateException    if this backend or a device buffer is closed */
    public final CompletableFuture<Void> backwardFromOutputAsync(RowFunction f, Rows rows, Operand y, Operand dy, Operand dx) {
        return async.submit(this, checked(RowCalls.backwardFromOutput(f, rows, y, dy, dx)));
    }

    /** Makes a buffer that stays on the device between calls. It must be closed.
     *
     * @param type   the type of the elements
     * @param length the number of elements, at least 0
     * @return the buffer, with undefined content
     * @throws NullPointerException     if the type is null
     * @throws IllegalArgumentException if the length is negative
     * @throws IllegalStateException    if the backend is closed
     * @throws DeviceException          if the memory cannot be had, on the device or, where AxonCL chose it, on the CPU */
    public final DeviceBuffer allocate(DType type, long length) {
        Objects.requireNonNull(type, "type");
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + ": must not be negative");
        }
        checkOpen();
        return newBuffer(type, length);
    }

    /** Where a call with arrays is computed and why; see
     * {@link #explain(ActivationFunction, Operation, long, Explanation.Residence)}.
     *
     * @param f         the function
     * @param operation what is computed of it
     * @param n         the number of elements
     * @return the backend and the predicted times */
    public final Explanation explain(ActivationFunction f, Operation operation, long n) {
        return explain(f, operation, n, Explanation.Residence.HEAP);
    }

    /** Where a call would be computed and why. Computes nothing of the call itself; a backend that chooses may measure, once
     * for each class of functions and kind of memory: a fraction of a second and what building a program takes.
     *
     * @param f         the function
     * @param operation what is computed of it
     * @param n         the number of elements
     * @param residence where all operands lie
     * @return the backend and the predicted times
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if n is negative
     * @throws IllegalStateException    if this backend is closed
     * @throws KernelBuildException     if the function's text does not define the operation */
    public final Explanation explain(ActivationFunction f, Operation operation, long n, Explanation.Residence residence) {
        checkQuestion(f, operation, n, residence);
        return explain(f, operation, f.definition().signature(operation, f.precision(), DType.FLOAT32), n, residence);
    }

    /** Where a call on rows would be computed and why; see
     * {@link #explain(ActivationFunction, Operation, long, Explanation.Residence)}.
     *
     * @param f         the function
     * @param operation what is computed of it
     * @param rows      the shape
     * @param residence where all operands lie
     * @return the backend and the predicted times
     * @throws NullPointerException  if an argument is null
     * @throws IllegalStateException if this backend is closed */
    public final Explanation explain(RowFunction f, Operation operation, Rows rows, Explanation.Residence residence) {
        Objects.requireNonNull(rows, "rows");
        checkQuestion(f, operation, rows.length(), residence);
        return explain(f, operation, null, rows.length(), residence);
    }

    private void checkQuestion(KernelFunction f, Operation operation, long n, Explanation.Residence residence) {
        Objects.requireNonNull(f, "function");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(residence, "residence");
        if (n < 0) {
            throw new IllegalArgumentException("n " + n + ": must not be negative");
        }
        checkOpen();
    }

    /** Explains where a call is computed; arguments are checked. A backend that does not choose says so.
     *
     * @param f         the function
     * @param operation what is computed of it
     * @param signature what an element-wise call is compiled for; null for rows
     * @param n         the number of elements
     * @param residence where all operands lie
     * @return the explanation */
    protected Explanation explain(KernelFunction f, Operation operation, KernelSignature signature, long n,
                                  Explanation.Residence residence) {
        BackendInfo info = info();
        return new Explanation(info.backend(), operation.id() + " of " + f.describe(), n, residence, Double.NaN, Double.NaN,
                Explanation.Source.NO_CHOICE, "there is no other: " + info.reason());
    }

    private void elementwise(Operation operation, ActivationFunction f, Operand x, Operand dy, Operand out) {
        CallScratch scratch = scratch();
        try {
            elementwise(scratch, operation, f, x, dy, out);
        } finally {
            giveBack(scratch);
        }
    }

    private void elementwise(Operation operation, ActivationFunction f, float[] x, float[] dy, float[] out) {
        Arguments.checkArrays(operation, x, dy, out);
        CallScratch scratch = scratch();
        try {
            elementwise(scratch, operation, f, scratch.x(x), scratch.dy(dy), scratch.out(out));
        } finally {
            giveBack(scratch);
        }
    }

    private void elementwise(CallScratch scratch, Operation operation, ActivationFunction f, Operand x, Operand dy,
            Operand out) {
        Arguments.check(this, operation, f, x, dy, out);
        if (x.length() > 0) {
            compute(scratch.call(operation, f, x, dy, out));
        }
    }

    private CallScratch scratch() {
        CallScratch known = spare.take();
        return known == null ? new CallScratch() : known;
    }

    private void giveBack(CallScratch scratch) {
        scratch.clear();
        spare.give(scratch);
    }

    private void run(CallBuilder call) {
        run(checked(call));
        call.release();
    }

    private void run(KernelCall checked) {
        if (checked != null) {
            compute(checked);
        }
    }

    /** Checks an element-wise call; null if it has nothing to write. */
    private KernelCall checked(Operation operation, ActivationFunction f, Operand x, Operand dy, Operand out) {
        Arguments.check(this, operation, f, x, dy, out);
        return x.length() == 0 ? null : KernelCall.elementwise(operation, f, x, dy, out);
    }

    /** Checks a call; null if it has nothing to write. */
    private KernelCall checked(CallBuilder call) {
        KernelCall checked = call.build(this);
        return checked.writes() ? checked : null;
    }

    private static Operand operand(String name, float[] array) {
        Objects.requireNonNull(array, name);
        return Operand.of(array);
    }

    final void checkOpen() {
        if (isClosed()) {
            throw new IllegalStateException("the backend is closed");
        }
    }

    /** Computes one call.
     *
     * @param call the call, checked and not empty */
    protected abstract void compute(KernelCall call);

    /** Whether calls may be computed in another thread than the one that opened the backend; asynchronous ones are computed
     * before they return where that is not so.
     *
     * @return true but for a simulator */
    protected boolean takesThreads() {
        return true;
    }

    /** Whether every call is computed in host memory, so that what is passed from one to another may lie there.
     *
     * @return true for the CPU */
    protected boolean computesInHostMemory() {
        return false;
    }

    /** Makes a buffer; arguments are checked.
     *
     * @param type   the type of the elements
     * @param length the number of elements, may be 0
     * @return the buffer */
    protected abstract DeviceBuffer newBuffer(DType type, long length);

    /** Which device this is, why it was chosen, what it has done, and what fell back and why.
     *
     * @return the state as it is now */
    public abstract BackendInfo info();

    /** Whether {@link #close} was called.
     *
     * @return true after closing */
    public abstract boolean isClosed();

    /** Fails the asynchronous calls that have not begun and waits for the one that has; the first thing that closing does. */
    protected final void endAsyncCalls() {
        async.close();
    }

    /** Waits for the calls that are running and gives every resource back, buffers that are still open included; they are
     * closed with it, and closing them before or after makes no difference. Calls that come later, and asynchronous ones that
     * have not begun, fail with {@link IllegalStateException}. Idempotent; any thread may close, also from several at once, and
     * the first one does it. */
    @Override
    public abstract void close();
}
