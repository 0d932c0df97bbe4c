package io.github.axoncl.bench.measure.compare.peers;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;

import io.github.axoncl.bench.measure.compare.Call;
import io.github.axoncl.bench.measure.compare.Contender;
import io.github.axoncl.bench.measure.compare.Peer;
import io.github.axoncl.bench.measure.compare.Subject;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** oneDNN's element-wise and softmax primitives, through its JavaCPP presets. */
public final class OneDnnPeer implements Peer, Contender {
    private static final int ROW_AXIS = 1;
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("relu", Kind.of(algorithm.eltwise_relu, 0)),
            Map.entry("leaky_relu", Kind.of(algorithm.eltwise_relu, 0.01f)),
            Map.entry("elu", Kind.of(algorithm.eltwise_elu, 1)),
            Map.entry("sigmoid", new Kind(algorithm.eltwise_logistic, algorithm.eltwise_logistic_use_dst_for_bwd, 0, 0)),
            Map.entry("tanh", new Kind(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0, 0)),
            Map.entry("gelu", Kind.of(algorithm.eltwise_gelu_erf, 0)),
            Map.entry("gelu_tanh", Kind.of(algorithm.eltwise_gelu_tanh, 0)),
            Map.entry("silu", Kind.of(algorithm.eltwise_swish, 1)),
            Map.entry("softplus", Kind.of(algorithm.eltwise_soft_relu, 1)),
            Map.entry("mish", Kind.of(algorithm.eltwise_mish, 0)),
            Map.entry("hard_swish", new Kind(algorithm.eltwise_hardswish, algorithm.eltwise_hardswish, 1f / 6, 0.5f)));

    private engine cpu;
    private stream order;

    /** For the service loader. */
    public OneDnnPeer() {
    }

    /** The algorithms of a function. Those of gradients from the output have another name.
     *
     * @param alpha their first parameter
     * @param beta  the second */
    private record Kind(algorithm forward, algorithm backward, float alpha, float beta) {
        static Kind of(algorithm both, float alpha) {
            return new Kind(both, both, alpha, 0);
        }

        boolean fromOutput() {
            return forward != backward;
        }
    }

    @Override
    public void open(int threads) {
        cpu = new engine(engine.kind.cpu, 0);            // OpenMP: OMP_NUM_THREADS is set by who starts this process
        order = new stream(cpu);
    }

    @Override
    public String version() {
        dnnl_version_t version = dnnl.dnnl_version();
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch() + " (JavaCPP presets)";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "oneDNN";
    }

    @Override
    public String how() {
        return "a primitive built before, operands in its memory; gradients of sigmoid, tanh and softmax from the output";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) {
        memory.desc layout = new memory.desc(new long[] {subject.rows(), subject.columns()}, memory.data_type.f32,
                memory.format_tag.ab);
        FloatPointer in = new FloatPointer(x.length).put(x, 0, x.length);
        FloatPointer gradient = new FloatPointer(x.length).put(dy, 0, x.length);
        FloatPointer out = new FloatPointer(x.length).put(dy, 0, x.length);
        memory source = new memory(layout, cpu, in);
        memory target = new memory(layout, cpu, out);
        boolean byRows = subject.columns() > 1;
        Kind kind = KINDS.get(subject.function());
        primitive forward = byRows
                ? new softmax_forward(softmax(layout, prop_kind.forward_inference))
                : new eltwise_forward(elementwise(layout, kind.forward(), kind, prop_kind.forward_inference));
        IntMemoryMap arguments = new IntMemoryMap();
        if (!subject.backward()) {
            put(arguments, DNNL_ARG_SRC, source);
            put(arguments, DNNL_ARG_DST, target);
            return new Run(forward, order, arguments, List.of(in, gradient, out), out);
        }
        boolean fromOutput = byRows || kind.fromOutput();
        if (fromOutput) {
            put(arguments, DNNL_ARG_SRC, source);
            put(arguments, DNNL_ARG_DST, source);
            forward.execute(order, arguments);
            order._wait();
            arguments = new IntMemoryMap();
        }
        put(arguments, fromOutput ? DNNL_ARG_DST : DNNL_ARG_SRC, source);
        put(arguments, DNNL_ARG_DIFF_DST, new memory(layout, cpu, gradient));
        put(arguments, DNNL_ARG_DIFF_SRC, target);
        primitive backward = byRows
                ? new softmax_backward(new softmax_backward.primitive_desc(cpu, algorithm.softmax_accurate, layout, layout,
                        layout, ROW_AXIS, softmax(layout, prop_kind.forward_training)))
                : new eltwise_backward(new eltwise_backward.primitive_desc(cpu, kind.backward(), layout, layout, layout,
                        kind.alpha(), kind.beta(), elementwise(layout, kind.backward(), kind, prop_kind.forward_training)));
        return new Run(backward, order, arguments, List.of(in, gradient, out), out);
    }

    private static void put(IntMemoryMap arguments, int key, memory value) {
        arguments.put(key, value);
    }

    private softmax_forward.primitive_desc softmax(memory.desc layout, prop_kind use) {
        return new softmax_forward.primitive_desc(cpu, use, algorithm.softmax_accurate, layout, layout, ROW_AXIS);
    }

    private eltwise_forward.primitive_desc elementwise(memory.desc layout, algorithm which, Kind kind, prop_kind use) {
        return new eltwise_forward.primitive_desc(cpu, use, which, layout, layout, kind.alpha(), kind.beta());
    }

    private record Run(primitive call, stream order, IntMemoryMap arguments, List<FloatPointer> operands, FloatPointer out)
            implements Call {
        @Override
        public void run() {
            call.execute(order, arguments);
            order._wait();
        }

        @Override
        public void read(float[] output) {
            out.get(output, 0, output.length);
        }

        @Override
        public void close() {
            operands.forEach(FloatPointer::close);
        }
    }
}
