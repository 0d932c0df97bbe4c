package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.KernelCall;

/** A reference for tests in which nothing gets as far as being compared. */
final class NoReference extends Backend {
    @Override
    protected void compute(KernelCall call) {
        throw new AssertionError("not expected to compute");
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        throw new AssertionError("not expected to allocate");
    }

    @Override
    public BackendInfo info() {
        throw new AssertionError("not expected to be asked");
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void close() {
    }
}
