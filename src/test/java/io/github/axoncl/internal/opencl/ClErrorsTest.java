package io.github.axoncl.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClErrorsTest {
    @Test
    void namesCallErrorAndCode() {
        assertThat(new ClException("clFinish", -5)).hasMessage("clFinish: CL_OUT_OF_RESOURCES (-5)");
        assertThat(new ClException("clFinish", -4711)).hasMessage("clFinish: unknown error (-4711)");
    }

    @Test
    void theSameCodeMeansShortMemoryOrALostDeviceDependingOnTheCall() {
        assertThat(new ClException("clCreateBuffer", -5).isOutOfMemory()).isTrue();
        assertThat(new ClException("clCreateBuffer", -5).isDeviceLost()).isFalse();
        assertThat(new ClException("clEnqueueNDRangeKernel", -4).isOutOfMemory()).isTrue();
        assertThat(new ClException("clFinish", -5).isOutOfMemory()).isFalse();
        assertThat(new ClException("clFinish", -5).isDeviceLost()).isTrue();
        assertThat(new ClException("clEnqueueReadBuffer", -36).isDeviceLost()).isTrue();
        assertThat(new ClException("clSetKernelArg", -50).isDeviceLost()).isFalse();
    }
}
