package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceInfo;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** What is chosen on a GPU whose launches take the times that a test says, behind the seam; nothing is computed. */
class SimulatedTuningTest {
    private static final long MIB = 1 << 20;
    private static final long CACHE = 8 * MIB;
    /** What a wait takes beside the launches: more than a launch. */
    private static final long WAIT = 1_000_000;
    private static final long LAUNCH = 50_000;

    private final FakeCl fake = new FakeCl(null);
    /** The calls in each of what runs alone. */
    private final List<List<String>> alone = new ArrayList<>();
    private final List<Long> buffers = new ArrayList<>();
    private long now;
    private long submitted;
    private long lastGroup;
    /** Work-groups of this size compute something else. */
    private long wrongGroup;
    private Cost cost = (items, group) -> 1;

    /** How many times as long a launch takes. */
    private interface Cost {
        double of(long items, long group);
    }

    SimulatedTuningTest() {
        fake.on("clCreateContext", arguments -> new cl_context())
                .on("clCreateCommandQueue", arguments -> new cl_command_queue())
                .on("clCreateProgramWithSource", arguments -> new cl_program())
                .on("clCreateKernel", arguments -> new cl_kernel())
                .on("clGetKernelWorkGroupSize", arguments -> 1024L)
                .on("clGetDeviceInfo", arguments -> arguments[1].equals(Cl.DEVICE_GLOBAL_MEM_CACHE_SIZE) ? CACHE : 0)
                .on("clCreateBuffer", arguments -> {
                    buffers.add((Long) arguments[2]);
                    return new cl_mem();
                })
                .on("clEnqueueNDRangeKernel", arguments -> {
                    lastGroup = (Long) arguments[3];
                    submitted += (long) (LAUNCH * cost.of((Long) arguments[2], (Long) arguments[3]));
                    return null;
                })
                .on("clEnqueueReadBuffer", arguments -> {
                    if (arguments[3] instanceof float[] values) {
                        values[values.length - 1] = lastGroup == wrongGroup ? 1 : 0;
                    } else {
                        ((short[]) arguments[3])[0] = (short) (lastGroup == wrongGroup ? 1 : 0);
                    }
                    return null;
                })
                .on("clFinish", arguments -> {
                    now += submitted + WAIT;
                    submitted = 0;
                    return null;
                });
        for (String call : List.of("clBuildProgram", "clSetKernelArg", "clEnqueueWriteBuffer", "clFlush", "clReleaseContext",
                "clReleaseCommandQueue", "clReleaseProgram", "clReleaseKernel", "clReleaseMemObject")) {
            fake.on(call, arguments -> null);
        }
    }

    private Tiling best(WorkloadClass workload) {
        DeviceInfo info = new DeviceInfo("platform", "GPU", "vendor", "driver", "OpenCL 3.0", "GPU", 8, 4096 * MIB, 1024 * MIB,
                false, true, true, true, true, "accepted");
        return TilingRuns.best(fake.cl(), new Device(null, new cl_device_id(), info, 1024, KernelForm.GPU),
                BackendOptions.defaults(), workload, () -> false, this::alone, () -> now);
    }

    private void alone(Runnable some) {
        int before = fake.calls.size();
        some.run();
        alone.add(List.copyOf(fake.calls.subList(before, fake.calls.size())));
    }

    @Test
    void aTimingWaitsOnceForManyLaunches() {
        WorkloadClass workload = WorkloadClass.LIGHT;
        assertThat(best(workload)).isEqualTo(Tiling.DEFAULT);
        int timings = (workload.candidates(KernelForm.GPU).size() + 1) * workload.measured().size() * TilingChoice.ROUNDS;
        for (List<String> timing : alone.subList(alone.size() - timings, alone.size())) {
            assertThat(Collections.frequency(timing, "clEnqueueNDRangeKernel")).isEqualTo(64);
            assertThat(Collections.frequency(timing, "clFinish")).isEqualTo(1);
            assertThat(timing).endsWith("clFinish");
        }
    }

    @Test
    void launchesThatTakeLongEnoughAreFew() {
        cost = (items, group) -> 40;
        best(WorkloadClass.LIGHT);
        List<String> timing = alone.get(alone.size() - 1);
        assertThat(Collections.frequency(timing, "clEnqueueNDRangeKernel")).isEqualTo(1);
    }

    /** A launch takes a tenth less, a launch with a wait a two hundredth. */
    @Test
    void whatASingleWaitWouldHideIsSeen() {
        cost = (items, group) -> group == 512 ? 0.9 : 1;
        assertThat(best(WorkloadClass.LIGHT).workGroup()).isEqualTo(512);
    }

    @Test
    void operandsExceedTheCache() {
        best(WorkloadClass.LIGHT);
        assertThat(buffers.stream().filter(bytes -> bytes > 4 * CACHE)).hasSize(3);
    }

    /** 500 ms for a launch over all elements, four in each work-item. */
    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "HEAVY"})
    void operandsAreSmallerWhereCallsWouldTakeTooLong(WorkloadClass workload) {
        long all = (4 * CACHE + MIB) / Float.BYTES;
        AtomicLong longest = new AtomicLong();
        cost = (items, group) -> {
            longest.accumulateAndGet((long) (LAUNCH * 10_000.0 * items * 4 / all), Math::max);
            return 10_000.0 * items * 4 / all;
        };
        best(workload);
        assertThat(longest.get()).isLessThan(workload.isLimitedByMemory() ? 60_000_000 : 16_000_000);
        // The last one is the bias.
        assertThat(buffers.get(buffers.size() - 2)).isEqualTo(workload.isLimitedByMemory() ? 3 * MIB : MIB);
    }

    /** Half as long in work-groups of 128, of which every class has candidates. */
    @ParameterizedTest
    @EnumSource
    void everyClassFindsWhatIsFaster(WorkloadClass workload) {
        cost = (items, group) -> group == 128 ? 0.5 : 1;
        Tiling best = best(workload);
        assertThat(best.workGroup()).isEqualTo(128);
        assertThat(workload.candidates(KernelForm.GPU)).contains(best);
    }

    @ParameterizedTest
    @EnumSource
    void whatGivesOtherBitsIsNotTakenHoweverFast(WorkloadClass workload) {
        cost = (items, group) -> group == 128 ? 0.5 : 1;
        wrongGroup = 128;
        assertThat(best(workload)).isEqualTo(Tiling.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSlowerLoses(WorkloadClass workload) {
        cost = (items, group) -> group == 128 ? 3 : 1;
        assertThat(best(workload)).isEqualTo(Tiling.DEFAULT);
    }
}
