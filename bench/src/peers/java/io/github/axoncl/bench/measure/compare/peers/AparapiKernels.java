package io.github.axoncl.bench.measure.compare.peers;

import io.github.axoncl.bench.measure.compare.peers.AparapiPeer.Elementwise;

/** The kernels: Aparapi reads the bytecode of their {@code run}. It has no erf, and rows are not its form. */
final class AparapiKernels {
    private AparapiKernels() {
    }

    /** A new kernel; null for what there is none for. */
    static Elementwise of(String function) {
        return switch (function) {
            case "relu" -> new Relu();
            case "leaky_relu" -> new LeakyRelu();
            case "elu" -> new Elu();
            case "sigmoid" -> new Sigmoid();
            case "tanh" -> new Tanh();
            case "gelu_tanh" -> new GeluTanh();
            case "silu" -> new Silu();
            case "softplus" -> new Softplus();
            case "mish" -> new Mish();
            case "hard_swish" -> new HardSwish();
            default -> null;
        };
    }

    static final class Relu extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = max(v, 0f);
        }
    }

    static final class LeakyRelu extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = v > 0f ? v : 0.01f * v;
        }
    }

    static final class Elu extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = v > 0f ? v : exp(v) - 1f;
        }
    }

    static final class Sigmoid extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = 1f / (1f + exp(-v));
        }
    }

    static final class Tanh extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = tanh(v);
        }
    }

    static final class GeluTanh extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = 0.5f * v * (1f + tanh(0.7978845608f * (v + 0.044715f * v * v * v)));
        }
    }

    static final class Silu extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = v / (1f + exp(-v));
        }
    }

    static final class Softplus extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = max(v, 0f) + log(1f + exp(-abs(v)));
        }
    }

    static final class Mish extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = v * tanh(max(v, 0f) + log(1f + exp(-abs(v))));
        }
    }

    static final class HardSwish extends Elementwise {
        @Override
        public void run() {
            int i = getGlobalId();
            float v = x[i];
            y[i] = v * min(max(v + 3f, 0f), 6f) / 6f;
        }
    }
}
