package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Objects;

/** One call of a loss and the launches that it is made of: the losses with their gradient, in whose pass class indices on a
 * device are checked, and their total; before them the counting of class indices where a mean needs it. Kept for later
 * calls. */
final class LossCalls implements KernelCall.RowCheck {
    /** A class index that is never legal: the ignored one where there is none. */
    private static final int NO_CLASS = Integer.MIN_VALUE;
    private static final int SPARE = 4;
    /** The most losses of rows for which an array is kept. */
    private static final int MOST_KEPT = 1 << 18;
    /** Class indices that are read from a buffer at once. */
    private static final int READ_AT_ONCE = 1 << 14;
    private static final Spare<LossCalls> UNUSED = new Spare<>(SPARE);

    /** Where the losses of rows go in host memory, and the row that they are: kept for later calls. */
    private Operand kept;
    /** Where class indices of a buffer are read to. */
    private int[] read;
    private Rows all = Rows.of(1, 0);
    private Backend backend;
    private Operation operation;
    private LossFunction function;
    private Rows rows;
    private Targets targets;
    /** All class indices in host memory, or null as long as they are not there. */
    private Operand hostClasses;
    private boolean checked;
    private Reduction reduction;
    private Operand logits;
    private Operand loss;
    /** Null if only the loss is asked for. */
    private Operand gradient;
    private boolean softmax;
    /** The number of rows. */
    private long count;

    /** Looks at what a caller gave. */
    private LossCalls begin(Backend on, Operation wanted, LossFunction f, Rows shape, Targets aims, Reduction to,
                            Operand from) {
        backend = on;
        operation = wanted;
        function = Objects.requireNonNull(f, "function");
        rows = Objects.requireNonNull(shape, "rows");
        targets = Objects.requireNonNull(aims, "targets");
        hostClasses = targets.classes() instanceof DeviceBuffer ? null : targets.classes();
        checked = false;
        reduction = Objects.requireNonNull(to, "reduction");
        logits = Objects.requireNonNull(from, "logits");
        softmax = function.definition() == Loss.SOFTMAX_CROSS_ENTROPY.definition();
        count = rows.outer() * rows.inner();
        return this;
    }

    private static LossCalls take() {
        LossCalls unused = UNUSED.take();
        return unused == null ? new LossCalls() : unused;
    }

    static void forward(Backend backend, LossFunction f, Rows rows, Targets targets, Reduction reduction, Operand logits,
                        Operand loss) {
        take().begin(backend, Operation.FORWARD, f, rows, targets, reduction, logits).run(loss, null);
    }

    static void backward(Backend backend, LossFunction f, Rows rows, Targets targets, Reduction reduction, Operand logits,
                         Operand loss, Operand dlogits) {
        Objects.requireNonNull(dlogits, "dlogits");
        take().begin(backend, Operation.BACKWARD, f, rows, targets, reduction, logits).run(loss, dlogits);
    }

    private void run(Operand to, Operand gradientTo) {
        loss = Objects.requireNonNull(to, "loss");
        gradient = gradientTo;
        run();
        backend = null;
        function = null;
        targets = null;
        hostClasses = null;
        logits = null;
        loss = null;
        gradient = null;
        UNUSED.give(this);
    }

    private String title() {
        return Arguments.title(operation, function);
    }

    private void run() {
        check();
        if (reduction == Reduction.NONE) {
            CallBuilder losses = losses(loss);
            losses.build(backend);
            checkValues();
            compute(withDivisor(losses, 1, 0));
            return;
        }
        if (backend.computesInHostMemory() && count <= MOST_KEPT) {
            if (kept == null || kept.length() != count) {
                kept = Operand.of(new float[(int) count]);
            }
            reduced(kept);
        } else {
            try (DeviceBuffer each = backend.allocate(DType.FLOAT32, count)) {
                reduced(each);
            }
        }
    }

    /** One number, made of those of the rows. */
    private void reduced(Operand each) {
        CallBuilder losses = losses(each);
        losses.build(backend);
        double divisor = divisor(checkValues());
        float hi = (float) divisor;
        float low = (float) (divisor - hi);
        compute(withDivisor(losses, hi, low));
        compute(withDivisor(total(each, loss), hi, low));
    }

    private void compute(CallBuilder call) {
        KernelCall checked = call.build(backend);
        if (checked.writes()) {
            backend.compute(checked);
        }
        call.release();
    }

    // ---- arguments

    /** What the calls, each by itself, do not see. */
    private void check() {
        backend.checkOpen();
        if (!softmax && targets.classes() != null) {
            throw new IllegalArgumentException(title() + ": targets are class indices, but must be probabilities");
        }
        if (rows.axis() == 0 && count > 0) {
            throw new IllegalArgumentException(title() + ": rows of " + rows + " have no column");
        }
        if (logits.length() != rows.length()) {
            throw new IllegalArgumentException(title() + ": logits has " + logits.length() + " elements, but " + rows
                    + " asks for " + rows.length());
        }
        if (reduction != Reduction.NONE) {
            Arguments.checkOwner(backend, "loss", loss);
            if (loss.type() != DType.FLOAT32) {
                Arguments.checkType(title(), "loss", loss, DType.FLOAT32);
            }
            Arguments.checkWritable("loss", loss);
            if (loss.length() != 1) {
                throw new IllegalArgumentException(title() + ": loss has " + loss.length() + " elements, but " + reduction
                        + " of " + rows + " asks for 1");
            }
            checkApart("logits", logits, "loss", loss);
            checkApart("dlogits", gradient, "loss", loss);
        }
        checkApart("classes", targets.classes(), "loss", loss);
        checkApart("probabilities", targets.probabilities(), "loss", loss);
        checkApart("probabilities", targets.probabilities(), "dlogits", gradient);
        checkApart("weights", targets.weights(), "loss", loss);
    }

    private static void checkApart(String name, Operand other, String outName, Operand out) {
        if (other != null && out != null) {
            Arguments.checkOverlap(name, other, outName, out, false);
        }
    }

    /** Checks weights, and class indices unless that is done in the pass of the losses.
     *
     * @return how many rows count, if the call has to know */
    private long checkValues() {
        if (targets.weights() != null && !(targets.weights() instanceof DeviceBuffer)) {
            for (int i = 0; i < targets.weights().length(); i++) {
                float weight = weight(targets.weights(), i);
                if (!(weight >= 0 && weight <= Float.MAX_VALUE)) {
                    throw new IllegalArgumentException(title() + ": weights[" + i + "] = " + weight
                            + ": must be finite and not negative");
                }
            }
        }
        if (targets.classes() == null || count == 0 || isCheckedInPass()) {
            return count;
        }
        boolean onDevice = hostClasses == null && !backend.computesInHostMemory();
        if (onDevice && targets.weights() != null) {
            hostClasses = Operand.of(ints(targets.classes()));
        } else if (onDevice && count <= Integer.MAX_VALUE) {
            return countOnDevice((DeviceBuffer) targets.classes());
        }
        return checkOnHost();
    }

    /** Whether class indices are checked while the losses are computed: those on a device, unless they are needed before. */
    private boolean isCheckedInPass() {
        return targets.classes() instanceof DeviceBuffer && count > 0 && !backend.computesInHostMemory()
                && !(reduction == Reduction.MEAN && (targets.weights() != null || targets.ignored() != null));
    }

    private long checkOnHost() {
        if (hostClasses != null) {
            return checkOnHost(hostClasses, 0);
        }
        read = read == null ? new int[READ_AT_ONCE] : read;
        long counted = 0;
        for (long from = 0; from < count; from += READ_AT_ONCE) {
            Operand some = Operand.of(read, 0, (int) Math.min(READ_AT_ONCE, count - from));
            ((DeviceBuffer) targets.classes()).read(from, some);
            counted += checkOnHost(some, from);
        }
        return counted;
    }

    private long checkOnHost(Operand indices, long first) {
        long counted = 0;
        for (int row = 0; row < indices.length(); row++) {
            int index = index(indices, row);
            if (targets.ignored() != null && index == targets.ignored()) {
                continue;
            }
            if (index < 0 || index >= rows.axis()) {
                throw wrongClass(first + row, index);
            }
            counted++;
        }
        return counted;
    }

    /** One launch and one word that is read, for the mean of rows of which some are ignored. */
    private long countOnDevice(DeviceBuffer indices) {
        int[] counted = new int[1];
        compute(CallBuilder.of(Operation.FORWARD, Auxiliary.CLASS_INDICES, Form.ALONG_AXIS, Rows.of(1, count))
                .in("classes", Layout.EACH, indices, DType.INT32)
                .scalar("limit", Math.min(rows.axis(), Integer.MAX_VALUE)).scalar("ignored", targets.ignored())
                .out("counted", Layout.ROW, Operand.of(counted), DType.INT32));
        if (counted[0] < 0) {
            throw wrong(~counted[0]);
        }
        return counted[0];
    }

    @Override
    public void beforehand() {
        if (!checked) {
            checkOnHost();
            checked = true;
        }
    }

    @Override
    public IllegalArgumentException wrong(long row) {
        int[] index = new int[1];
        ((DeviceBuffer) targets.classes()).read(row, Operand.of(index));
        return wrongClass(row, index[0]);
    }

    private IllegalArgumentException wrongClass(long row, int index) {
        return new IllegalArgumentException(title() + ": the class of row " + row + " is " + index + ", but " + rows
                + " has the classes 0 to " + (rows.axis() - 1)
                + (targets.ignored() == null ? "" : ", and " + targets.ignored() + " is ignored"));
    }

    private int ignored() {
        return targets.ignored() == null ? NO_CLASS : targets.ignored();
    }

    // ---- calls

    /** The losses, one for each row (or element), and the gradient, in one launch. */
    private CallBuilder losses(Operand each) {
        boolean alone = !softmax && reduction == Reduction.NONE;
        CallBuilder call = CallBuilder.of(operation, function, alone ? Form.MAP : Form.ALONG_AXIS, rows)
                .in("logits", Layout.EACH, logits);
        if (targets.classes() != null) {
            call.in("classes", Layout.ROW, targets.classes(), DType.INT32).constant("probabilities", 0);
        } else {
            call.in("probabilities", Layout.EACH, targets.probabilities()).constant("classes", -1);
        }
        if (targets.weights() != null) {
            call.in("weights", Layout.AXIS, targets.weights());
        } else {
            call.constant("weights", 1);
        }
        float smoothing = (float) function.argument(0);
        call.scalar("keep", 1 - smoothing).scalar("share", smoothing / (softmax ? rows.axis() : 2))
                .scalar("ignored", ignored());
        if (isCheckedInPass()) {
            call.scalar("ignores", targets.ignored() == null ? 0 : 1).checkedBy(this);
        }
        call.out("loss", alone ? Layout.EACH : Layout.ROW, each);
        if (gradient != null) {
            call.out("dlogits", Layout.EACH, gradient);
        }
        return withDivisor(call, 1, 0);
    }

    private CallBuilder total(Operand each, Operand sum) {
        if (all.axis() != each.length()) {
            all = Rows.of(1, each.length());
        }
        return CallBuilder.of(Operation.FORWARD, Auxiliary.TOTAL, Form.ALONG_AXIS, all)
                .in("x", Layout.EACH, each).out("y", Layout.ROW, sum);
    }

    private static CallBuilder withDivisor(CallBuilder call, float hi, float low) {
        return call.scalar("divisor", hi).scalar("divisor_low", low);
    }

    /** What the losses' sum is divided by. */
    private double divisor(long counted) {
        if (reduction == Reduction.SUM) {
            return 1;
        }
        return !softmax ? rows.length() : targets.classes() != null && targets.weights() != null ? sumOfWeights() : counted;
    }

    /** The sum of the weights of the rows' classes, float32, in the one order that every sum has. */
    private float sumOfWeights() {
        IntBuffer indices = ints(hostClasses == null ? targets.classes() : hostClasses);
        FloatBuffer weights = floats(targets.weights());
        float[] ofRows = new float[indices.limit()];
        for (int row = 0; row < ofRows.length; row++) {
            int index = indices.get(row);
            ofRows[row] = targets.ignored() != null && index == targets.ignored() ? 0 : weights.get(index);
        }
        float[] sum = new float[1];
        compute(withDivisor(total(Operand.of(ofRows), Operand.of(sum)), 1, 0));
        return sum[0];
    }

    private static int index(Operand host, int row) {
        return host instanceof Operand.OfArray part ? ((int[]) part.array())[part.offset() + row]
                : ((IntBuffer) ((Operand.OfBuffer) host).buffer()).get(row);
    }

    private static float weight(Operand host, int column) {
        return host instanceof Operand.OfArray part ? ((float[]) part.array())[part.offset() + column]
                : ((FloatBuffer) ((Operand.OfBuffer) host).buffer()).get(column);
    }

    private static IntBuffer ints(Operand operand) {
        if (operand instanceof Operand.OfArray part) {
            return IntBuffer.wrap((int[]) part.array(), part.offset(), part.count()).slice();
        } else if (operand instanceof Operand.OfBuffer part) {
            return (IntBuffer) part.buffer();
        }
        int[] copy = new int[Math.toIntExact(operand.length())];
        ((DeviceBuffer) operand).read(0, Operand.of(copy));
        return IntBuffer.wrap(copy);
    }

    private static FloatBuffer floats(Operand operand) {
        if (operand instanceof Operand.OfArray part) {
            return FloatBuffer.wrap((float[]) part.array(), part.offset(), part.count()).slice();
        } else if (operand instanceof Operand.OfBuffer part) {
            return (FloatBuffer) part.buffer();
        }
        float[] copy = new float[Math.toIntExact(operand.length())];
        ((DeviceBuffer) operand).read(0, Operand.of(copy));
        return FloatBuffer.wrap(copy);
    }
}
