package io.github.axoncl.lifecycle;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.contract.BackendUnderTest;
import io.github.axoncl.internal.auto.AutoBackends;
import io.github.axoncl.internal.opencl.OpenClBackend;
import io.github.axoncl.internal.opencl.TrackedCl;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A new backend of this JVM's kind; where it is a device, each of its OpenCL handles is followed.
 *
 * @param backend the backend
 * @param cl      the calls of OpenCL, null on the CPU
 */
record Watched(Backend backend, TrackedCl cl) implements AutoCloseable {
    private static final BackendUnderTest KIND = BackendUnderTest.current();

    /** Whether the backend may fall back to the CPU; without a device there is no difference. */
    enum Mode { FORCED, AUTO }

    static Watched open() {
        return open(Mode.FORCED, KIND.options());
    }

    static Watched open(Mode mode, BackendOptions options) {
        if (!KIND.isDevice()) {
            return new Watched(KIND.open(options), null);
        }
        TrackedCl cl = new TrackedCl();
        OpenClBackend device = cl.open(options);
        return new Watched(mode == Mode.AUTO ? AutoBackends.over(device) : device, cl);
    }

    /** The handles that exist now. */
    Map<String, Integer> handles() {
        return cl == null ? Map.of() : cl.handles();
    }

    /** Closes; nothing may be left, and nothing may have happened that could have crashed. */
    @Override
    public void close() {
        backend.close();
        assertThat(backend.isClosed()).isTrue();
        assertThat(backend.info().memory().liveBytes()).as("live bytes after closing").isZero();
        assertThat(backend.info().memory().pooledBytes()).as("pooled bytes after closing").isZero();
        assertThat(backend.info().fallbacks()).as("fallbacks").isEmpty();
        assertThat(handles()).as("handles after closing").isEmpty();
        if (cl != null) {
            assertThat(cl.mistakes()).as("mistakes with handles").isEmpty();
        }
    }
}
