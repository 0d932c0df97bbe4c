package io.github.axoncl.bench.measure.compare.peers;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.axoncl.bench.measure.compare.Call;
import io.github.axoncl.bench.measure.compare.Contender;
import io.github.axoncl.bench.measure.compare.Peer;
import io.github.axoncl.bench.measure.compare.Subject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** ONNX Runtime: a model of one node on its CPU provider. It has no gradients. */
public final class OnnxRuntimePeer implements Peer, Contender {
    private static final int IR = 10;
    private static final int OPSET = 22;
    private static final Map<String, String> OPERATORS = Map.ofEntries(Map.entry("relu", "Relu"),
            Map.entry("leaky_relu", "LeakyRelu"), Map.entry("elu", "Elu"), Map.entry("sigmoid", "Sigmoid"),
            Map.entry("tanh", "Tanh"), Map.entry("gelu", "Gelu"), Map.entry("gelu_tanh", "Gelu"),
            Map.entry("silu", "QuickGelu"), Map.entry("softplus", "Softplus"), Map.entry("mish", "Mish"),
            Map.entry("hard_swish", "HardSwish"), Map.entry("softmax", "Softmax"));

    private OrtEnvironment environment;
    private OrtSession.SessionOptions options;

    /** For the service loader. */
    public OnnxRuntimePeer() {
    }

    @Override
    public void open(int threads) throws OrtException {
        environment = OrtEnvironment.getEnvironment();
        options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(threads);
        options.setInterOpNumThreads(1);
        options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    }

    @Override
    public String version() {
        return "ONNX Runtime " + environment.getVersion() + ", CPU provider";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "ONNX Runtime";
    }

    @Override
    public String how() {
        return "a model of one node (silu: QuickGelu with alpha 1); input and output tensors in direct buffers, bound before";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) throws OrtException {
        if (subject.backward()) {
            return null;
        }
        long[] shape = {subject.rows(), subject.columns()};
        OrtSession session = environment.createSession(model(subject.function(), shape), options);
        FloatBuffer out = direct(x.length);
        return new Run(session, OnnxTensor.createTensor(environment, direct(x.length).put(0, x), shape),
                OnnxTensor.createTensor(environment, out, shape), out);
    }

    private static FloatBuffer direct(int length) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int i = 0; i < length; i++) {
            buffer.put(i, 1);                           // its pages exist before anything is timed
        }
        return buffer;
    }

    private static byte[] model(String function, long... shape) {
        OnnxMl.NodeProto.Builder node = OnnxMl.NodeProto.newBuilder().setOpType(OPERATORS.get(function)).addInput("x")
                .addOutput("y");
        switch (function) {
            case "leaky_relu" -> node.addAttribute(number("alpha", 0.01f));
            case "elu" -> node.addAttribute(number("alpha", 1));
            case "silu" -> node.setDomain("com.microsoft").addAttribute(number("alpha", 1));
            case "gelu_tanh" -> node.addAttribute(OnnxMl.AttributeProto.newBuilder().setName("approximate")
                    .setType(OnnxMl.AttributeProto.AttributeType.STRING)
                    .setS(com.google.protobuf.ByteString.copyFromUtf8("tanh")));
            default -> {
                // without attributes; softmax is along the last axis
            }
        }
        return OnnxMl.ModelProto.newBuilder().setIrVersion(IR)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
                .setGraph(OnnxMl.GraphProto.newBuilder().setName(function).addNode(node).addInput(value("x", shape))
                        .addOutput(value("y", shape)))
                .build().toByteArray();
    }

    private static OnnxMl.AttributeProto number(String name, float value) {
        return OnnxMl.AttributeProto.newBuilder().setName(name).setType(OnnxMl.AttributeProto.AttributeType.FLOAT).setF(value)
                .build();
    }

    private static OnnxMl.ValueInfoProto value(String name, long... shape) {
        OnnxMl.TensorShapeProto.Builder dimensions = OnnxMl.TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return OnnxMl.ValueInfoProto.newBuilder().setName(name).setType(OnnxMl.TypeProto.newBuilder()
                .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(OnnxMl.TensorProto.DataType.FLOAT.getNumber()).setShape(dimensions))).build();
    }

    private record Run(OrtSession session, OnnxTensor in, OnnxTensor out, FloatBuffer result) implements Call {
        @Override
        public void run() throws OrtException {
            session.run(Map.of("x", in), Map.of("y", out)).close();
        }

        @Override
        public void read(float[] output) {
            result.get(0, output);
        }

        @Override
        public void close() {
            try {
                in.close();
                out.close();
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
