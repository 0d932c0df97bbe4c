package io.github.axoncl.bench.measure.compare.peers;

import com.aparapi.Kernel;
import com.aparapi.Range;
import com.aparapi.device.Device;
import com.aparapi.device.OpenCLDevice;
import io.github.axoncl.bench.measure.compare.Call;
import io.github.axoncl.bench.measure.compare.Contender;
import io.github.axoncl.bench.measure.compare.Peer;
import io.github.axoncl.bench.measure.compare.Subject;
import java.util.List;
import java.util.stream.Stream;

/** Aparapi: Java methods that it translates to OpenCL C; the formulas are those that people write with it. */
public final class AparapiPeer implements Peer, Contender {
    private OpenCLDevice device;

    /** For the service loader. */
    public AparapiPeer() {
    }

    @Override
    public void open(int threads) {
        device = Stream.of(Device.TYPE.GPU, Device.TYPE.CPU, Device.TYPE.ACC)
                .flatMap(type -> OpenCLDevice.listDevices(type).stream())
                .filter(found -> OpenCl.isWanted(found.getOpenCLPlatform().getName(), found.getName()))
                .findFirst().orElseThrow(() -> new IllegalStateException("it found no fast OpenCL device"));
    }

    @Override
    public String version() {
        return "Aparapi 3.0.2 on " + device.getOpenCLPlatform().getName() + ", " + device.getOpenCLPlatform().getVersion();
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "Aparapi";
    }

    @Override
    public String how() {
        return "a kernel in Java with the textbook formula; its buffers stay on the device (explicit mode)";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) {
        Elementwise kernel = subject.backward() ? null : AparapiKernels.of(subject.function());
        if (kernel == null) {
            return null;
        }
        kernel.x = x;
        kernel.y = new float[x.length];
        kernel.setExplicit(true);
        kernel.put(kernel.x).put(kernel.y);
        Range range = Range.create(device, x.length);
        kernel.execute(range);
        Device.TYPE ran = kernel.getTargetDevice().getType();
        if (ran == Device.TYPE.JTP || ran == Device.TYPE.SEQ || ran == Device.TYPE.ALT) {
            throw new IllegalStateException("it ran on the JVM instead of the device");
        }
        return new Run(kernel, range);
    }

    /** What all kernels have; Aparapi wants the fields in the kernel's class or above it. */
    abstract static class Elementwise extends Kernel {
        /** The input. */
        protected float[] x;
        /** The output. */
        protected float[] y;
    }

    private record Run(Elementwise kernel, Range range) implements Call {
        @Override
        public void run() {
            kernel.execute(range);
        }

        @Override
        public void read(float[] output) {
            kernel.get(kernel.y);
            System.arraycopy(kernel.y, 0, output, 0, output.length);
        }

        @Override
        public void close() {
            kernel.dispose();
        }
    }
}
