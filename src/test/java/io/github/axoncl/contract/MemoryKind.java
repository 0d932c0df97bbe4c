package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Where an operand lives: makes one with guard zones around it where there is memory around it. */
enum MemoryKind {
    ARRAY, DIRECT, HEAP_BUFFER, DEVICE;

    private static final int GUARD = 5;
    private static final float UNTOUCHED = 24680.5f;

    Memory with(Backend backend, float... values) {
        return switch (this) {
            case ARRAY -> {
                float[] array = guarded(values);
                yield new Memory(this, Operand.of(array, GUARD, values.length), FloatBuffer.wrap(array));
            }
            case HEAP_BUFFER -> nio(FloatBuffer.wrap(guarded(values)), values.length);
            case DIRECT -> {
                FloatBuffer direct = ByteBuffer.allocateDirect((values.length + 2 * GUARD) * Float.BYTES)
                        .order(ByteOrder.nativeOrder()).asFloatBuffer();
                yield nio(direct.put(0, guarded(values)), values.length);
            }
            case DEVICE -> {
                DeviceBuffer buffer = backend.allocate(DType.FLOAT32, values.length);
                buffer.write(values);
                yield new Memory(this, buffer, null);
            }
        };
    }

    private Memory nio(FloatBuffer all, int length) {
        all.position(GUARD).limit(GUARD + length);
        Operand operand = Operand.of(all);
        all.clear();
        return new Memory(this, operand, all);
    }

    private static float[] guarded(float... values) {
        float[] all = new float[values.length + 2 * GUARD];
        Arrays.fill(all, UNTOUCHED);
        System.arraycopy(values, 0, all, GUARD, values.length);
        return all;
    }

    /**
     * An operand and how to see what is in and around it.
     *
     * @param kind    where it lives
     * @param operand the operand
     * @param all     its memory with the guard zones, null for a device buffer
     */
    record Memory(MemoryKind kind, Operand operand, FloatBuffer all) implements AutoCloseable {

        float[] content() {
            float[] values = new float[(int) operand.length()];
            if (operand instanceof DeviceBuffer buffer) {
                buffer.read(values);
            } else {
                all.get(GUARD, values);
            }
            return values;
        }

        boolean guardsIntact() {
            if (all == null) {
                return true;
            }
            for (int i = 0; i < GUARD; i++) {
                if (all.get(i) != UNTOUCHED || all.get(all.capacity() - 1 - i) != UNTOUCHED) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void close() {
            if (operand instanceof DeviceBuffer buffer) {
                buffer.close();
            }
        }
    }
}
