package io.github.axoncl.bench.measure.compare.peers;

import io.github.axoncl.bench.measure.compare.Call;
import io.github.axoncl.bench.measure.compare.Contender;
import io.github.axoncl.bench.measure.compare.Peer;
import io.github.axoncl.bench.measure.compare.Subject;
import java.util.List;
import java.util.Map;
import neureka.Neureka;
import neureka.Shape;
import neureka.Tensor;
import neureka.backend.ocl.CLBackend;
import neureka.devices.opencl.OpenCLDevice;
import neureka.math.Function;

/** neureka on an OpenCL device. Its functions make their outputs; gradients are found by its automatic differentiation only. */
public final class NeurekaPeer implements Peer, Contender {
    /** Its relu is leaky, by 0.01. Its gelu is an approximation by sigmoid, so gelu is not compared. */
    private static final Map<String, String> FUNCTIONS = Map.of("leaky_relu", "relu(i0)", "sigmoid", "sigmoid(i0)", "tanh",
            "tanh(i0)", "silu", "silu(i0)", "softplus", "softplus(i0)");

    private OpenCLDevice device;

    /** For the service loader. */
    public NeurekaPeer() {
    }

    @Override
    public void open(int threads) {
        device = Neureka.get().backend().find(CLBackend.class)
                .orElseThrow(() -> new IllegalStateException("it found no OpenCL")).getPlatforms().stream()
                .flatMap(platform -> platform.getDevices().stream())
                .filter(found -> OpenCl.isWanted(found.name(), found.version()))
                .findFirst().orElseThrow(() -> new IllegalStateException("it found no fast OpenCL device"));
    }

    @Override
    public String version() {
        return "neureka 1.0.0 on " + device.name() + ", " + device.version();
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "neureka";
    }

    @Override
    public String how() {
        return "a tensor on the device, its function makes the output; leaky_relu is its relu";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) {
        String text = FUNCTIONS.get(subject.function());
        if (subject.backward() || text == null) {
            return null;
        }
        Tensor<Float> in = Tensor.of(Float.class, Shape.of(x.length), x).to(device);
        return new Run(Function.of(text, false), in);
    }

    private static final class Run implements Call {
        private final Function function;
        private final Tensor<Float> in;
        private Tensor<Float> out;

        Run(Function function, Tensor<Float> in) {
            this.function = function;
            this.in = in;
        }

        @Override
        public void run() {
            Tensor<Float> before = out;
            out = function.call(in);
            if (before != null) {
                before.getMut().delete();
            }
        }

        @Override
        public void read(float[] output) {
            float[] result = out.getDataAs(float[].class);
            System.arraycopy(result, 0, output, 0, output.length);
        }

        @Override
        public void close() {
            in.getMut().delete();
            if (out != null) {
                out.getMut().delete();
            }
        }
    }
}
