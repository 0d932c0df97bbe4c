package io.github.axoncl.bench.jmh;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Where the operands of a benchmark lie, and what a copy from one to another is there: the yardstick of every call. */
public enum BenchmarkMemory {
    /** Arrays of the heap; a copy is {@code System.arraycopy}. */
    ARRAY {
        @Override
        Operand allocate(Backend backend, int length) {
            return Operand.of(new float[length]);
        }

        @Override
        void copy(Backend backend, Operand from, Operand to) {
            System.arraycopy(array(from), 0, array(to), 0, (int) from.length());
        }
    },
    /** Direct buffers; a copy is {@code FloatBuffer.put}. */
    DIRECT {
        @Override
        Operand allocate(Backend backend, int length) {
            return Operand.of(ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder.nativeOrder()).asFloatBuffer());
        }

        @Override
        void copy(Backend backend, Operand from, Operand to) {
            FloatBuffer source = buffer(from);
            buffer(to).put(0, source, 0, source.limit());
        }
    },
    /** Buffers of the backend; a copy is {@link Activation#IDENTITY}. */
    DEVICE {
        @Override
        Operand allocate(Backend backend, int length) {
            return backend.allocate(DType.FLOAT32, length);
        }

        @Override
        void copy(Backend backend, Operand from, Operand to) {
            backend.forward(Activation.IDENTITY, from, to);
        }

        @Override
        void await(Operand written) {
            ((DeviceBuffer) written).read(0, Operand.of(new float[1]));
        }
    };

    abstract Operand allocate(Backend backend, int length);

    abstract void copy(Backend backend, Operand from, Operand to);

    /** Waits until the operand is complete. Only calls on device buffers return earlier; fetching one element waits for all. */
    void await(Operand written) {
    }

    static void fill(Operand operand, float... values) {
        if (operand instanceof DeviceBuffer buffer) {
            buffer.write(values);
        } else if (operand instanceof Operand.OfBuffer) {
            buffer(operand).put(0, values);
        } else {
            System.arraycopy(values, 0, array(operand), 0, values.length);
        }
    }

    private static float[] array(Operand operand) {
        return (float[]) ((Operand.OfArray) operand).array();
    }

    private static FloatBuffer buffer(Operand operand) {
        return (FloatBuffer) ((Operand.OfBuffer) operand).buffer();
    }
}
