package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.internal.cache.OwnCache;
import io.github.axoncl.internal.cache.UserCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Measuring on a device leaves nothing behind, and what was measured is used by backends that may use it. */
@Tag("opencl")
class TilingRunsTest {
    private static final Tiling OTHER = new Tiling(128, 1, 1);
    private static final long MIB = 1 << 20;

    @RegisterExtension
    private final OwnCache cache = new OwnCache();

    @AfterEach
    void noTilingIsTold() {
        System.clearProperty(Tilings.PROPERTY);
    }

    private static Tiling best(Cl cl, WorkloadClass workload, Tuning.Turns turns) {
        return TilingRuns.best(cl, TrackedCl.device(), BackendOptions.defaults(), workload, () -> false, turns);
    }

    @Test
    void whatIsMeasuredIsGivenBack() {
        TrackedCl tracked = new TrackedCl();
        Tiling best = best(tracked.cl(), WorkloadClass.LIGHT, Runnable::run);
        List<Tiling> possible = new ArrayList<>(WorkloadClass.LIGHT.candidates(TrackedCl.device().form()));
        possible.add(Tiling.DEFAULT);
        assertThat(best == null || possible.contains(best)).as("%s", best).isTrue();
        assertThat(tracked.handles()).isEmpty();
        assertThat(tracked.mistakes()).isEmpty();
    }

    @Test
    void itStopsWhenItIsTold() {
        TrackedCl tracked = new TrackedCl();
        assertThatThrownBy(() -> TilingRuns.best(tracked.cl(), TrackedCl.device(), BackendOptions.defaults(),
                WorkloadClass.LIGHT, () -> true, Runnable::run)).isInstanceOf(CancellationException.class);
        assertThat(tracked.handles()).isEmpty();
    }

    @Test
    void operandsExceedTheCacheWhereMemoryAllows() {
        for (long cache : new long[] {8 * MIB + 1, 32 * MIB, 50 * MIB, 96 * MIB}) {
            assertThat(TilingRuns.operandBytes(cache, device(64 << 10, 16 << 10))).isGreaterThan(4 * cache)
                    .isLessThanOrEqualTo(4 * cache + MIB);
        }
        assertThat(TilingRuns.operandBytes(0, device(64 << 10, 16 << 10))).as("no cache").isEqualTo(32 * MIB);
        assertThat(TilingRuns.operandBytes(50 * MIB, device(64 << 10, 100))).as("the largest allocation").isEqualTo(100 * MIB);
        assertThat(TilingRuns.operandBytes(50 * MIB, device(3 << 10, 1 << 10))).as("an eighth of all").isEqualTo(128 * MIB);
    }

    private static DeviceInfo device(long mebibytes, long allocation) {
        return new DeviceInfo("platform", "device", "vendor", "driver", "version", "GPU", 8, mebibytes * MIB, allocation * MIB,
                false, true, true, true, true, "accepted");
    }

    @Test
    void whatWasKeptServesLongCallsUnlessItIsSwitchedOff() {
        Device device = TrackedCl.device();
        new SavedTiling(UserCache.ofUser(), device).keep(WorkloadClass.LIGHT, OTHER);
        BackendOptions options = BackendOptions.defaults();
        assertThat(reasonAfterCalls(options, Tuning.LONG)).isEqualTo("test; long light calls in " + OTHER);
        assertThat(reasonAfterCalls(options, Tuning.LONG - 1)).isEqualTo("test");
        Tiling usual = WorkloadClass.LIGHT.usual(device.form());
        assertThat(usual).isNotEqualTo(OTHER);
        assertThat(reasonAfterCalls(options.withCalibration(false), Tuning.LONG))
                .isEqualTo(usual.isDefault() ? "test" : "test; long light calls in " + usual);
        System.setProperty(Tilings.PROPERTY, "64,4,4");
        assertThat(reasonAfterCalls(options.withCalibration(false), 5)).isEqualTo("test; element-wise calls in "
                + new Tiling(64, 4, 4));
    }

    private static String reasonAfterCalls(BackendOptions options, long length) {
        try (Backend backend = OpenCl.load().open(TrackedCl.device(), options, "test");
                DeviceBuffer buffer = backend.allocate(DType.FLOAT32, length)) {
            buffer.write(new float[(int) length]);
            backend.forward(Activation.RELU, buffer, buffer);
            return backend.info().reason();
        }
    }
}
