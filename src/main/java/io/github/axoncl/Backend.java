package io.github.axoncl;

import java.util.Objects;

/**
 * Computes activation functions: on an OpenCL device, on the CPU, or on whichever serves. Opened by {@link Backends}.
 *
 * <p>Every operation has one meaning on every backend, down to the last bit on every device whose
 * {@link BackendInfo#bitExact()} is true: x is the input, y = f(x) the output, dy the gradient of a loss with respect to y, dx that
 * with respect to x.
 *
 * <p><b>Types.</b> Element-wise functions take elements of every {@link DType} to compute with, all others float32. Float64 is computed in double;
 * float16 and bfloat16 are computed in float32 and rounded once, to nearest even. A device without double leaves float64 to the
 * CPU where AxonCL chose it, and is a {@link DeviceException} where it was asked for.
 * <b>Lengths.</b> All operands of an element-wise call have the same length and type; length 0 does nothing. Of other calls a shape
 * says how long each operand is.
 * <b>Aliasing.</b> The output may be an input (the same elements); outputs that overlap an input otherwise are refused where Java
 * can see it (arrays) and undefined elsewhere.
 * <b>Blocking.</b> A call with an array or a NIO buffer returns when its output is complete. A call on device buffers alone may
 * return earlier; {@link DeviceBuffer#read} waits for it.
 * <b>Threads.</b> Any thread may call any method; two threads that use the same operand order themselves. A backend may be closed
 * while other threads call it: their calls complete or throw {@link IllegalStateException}.
 * <b>Errors.</b> Argument mistakes are {@link NullPointerException}, {@link IllegalArgumentException} or
 * {@link IllegalStateException} (closed), before anything is written. Failures of a device are {@link DeviceException} and
 * {@link KernelBuildException}; a backend that was opened to choose for itself computes the call on the CPU instead.
 * <b>Source.</b> Every formula is kernel text, one file per function ({@link KernelDefinition#source()}), which names its paper.
 *
 * <p>The class is abstract for AxonCL's own backends; it is not meant to be extended by users.
 */
public abstract class Backend implements AutoCloseable {

    /** For AxonCL's own backends. */
    protected Backend() {
    }

    /** y = f(x), element by element; {@link Activation} has the formulas. Lengths, aliasing, blocking and threads as said of this
     * class.
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
        forward(f, operand("x", x), operand("y", y));
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
        derivative(f, operand("x", x), operand("dx", dx));
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
        backward(f, operand("x", x), operand("dy", dy), operand("dx", dx));
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
        backwardFromOutput(f, operand("y", y), operand("dy", dy), operand("dx", dx));
    }

    /** y = f(x), row by row; {@link RowActivation} has the formulas. Lengths, aliasing, blocking and threads as said of this class.
     *
     * @param f    the function
     * @param rows how x is divided into rows, along any axis
     * @param x    the input, {@code rows.length()} float32 elements
     * @param y    the output: as many elements, may be x; of log-sum-exp one for each outer and inner index
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or overlaps
     *                                  another operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  or the function does not have this operation
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

    /** y = f(x), row by row, of the elements that a mask lets through; see {@link #forward(RowFunction, Rows, Operand, Operand)}.
     * The gradient of softmax and log-softmax is that without a mask, since a hidden element's output is 0 or −∞.
     *
     * @param f    softmax, log-softmax or log-sum-exp
     * @param rows how x is divided into rows, along any axis
     * @param mask what is hidden or added; must not overlap y
     * @param x    the input, {@code rows.length()} float32 elements
     * @param y    the output: as many elements, may be x; of log-sum-exp one for each outer and inner index
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or overlaps
     *                                  another operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void forward(RowFunction f, Rows rows, Mask mask, Operand x, Operand y) {
        Objects.requireNonNull(mask, "mask");
        run(RowCalls.forward(f, rows, mask, x, y));
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
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or overlaps
     *                                  another operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  or the function does not have this operation
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
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or overlaps
     *                                  another operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  or the function does not have this operation
     * @throws IllegalStateException    if this backend or a device buffer is closed
     * @throws DeviceException          if a device that was asked for fails
     * @throws KernelBuildException     if the function's text cannot be compiled */
    public final void backward(RowFunction f, Rows rows, Mask mask, Operand x, Operand dy, Operand dx) {
        Objects.requireNonNull(mask, "mask");
        run(RowCalls.backward(f, rows, mask, x, dy, dx));
    }

    /** dx<sub>i</sub> = Σ<sub>j</sub> dy<sub>j</sub> ∂y<sub>j</sub>/∂x<sub>i</sub>, row by row: the gradient with respect to the
     * input of a row-wise function, from its output; {@link RowActivation} has the formulas.
     *
     * @param f    the function
     * @param rows how the operands are divided into rows, along any axis
     * @param y    the output of the forward call, {@code rows.length()} float32 elements
     * @param dy   the gradient with respect to the output
     * @param dx   the gradient with respect to the input; may be y or dy
     * @throws NullPointerException     if an argument is null
     * @throws IllegalArgumentException if a length or type is not what function and rows ask for, the output is read-only or overlaps
     *                                  another operand otherwise than being an input, a device buffer belongs to another backend,
     *                                  or the function does not have this operation
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

    private void elementwise(Operation operation, ActivationFunction f, Operand x, Operand dy, Operand out) {
        Arguments.check(this, operation, f, x, dy, out);
        if (x.length() > 0) {
            compute(KernelCall.elementwise(operation, f, x, dy, out));
        }
    }

    /** Checks a call and computes it, if it has anything to write. */
    private void run(KernelCall.Builder call) {
        KernelCall checked = call.build(this);
        if (checked.writes()) {
            compute(checked);
        }
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

    /** Waits for the calls that are running and gives every resource back, buffers that are still open included; they are closed
     * with it, and closing them before or after makes no difference. Calls that come later throw {@link IllegalStateException}.
     * Idempotent; any thread may close, also from several at once, and the first one does it. */
    @Override
    public abstract void close();
}
