package io.github.axoncl.bench.measure;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Operand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Where the operands of measured calls lie, and what a copy from one to another is there: the yardstick of every call. */
public enum OperandMemory {
    /** Arrays of the heap: to a device and back with every call; a copy is {@code System.arraycopy}. */
    ARRAY("arrays") {
        @Override
        public Operand allocate(Backend backend, int length) {
            return Operand.of(new float[length]);
        }

        @Override
        public void write(Operand target, float... values) {
            System.arraycopy(values, 0, array(target), 0, values.length);
        }

        @Override
        public void read(Operand source, float... values) {
            System.arraycopy(array(source), 0, values, 0, values.length);
        }

        @Override
        public void copy(Backend backend, Operand from, Operand to) {
            System.arraycopy(array(from), 0, array(to), 0, (int) from.length());
        }
    },
    /** Direct buffers: without a copy where device and host share memory; a copy is {@code FloatBuffer.put}. */
    DIRECT("direct buffers") {
        @Override
        public Operand allocate(Backend backend, int length) {
            return Operand.of(ByteBuffer.allocateDirect(Math.multiplyExact(Float.BYTES, length)).order(ByteOrder.nativeOrder())
                    .asFloatBuffer());
        }

        @Override
        public void write(Operand target, float... values) {
            buffer(target).put(0, values);
        }

        @Override
        public void read(Operand source, float... values) {
            buffer(source).get(0, values);
        }

        @Override
        public void copy(Backend backend, Operand from, Operand to) {
            FloatBuffer source = buffer(from);
            buffer(to).put(0, source, 0, source.limit());
        }
    },
    /** Buffers of the backend; a copy is {@link Activation#IDENTITY}. */
    DEVICE("device buffers") {
        @Override
        public Operand allocate(Backend backend, int length) {
            return backend.allocate(DType.FLOAT32, length);
        }

        @Override
        public void write(Operand target, float... values) {
            ((DeviceBuffer) target).write(values);
        }

        @Override
        public void read(Operand source, float... values) {
            ((DeviceBuffer) source).read(values);
        }

        @Override
        public void copy(Backend backend, Operand from, Operand to) {
            backend.forward(Activation.IDENTITY, from, to);
        }

        @Override
        public void await(Operand written) {
            ((DeviceBuffer) written).read(0, Operand.of(new float[1]));
        }

        @Override
        public void release(Operand operand) {
            ((DeviceBuffer) operand).close();
        }
    };

    private final String title;

    OperandMemory(String title) {
        this.title = title;
    }

    /** The memory of a kind that backends tell apart. */
    public static OperandMemory of(Residence residence) {
        return switch (residence) {
            case HEAP -> ARRAY;
            case DIRECT -> DIRECT;
            case DEVICE -> DEVICE;
        };
    }

    /** The name in reports. */
    public String title() {
        return title;
    }

    /** A new operand. */
    public abstract Operand allocate(Backend backend, int length);

    /** Copies an array to an operand. */
    public abstract void write(Operand target, float... values);

    /** Copies an operand to an array. */
    public abstract void read(Operand source, float... values);

    /** Copies an operand to another one. */
    public abstract void copy(Backend backend, Operand from, Operand to);

    /** Waits until the operand is complete. Only calls on device buffers return earlier; fetching one element waits for all. */
    public void await(Operand written) {
    }

    /** Gives an operand back. */
    public void release(Operand operand) {
    }

    /** A new operand with values. */
    public Operand filled(Backend backend, float... values) {
        Operand operand = allocate(backend, values.length);
        write(operand, values);
        return operand;
    }

    /** A new output. It has values too: the first touch of a page would be timed with the call. */
    public Operand output(Backend backend, int length) {
        float[] values = new float[length];
        Arrays.fill(values, -12345.5f);
        return filled(backend, values);
    }

    private static float[] array(Operand operand) {
        return (float[]) ((Operand.OfArray) operand).array();
    }

    private static FloatBuffer buffer(Operand operand) {
        return (FloatBuffer) ((Operand.OfBuffer) operand).buffer();
    }
}
