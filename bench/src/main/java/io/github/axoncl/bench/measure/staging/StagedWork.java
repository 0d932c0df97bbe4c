package io.github.axoncl.bench.measure.staging;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.Operand;

/** The calls that are measured: few operations per byte, more of them, and two inputs. */
enum StagedWork {
    RELU("relu", 1) {
        @Override
        void run(Backend backend, Operand x, Operand dy, Operand out) {
            backend.forward(Activation.RELU, x, out);
        }
    },
    SIGMOID("sigmoid", 1) {
        @Override
        void run(Backend backend, Operand x, Operand dy, Operand out) {
            backend.forward(Activation.SIGMOID, x, out);
        }
    },
    SIGMOID_BACKWARD("sigmoid'", 2) {
        @Override
        void run(Backend backend, Operand x, Operand dy, Operand out) {
            backend.backward(Activation.SIGMOID, x, dy, out);
        }
    };

    private final String title;
    private final int inputs;

    StagedWork(String title, int inputs) {
        this.title = title;
        this.inputs = inputs;
    }

    String title() {
        return title;
    }

    /** How many operands are copied to the device; one is copied back. */
    int inputs() {
        return inputs;
    }

    /** Computes. */
    abstract void run(Backend backend, Operand x, Operand dy, Operand out);
}
