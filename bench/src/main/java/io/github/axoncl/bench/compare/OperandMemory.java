package io.github.axoncl.bench.compare;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Where the operands of AxonCL's calls lie. */
enum OperandMemory {
    /** Arrays of the heap: to a device and back with every call. */
    ARRAY("arrays") {
        @Override
        Operand allocate(Backend backend, int length) {
            return Operand.of(new float[length]);
        }

        @Override
        void write(Operand target, float... values) {
            System.arraycopy(values, 0, array(target), 0, values.length);
        }

        @Override
        void read(Operand source, float... values) {
            System.arraycopy(array(source), 0, values, 0, values.length);
        }
    },
    /** Direct buffers: without a copy where device and host share memory. */
    DIRECT("direct buffers") {
        @Override
        Operand allocate(Backend backend, int length) {
            return Operand.of(ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder.nativeOrder()).asFloatBuffer());
        }

        @Override
        void write(Operand target, float... values) {
            buffer(target).put(0, values);
        }

        @Override
        void read(Operand source, float... values) {
            buffer(source).get(0, values);
        }
    },
    /** Buffers of the device. */
    DEVICE("device buffers") {
        @Override
        Operand allocate(Backend backend, int length) {
            return backend.allocate(DType.FLOAT32, length);
        }

        @Override
        void write(Operand target, float... values) {
            ((DeviceBuffer) target).write(values);
        }

        @Override
        void read(Operand source, float... values) {
            ((DeviceBuffer) source).read(values);
        }

        @Override
        void await(Operand written, float[] one) {
            ((DeviceBuffer) written).read(0, Operand.of(one));
        }

        @Override
        void release(Operand operand) {
            ((DeviceBuffer) operand).close();
        }
    };

    private final String title;

    OperandMemory(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract Operand allocate(Backend backend, int length);

    abstract void write(Operand target, float... values);

    abstract void read(Operand source, float... values);

    /** Waits until an output is complete: calls on device buffers return earlier, and a read of one element waits. */
    void await(Operand written, float[] one) {
    }

    void release(Operand operand) {
    }

    /** A new operand with values. Outputs get some too: the first touch of a page would be timed with the call. */
    Operand filled(Backend backend, float... values) {
        Operand operand = allocate(backend, values.length);
        write(operand, values);
        return operand;
    }

    Operand filled(Backend backend, int length) {
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
