package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.KernelCall;

/**
 * A backend on a device of which every call is recorded and nothing is computed: shows without any driver which programs and
 * launches a call leads to. Outputs are zeros. For tests and the workbench.
 */
public final class RecordingBackend extends Backend {
    private static final long MEMORY = 8L << 30;
    private static final int COMPUTE_UNITS = 64;
    private static final int WORK_GROUP = 1024;

    private final RecordingCl cl;
    private final OpenClBackend device;

    /** A backend on the device of a driver.
     *
     * @param cl      the driver
     * @param form    the form of the kernels
     * @param options how bytes cross and how much is kept */
    RecordingBackend(RecordingCl cl, KernelForm form, BackendOptions options) {
        this.cl = cl;
        this.device = new OpenCl(cl).open(cl.device(form), options.withCalibration(false), "it records");
    }

    /** Opens a backend on a discrete GPU or on a CPU, with the kernels and sizes of launches that such a device starts with.
     *
     * @param form {@code GPU} or {@code CPU}
     * @return the backend; close it */
    public static RecordingBackend open(KernelForm form) {
        boolean cpu = form == KernelForm.CPU;
        return new RecordingBackend(RecordingCl.of(form.name(), cpu, MEMORY, COMPUTE_UNITS, cpu ? 4 * WORK_GROUP : WORK_GROUP,
                true), form, BackendOptions.defaults());
    }

    /** What was recorded.
     *
     * @return the driver */
    public RecordingCl recorded() {
        return cl;
    }

    @Override
    protected void compute(KernelCall call) {
        cl.belongsTo(call);
        try {
            device.compute(call);
        } finally {
            cl.belongsTo(null);
        }
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        return device.newBuffer(this, type, length);
    }

    @Override
    public BackendInfo info() {
        return device.info();
    }

    @Override
    public boolean isClosed() {
        return device.isClosed();
    }

    @Override
    public void close() {
        endAsyncCalls();
        device.close();
    }
}
