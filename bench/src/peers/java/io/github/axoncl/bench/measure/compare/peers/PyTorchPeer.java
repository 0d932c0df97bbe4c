package io.github.axoncl.bench.measure.compare.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import io.github.axoncl.bench.measure.compare.Call;
import io.github.axoncl.bench.measure.compare.Contender;
import io.github.axoncl.bench.measure.compare.Peer;
import io.github.axoncl.bench.measure.compare.Subject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** PyTorch through DJL: its operators, each with its output given, as TorchScript of one line. */
public final class PyTorchPeer implements Peer, Contender {
    private static final Map<String, String> FORWARD = Map.ofEntries(Map.entry("relu", "torch.relu(x, out=out)"),
            Map.entry("leaky_relu", "torch.leaky_relu(x, 0.01, out=out)"), Map.entry("elu", "torch.elu(x, 1, 1, 1, out=out)"),
            Map.entry("sigmoid", "torch.sigmoid(x, out=out)"), Map.entry("tanh", "torch.tanh(x, out=out)"),
            Map.entry("gelu", "torch.gelu(x, approximate=\"none\", out=out)"),
            Map.entry("gelu_tanh", "torch.gelu(x, approximate=\"tanh\", out=out)"),
            Map.entry("silu", "torch.silu(x, out=out)"), Map.entry("softplus", "torch.softplus(x, 1, 20, out=out)"),
            Map.entry("mish", "torch.mish(x, out=out)"), Map.entry("hard_swish", "torch.hardswish(x, out=out)"),
            Map.entry("softmax", "torch._softmax(x, 1, False, out=out)"));
    /** The operators that its automatic gradients call; sigmoid's, tanh's and softmax's start from the output. */
    private static final Map<String, String> BACKWARD = Map.ofEntries(
            Map.entry("relu", "torch.threshold_backward(dy, x, 0, grad_input=out)"),
            Map.entry("leaky_relu", "torch.leaky_relu_backward(dy, x, 0.01, False, grad_input=out)"),
            Map.entry("elu", "torch.elu_backward(dy, 1, 1, 1, False, x, grad_input=out)"),
            Map.entry("sigmoid", "torch.sigmoid_backward(dy, x, grad_input=out)"),
            Map.entry("tanh", "torch.tanh_backward(dy, x, grad_input=out)"),
            Map.entry("gelu", "torch.gelu_backward(dy, x, approximate=\"none\", grad_input=out)"),
            Map.entry("gelu_tanh", "torch.gelu_backward(dy, x, approximate=\"tanh\", grad_input=out)"),
            Map.entry("silu", "torch.silu_backward(dy, x, grad_input=out)"),
            Map.entry("softplus", "torch.softplus_backward(dy, x, 1, 20, grad_input=out)"),
            Map.entry("mish", "torch.mish_backward(dy, x)"),
            Map.entry("hard_swish", "torch.hardswish_backward(dy, x, out=out)"),
            Map.entry("softmax", "torch._softmax_backward_data(dy, x, 1, 6, grad_input=out)"));
    private static final List<String> FROM_OUTPUT = List.of("sigmoid", "tanh", "softmax");

    private PtNDManager manager;

    /** For the service loader. */
    public PyTorchPeer() {
    }

    @Override
    public void open(int threads) {
        System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(threads));
        System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
        manager = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
        if (JniUtils.getNumThreads() != threads) {
            throw new IllegalStateException(JniUtils.getNumThreads() + " threads instead of " + threads);
        }
    }

    @Override
    public String version() {
        return "PyTorch " + Engine.getEngine("PyTorch").getVersion() + " through DJL " + Engine.getDjlVersion();
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "PyTorch";
    }

    @Override
    public String how() {
        return "TorchScript of one operator, its own tensors, the output given (but to mish's gradient); gradients of sigmoid, "
                + "tanh and softmax from the output";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) throws IOException {
        PtNDManager own = manager.newSubManager(Device.cpu());
        Shape shape = new Shape(subject.rows(), subject.columns());
        PtNDArray in = (PtNDArray) own.create(x, shape);
        PtNDArray gradient = (PtNDArray) own.create(dy, shape);
        PtNDArray out = (PtNDArray) own.create(new float[x.length], shape);
        if (subject.backward() && FROM_OUTPUT.contains(subject.function())) {
            try (PtSymbolBlock forward = load(own, FORWARD.get(subject.function()))) {
                run(forward, values(in, gradient, in));
            }
        }
        String text = (subject.backward() ? BACKWARD : FORWARD).get(subject.function());
        return new Run(own, load(own, text), values(in, gradient, out));
    }

    private static PtSymbolBlock load(PtNDManager manager, String expression) throws IOException {
        return JniUtils.loadModule(manager, new ByteArrayInputStream(TorchScript.of(expression)), false, false);
    }

    private static IValue[] values(PtNDArray x, PtNDArray dy, PtNDArray out) {
        return new IValue[] {IValue.from(x), IValue.from(dy), IValue.from(out)};
    }

    private static void run(PtSymbolBlock block, IValue... values) {
        block.forward(values).close();
    }

    private record Run(PtNDManager manager, PtSymbolBlock block, IValue... values) implements Call {
        @Override
        public void run() {
            PyTorchPeer.run(block, values);
        }

        @Override
        public void read(float[] output) {
            float[] result;
            try (IValue value = block.forward(values); PtNDArray out = value.toTensor(manager)) {
                result = out.toFloatArray();
            }
            System.arraycopy(result, 0, output, 0, output.length);
        }

        @Override
        public void close() {
            for (IValue value : values) {
                value.close();
            }
            block.close();
            manager.close();
        }
    }
}
