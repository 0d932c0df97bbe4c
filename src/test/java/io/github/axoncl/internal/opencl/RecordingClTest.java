package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.opencl.RecordingCl.Copy;
import io.github.axoncl.internal.opencl.RecordingCl.Direction;
import io.github.axoncl.internal.opencl.RecordingCl.Launch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a backend asks of OpenCL is recorded, without any driver. */
class RecordingClTest {
    private static final int COUNT = 1 << 12;

    @ParameterizedTest
    @EnumSource(KernelForm.class)
    void launchesProgramsAndCopiesAreRecorded(KernelForm form) {
        try (RecordingBackend backend = RecordingBackend.open(form)) {
            float[] y = new float[COUNT];
            y[7] = 1;
            backend.forward(Activation.GELU, new float[COUNT], y);
            RecordingCl recorded = backend.recorded();
            assertThat(y).containsOnly(0);
            assertThat(recorded.programs()).hasSize(1);
            assertThat(recorded.launches()).isNotEmpty().allSatisfy(launch -> {
                assertThat(launch.program()).isEqualTo(recorded.programs().get(0));
                assertThat(launch.program().text()).contains(" void " + launch.kernel());
                assertThat(launch.signature().definition()).isSameAs(Activation.GELU.definition());
                assertThat(launch.signature().operation()).isEqualTo(Operation.FORWARD);
                assertThat(launch.rows().length()).isEqualTo(COUNT);
                assertThat(launch.call()).isEqualTo(1);
                assertThat(launch.groups() * launch.localSize()).isEqualTo(launch.globalSize());
            });
            assertThat(recorded.copies()).contains(new Copy(Direction.WRITE, 4 * COUNT), new Copy(Direction.READ, 4 * COUNT));
            assertThat(recorded.finishes()).isPositive();
            recorded.clear();
            backend.forward(Activation.GELU, new float[COUNT], y);
            assertThat(recorded.programs()).as("kept since").isEmpty();
            assertThat(recorded.launches()).isNotEmpty().allMatch(launch -> launch.call() == 2);
        }
    }

    @Test
    void memoryOfTheDeviceTakesNoneOfTheHost() {
        Rows rows = Rows.of(1 << 14, 1 << 14);
        try (RecordingBackend backend = RecordingBackend.open(KernelForm.GPU);
             DeviceBuffer x = backend.allocate(DType.FLOAT32, rows.length());
             DeviceBuffer y = backend.allocate(DType.FLOAT32, rows.length())) {
            backend.forward(RowActivation.SOFTMAX, rows, x, y);
            assertThat(backend.recorded().copies()).isEmpty();
            assertThat(backend.recorded().launches()).isNotEmpty()
                    .allSatisfy(launch -> assertThat(launch.arguments()).isNotEmpty());
        }
    }

    @Test
    void theDeviceIsTheOneDescribed() {
        RecordingCl cl = RecordingCl.of("GPU", false, 1L << 32, 12, 64, false);
        Device device = Device.query(cl, cl.clGetPlatformIDs()[0], "Recording", cl.clGetDeviceIDs(null, Cl.DEVICE_TYPE_ALL)[0]);
        assertThat(device.info().type()).isEqualTo("GPU");
        assertThat(device.info().computeUnits()).isEqualTo(12);
        assertThat(device.info().fp64()).isFalse();
        assertThat(device.info().unifiedMemory()).isFalse();
        assertThat(device.maxWorkGroup()).isEqualTo(64);
        try (RecordingBackend backend = new RecordingBackend(cl, KernelForm.GPU, BackendOptions.defaults())) {
            backend.forward(Activation.RELU, new float[COUNT], new float[COUNT]);
            assertThat(cl.launches()).extracting(Launch::localSize).allMatch(size -> size <= 64);
        }
    }

    @Test
    void aLaunchThatADriverRefusesIsRefused() {
        RecordingCl cl = RecordingCl.of("GPU", false, 1L << 32, 12, 64, false);
        var program = cl.clCreateProgramWithSource(null, "kernel void k(int n) {}");
        cl.clBuildProgram(program, null, "");
        var kernel = cl.clCreateKernel(program, "k");
        cl.clSetKernelArg(kernel, 1, 5);
        assertThatThrownBy(() -> cl.clEnqueueNDRangeKernel(null, kernel, 64, 64)).hasMessageContaining("KERNEL_ARGS");
        cl.clSetKernelArg(kernel, 0, 5);
        assertThatThrownBy(() -> cl.clEnqueueNDRangeKernel(null, kernel, 65, 64)).hasMessageContaining("WORK_GROUP_SIZE");
        assertThatThrownBy(() -> cl.clEnqueueNDRangeKernel(null, kernel, 128, 128)).hasMessageContaining("WORK_GROUP_SIZE");
        cl.clEnqueueNDRangeKernel(null, kernel, 128, 64);
        assertThat(cl.launches()).singleElement().satisfies(launch -> assertThat(launch.arguments()).containsExactly(5, 5));
    }
}
