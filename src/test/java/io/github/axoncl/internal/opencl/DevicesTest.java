package io.github.axoncl.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.axoncl.DeviceInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
    private static final String OLD_POCL = "OpenCL 3.0 PoCL 3.1+debian  Linux, None+Asserts, RELOC, SPIR, LLVM 15.0.6";

    private final cl_platform_id broken = new cl_platform_id();
    private final cl_platform_id good = new cl_platform_id();

    private FakeCl twoPlatforms() {
        return new FakeCl(null)
                .on("clGetPlatformIDs", a -> new cl_platform_id[] {broken, good})
                .on("clGetPlatformInfo",
                        a -> a[0] == broken ? "Broken" : (int) a[1] == Cl.PLATFORM_NAME ? "Good" : "OpenCL 1.2")
                .on("clGetDeviceIDs", a -> {
                    if (a[0] == broken) {
                        throw new ClException("clGetDeviceIDs", -6);
                    }
                    return new cl_device_id[] {new cl_device_id()};
                })
                .on("clGetDeviceInfo", a -> (int) a[1] == Cl.DEVICE_TYPE ? Cl.DEVICE_TYPE_GPU : 1L)
                .on("clGetDeviceInfoText", a -> "text");
    }

    @Test
    void aBrokenPlatformIsListedAndHidesNoOther() {
        List<Device> devices = new Devices(twoPlatforms().cl()).discover(null);
        assertThat(devices).extracting(d -> d.toInfo().platform()).containsExactly("Good", "Broken");
        assertThat(devices.get(1).toInfo().verdict()).isEqualTo("refused: clGetDeviceIDs: CL_OUT_OF_HOST_MEMORY (-6)");
        assertThat(devices).noneMatch(Device::accepted);
    }

    @Test
    void asksForAllTypesAsUnsignedNumber() {
        long[] type = new long[1];
        FakeCl fake = twoPlatforms().on("clGetDeviceIDs", a -> {
            type[0] = (long) a[1];
            return new cl_device_id[0];
        });
        new Devices(fake.cl()).discover(null);
        assertThat(type[0]).isEqualTo(0xFFFFFFFFL);
    }

    @Test
    void aDeviceThatCannotBeAskedIsRefused() {
        List<Device> devices = new Devices(twoPlatforms().fail("clGetDeviceInfo", -2).cl()).discover(null);
        assertThat(devices).hasSize(2).noneMatch(Device::accepted);
    }

    @Test
    void aContextThatCannotBeMadeRefusesTheDevice() {
        FakeCl fake = twoPlatforms().fail("clCreateContext", -2);
        List<Device> devices = new OpenCl(fake.cl()).discover(new NoReference());
        assertThat(devices.get(0).toInfo().verdict()).contains("clCreateContext: CL_DEVICE_NOT_AVAILABLE (-2)");
        assertThat(fake.calls).doesNotContain("clReleaseContext");
    }

    @Test
    void noPlatformIsAReasonNotAnException() {
        OpenCl openCl = new OpenCl(new FakeCl(null).fail("clGetPlatformIDs", -1001).cl());
        assertThat(openCl.discover(null)).isEmpty();
        assertThat(openCl.unavailable()).contains("CL_PLATFORM_NOT_FOUND_KHR (-1001)");
    }

    @Test
    void oldPoclIsRefusedByItsVersionAlone() {
        assertThat(PlatformRule.refusal(OLD_POCL, null)).contains("export POCL_SIGFPE_HANDLER=0");
        assertThat(PlatformRule.refusal(OLD_POCL, "1")).isNotNull();
        assertThat(PlatformRule.refusal(OLD_POCL, "0")).isNull();
        assertThat(PlatformRule.refusal("OpenCL 3.0 PoCL 4.0  Linux", null)).isNull();
        assertThat(PlatformRule.refusal("OpenCL 3.0 PoCL 10.1  Linux", null)).isNull();
        assertThat(PlatformRule.refusal("OpenCL 3.0 CUDA 12.2", null)).isNull();
    }

    @Test
    void oldPoclIsRefusedBeforeItsDevicesAreAskedFor() {
        FakeCl fake = twoPlatforms().on("clGetPlatformInfo", a -> OLD_POCL);
        assertThat(new Devices(fake.cl(), null).discover(null)).hasSize(2).noneMatch(Device::accepted);
        assertThat(fake.calls).doesNotContain("clGetDeviceIDs");
        new Devices(fake.cl(), "0").discover(null);
        assertThat(fake.calls).contains("clGetDeviceIDs");
    }

    @Test
    void platformsAreNotListedWhereTheLoaderWouldCountTheDevicesOfAnOldPocl(@TempDir Path vendors) throws IOException {
        Files.writeString(vendors.resolve("pocl.icd"), "libpocl.so.2.10.0");
        assertThat(PlatformRule.refusalToList(vendors)).isNull();
        Files.writeString(vendors.resolve("other.icd"), "libother.so.1\n");
        assertThat(PlatformRule.refusalToList(vendors)).contains("POCL_SIGFPE_HANDLER=0");
        Files.writeString(vendors.resolve("pocl.icd"), "libpocl.so.2.11.0\n");
        assertThat(PlatformRule.refusalToList(vendors)).isNull();
        assertThat(PlatformRule.refusalToList(vendors.resolve("missing"))).isNull();
    }

    @Test
    void poclIsNotChosenFreelyWithoutSignalChaining() {
        assertThat(PlatformRule.reservation("Portable Computing Language", true)).contains("LD_PRELOAD");
        assertThat(PlatformRule.reservation("Portable Computing Language", false)).isNull();
        assertThat(PlatformRule.reservation("NVIDIA CUDA", true)).isNull();
    }

    @Test
    void integerDivisionByZeroThrowsHere() {
        assertThat(PlatformRule.divisionWorks()).isTrue();
    }

    @Test
    void ranksExactBeforeInexactAndRealBeforeSimulated() {
        Device gpu = device("GPU", true, true);
        Device inexactGpu = device("GPU", true, false);
        Device cpu = device("CPU", true, true);
        Device simulator = device("SIMULATOR", true, true);
        Device refused = device("GPU", false, false);
        assertThat(Stream.of(refused, simulator, cpu, inexactGpu, gpu)
                .sorted(Comparator.comparingDouble(Device::score).reversed()))
                .containsExactly(gpu, cpu, simulator, inexactGpu, refused);
        assertThat(Stream.of(refused, simulator, cpu, inexactGpu, gpu).filter(Device::eligible)).containsExactly(cpu, gpu);
    }

    private static Device device(String type, boolean accepted, boolean exact) {
        return new Device(null, null, new DeviceInfo("p", type, "", "", "", type, 4, 1L << 30, 1L << 28, false, false, false,
                accepted, exact, ""), 256);
    }
}
