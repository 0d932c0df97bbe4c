package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.internal.cache.OwnCache;
import io.github.axoncl.internal.cache.UserCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;
import java.util.concurrent.CancellationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Measuring on a device leaves nothing behind, and what was measured is used by backends that may use it. */
@Tag("opencl")
class TilingRunsTest {
    private static final Tiling OTHER = new Tiling(128, 1, 1);

    @RegisterExtension
    private final OwnCache cache = new OwnCache();

    @AfterEach
    void noTilingIsTold() {
        System.clearProperty(Tilings.PROPERTY);
    }

    @Test
    void whatIsMeasuredIsGivenBack() {
        TrackedCl tracked = new TrackedCl();
        Tuned best = TilingRuns.best(tracked.cl(), TrackedCl.device(), BackendOptions.defaults(),
                List.of(OTHER, new Tiling(4096, 64, 1)), () -> false, Runnable::run);
        List<Tiling> possible = List.of(Tiling.DEFAULT, OTHER, new Tiling(4096, 64, 1));
        assertThat(best == null || possible.contains(best.light()) && possible.contains(best.heavy())).as("%s", best).isTrue();
        assertThat(tracked.handles()).isEmpty();
        assertThat(tracked.mistakes()).isEmpty();
    }

    @Test
    void itStopsWhenItIsTold() {
        TrackedCl tracked = new TrackedCl();
        assertThatThrownBy(() -> TilingRuns.best(tracked.cl(), TrackedCl.device(), BackendOptions.defaults(), List.of(OTHER),
                () -> true, Runnable::run)).isInstanceOf(CancellationException.class);
        assertThat(tracked.handles()).isEmpty();
    }

    @Test
    void whatWasKeptServesLongCallsUnlessItIsSwitchedOff() {
        Device device = TrackedCl.device();
        new SavedTiling(UserCache.ofUser(), device).keep(new Tuned(OTHER, Tiling.DEFAULT));
        BackendOptions options = BackendOptions.defaults();
        assertThat(reasonAfterCalls(options, Tuning.LONG)).isEqualTo("test; long light calls in " + OTHER);
        assertThat(reasonAfterCalls(options, Tuning.LONG - 1)).isEqualTo("test");
        String usual = Tuned.usual(device).describe();
        assertThat(usual).doesNotContain(OTHER.toString());
        assertThat(reasonAfterCalls(options.withCalibration(false), Tuning.LONG))
                .isEqualTo(usual.isEmpty() ? "test" : "test; " + usual);
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
