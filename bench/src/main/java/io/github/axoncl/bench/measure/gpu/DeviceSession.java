package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.SimdForm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** The device's backend in one tiling at a time, the CPU's, and operands that cases share. */
final class DeviceSession implements AutoCloseable {
    /** What serves without a measurement. */
    static final String USUAL = "usual";
    /** What the library's own measurement chooses. */
    static final String TUNED = "tuned";

    private static final String TILING = "axoncl.opencl.tiling";
    /** Elements in long calls after which the library measures, and more. */
    private static final long TUNING_ELEMENTS = 5L << 28;
    private static final long TUNING_CALL = 1 << 24;
    private static final long TUNING_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long SIMD_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long WARM_UP_LENGTH = 1024;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Values that differ; they are repeated. */
    private static final int PIECE = 1 << 20;

    private final String device;
    private final Map<Key, DeviceBuffer> operands = new HashMap<>();
    private final Set<String> warm = new HashSet<>();
    private Backend backend;
    private Backend cpu;
    private String tiling;
    private long elements;

    private record Key(DType type, long length, int slot) {
    }

    /** Opens nothing yet.
     *
     * @param device the device as {@link Machine#named} takes it */
    DeviceSession(String device) {
        this.device = device;
    }

    /** Makes short calls until the JVM has compiled what stands between a call and the driver. */
    void warmUp() {
        open(USUAL);
        DeviceBuffer x = input(0, WARM_UP_LENGTH);
        DeviceBuffer y = output(WARM_UP_LENGTH);
        long end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            backend.forward(Activation.IDENTITY, x, y);
            Timing.await(y);
        }
        closeOperands();
    }

    /** Prepares for a case: opens the backend in its tiling, and gives back operands of another number of elements. */
    void begin(BenchmarkCase next) {
        if (!next.tiling().equals(tiling)) {
            release();
            open(next.tiling());
        }
        if (next.elements() != elements) {
            closeOperands();
            elements = next.elements();
        }
    }

    private void open(String wanted) {
        BackendOptions options = BackendOptions.defaults().withBackend(device).withPoolBytes(0);
        backend = Machine.with(TILING, wanted.equals(USUAL) || wanted.equals(TUNED) ? null : wanted,
                () -> Machine.open(options.withCalibration(wanted.equals(TUNED))));
        tiling = wanted;
        if (wanted.equals(TUNED)) {
            tune();
        }
    }

    /** Computes until the library measures, and waits a while for what it finds. */
    private void tune() {
        DeviceBuffer x = input(0, TUNING_CALL);
        DeviceBuffer y = output(TUNING_CALL);
        String before = backend.info().reason();
        for (long done = 0; done < TUNING_ELEMENTS; done += TUNING_CALL) {
            backend.forward(Activation.RELU, x, y);
        }
        Timing.await(y);
        long end = System.nanoTime() + TUNING_NANOS;
        while (backend.info().reason().equals(before) && System.nanoTime() < end) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        closeOperands();
    }

    Backend backend() {
        return backend;
    }

    /** The CPU's backend after its SIMD form serves a call, if it has one and wins in time.
     *
     * @param what the kind of the call: each kind is waited for once
     * @param call makes it, long enough to be divided among threads */
    Backend cpu(String what, Consumer<Backend> call) {
        if (cpu == null) {
            cpu = Machine.cpu(true);
        }
        if (warm.add(what)) {
            SimdForm.await(cpu, SIMD_NANOS, () -> call.accept(cpu));
        }
        return cpu;
    }

    /** A buffer on the device with numbers from -4 to 4.
     *
     * @param slot distinguishes the inputs of a call */
    DeviceBuffer input(int slot, DType type, long length) {
        return operands.computeIfAbsent(new Key(type, length, slot), key -> fill(backend.allocate(type, length)));
    }

    /** The same of float32. */
    DeviceBuffer input(int slot, long length) {
        return input(slot, DType.FLOAT32, length);
    }

    /** A buffer on the device to write to.
     *
     * @param slot distinguishes the outputs of a call */
    DeviceBuffer output(int slot, DType type, long length) {
        return operands.computeIfAbsent(new Key(type, length, -1 - slot), key -> backend.allocate(type, length));
    }

    /** The only one of float32. */
    DeviceBuffer output(long length) {
        return output(0, DType.FLOAT32, length);
    }

    /** A buffer on the device with indexes of classes. */
    DeviceBuffer classes(long length, long count) {
        int[] indices = new int[Math.toIntExact(length)];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (int) (i % count);
        }
        DeviceBuffer buffer = output(0, DType.INT32, length);
        buffer.write(0, Operand.of(indices));
        return buffer;
    }

    /** Numbers from -4 to 4. */
    static float[] values(int length) {
        Random random = new Random(7);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() * 8 - 4;
        }
        return values;
    }

    private static DeviceBuffer fill(DeviceBuffer buffer) {
        int piece = (int) Math.min(buffer.length(), PIECE);
        float[] values = values(piece);
        double[] wide = new double[piece];
        short[] bits = new short[piece];
        // The same bits are a number below 2 in float16.
        int mask = buffer.type() == DType.FLOAT16 ? 0xBFFF : 0xFFFF;
        for (int i = 0; i < piece; i++) {
            wide[i] = values[i];
            bits[i] = (short) (Float.floatToRawIntBits(values[i]) >>> 16 & mask);
        }
        for (long at = 0; at < buffer.length(); at += piece) {
            int length = (int) Math.min(piece, buffer.length() - at);
            buffer.write(at, switch (buffer.type()) {
                case FLOAT32 -> Operand.of(values, 0, length);
                case FLOAT64 -> Operand.of(wide, 0, length);
                default -> Operand.of(bits, 0, length, buffer.type());
            });
        }
        return buffer;
    }

    private void closeOperands() {
        operands.values().forEach(DeviceBuffer::close);
        operands.clear();
    }

    /** Closes what is open on the device: after a failure the next case begins anew. */
    void release() {
        closeOperands();
        if (backend != null) {
            backend.close();
            backend = null;
            tiling = null;
        }
    }

    @Override
    public void close() {
        release();
        if (cpu != null) {
            cpu.close();
        }
    }
}
