package io.github.axoncl.bench.measure.compare.peers;

import io.github.axoncl.bench.measure.compare.Call;
import io.github.axoncl.bench.measure.compare.Contender;
import io.github.axoncl.bench.measure.compare.Peer;
import io.github.axoncl.bench.measure.compare.Subject;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.custom.SoftMax;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.PreciseGELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native operations. Its gelu is an approximation by sigmoid, so gelu is not compared; hard_swish does not exist. */
public final class Nd4jPeer implements Peer, Contender {

    /** For the service loader. */
    public Nd4jPeer() {
    }

    @Override
    public void open(int threads) {
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
    }

    @Override
    public String version() {
        String version = Nd4j.class.getPackage().getImplementationVersion();
        return "ND4J " + (version == null ? "1.0.0-M2.1" : version) + ", " + Nd4j.getBackend().getClass().getSimpleName();
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "ND4J";
    }

    @Override
    public String how() {
        return "its own arrays, the output given";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) {
        long[] shape = {subject.rows(), subject.columns()};
        INDArray in = Nd4j.create(x, shape, 'c');
        INDArray gradient = Nd4j.create(dy, shape, 'c');
        INDArray out = Nd4j.ones(shape);
        Runnable call = subject.backward() ? backward(subject.function(), in, gradient, out)
                : forward(subject.function(), in, out);
        return call == null ? null : new Run(call, List.of(in, gradient, out), out);
    }

    private static Runnable forward(String function, INDArray x, INDArray z) {
        return switch (function) {
            case "relu" -> run(new RectifiedLinear(x, z, 0));
            case "leaky_relu" -> run(new LeakyReLU(x, z, 0.01));
            case "elu" -> run(new ELU(x, z, 1));
            case "sigmoid" -> run(new Sigmoid(x, z));
            case "tanh" -> run(new Tanh(x, z));
            case "gelu_tanh" -> run(new PreciseGELU(x, z));
            case "silu" -> run(new Swish(x, z));
            case "softplus" -> run(new SoftPlus(x, z));
            case "mish" -> run(new Mish(x, z));
            case Subject.SOFTMAX -> run(new SoftMax(x, z, 1));
            default -> null;
        };
    }

    private static Runnable backward(String function, INDArray x, INDArray dy, INDArray z) {
        return switch (function) {
            case "relu" -> gradient("relu_bp", x, dy, z, 0);
            case "leaky_relu" -> gradient("lrelu_bp", x, dy, z, 0.01);
            case "elu" -> gradient("elu_bp", x, dy, z, 1);
            case "sigmoid" -> gradient("sigmoid_bp", x, dy, z);
            case "tanh" -> gradient("tanh_bp", x, dy, z);
            case "softplus" -> gradient("softplus_bp", x, dy, z);
            case Subject.SOFTMAX -> run(DynamicCustomOp.builder("softmax_bp").addInputs(x, dy).addOutputs(z)
                    .addIntegerArguments(1).build());
            default -> null;
        };
    }

    private static Runnable gradient(String name, INDArray x, INDArray dy, INDArray z, Double... arguments) {
        return run(DynamicCustomOp.builder(name).addInputs(x, dy).addOutputs(z).addFloatingPointArguments(arguments).build());
    }

    private static Runnable gradient(String name, INDArray x, INDArray dy, INDArray z, double argument) {
        return gradient(name, x, dy, z, new Double[] {argument});
    }

    private static Runnable run(Op operation) {
        return () -> Nd4j.getExecutioner().exec(operation);
    }

    private static Runnable run(CustomOp operation) {
        return () -> Nd4j.getExecutioner().exec(operation);
    }

    private record Run(Runnable call, List<INDArray> operands, INDArray out) implements Call {
        @Override
        public void run() {
            call.run();
        }

        @Override
        public void read(float[] output) {
            float[] result = out.data().asFloat();
            System.arraycopy(result, 0, output, 0, output.length);
        }

        @Override
        public void close() {
            operands.forEach(INDArray::close);
        }
    }
}
