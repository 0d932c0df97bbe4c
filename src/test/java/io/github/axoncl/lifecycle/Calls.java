package io.github.axoncl.lifecycle;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.Inputs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Calls of every kind: with each kind of memory, element-wise and in rows. Each has results that do not depend on the kind. */
enum Calls {
    ARRAYS {
        @Override
        void on(Backend backend, float[] x, float[] y) {
            backend.forward(Activation.TANH, x, y);
        }
    },
    DIRECT {
        @Override
        void on(Backend backend, float[] x, float[] y) {
            FloatBuffer in = direct(x.length).put(0, x);
            FloatBuffer out = direct(x.length);
            backend.forward(Activation.TANH, Operand.of(in), Operand.of(out));
            out.get(0, y);
        }
    },
    DEVICE {
        @Override
        void on(Backend backend, float[] x, float[] y) {
            try (DeviceBuffer a = backend.allocate(DType.FLOAT32, x.length);
                    DeviceBuffer b = backend.allocate(DType.FLOAT32, x.length)) {
                a.write(x);
                backend.forward(Activation.TANH, a, b);
                b.read(y);
            }
        }
    },
    DEVICE_AND_ARRAY {
        @Override
        void on(Backend backend, float[] x, float[] y) {
            try (DeviceBuffer a = backend.allocate(DType.FLOAT32, x.length)) {
                backend.forward(Activation.TANH, Operand.of(x), a);
                a.read(y);
            }
        }
    },
    ROWS {
        @Override
        void on(Backend backend, float[] x, float[] y) {
            backend.forward(RowActivation.SOFTMAX, Rows.of(1, x.length), x, y);
        }
    };

    static final int LENGTH = 1000;
    static final float[] X = Inputs.normal(LENGTH, 71);

    /** Makes the call; y is written. */
    abstract void on(Backend backend, float[] x, float[] y);

    float[] result(Backend backend) {
        float[] y = new float[LENGTH];
        on(backend, X, y);
        return y;
    }

    static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
