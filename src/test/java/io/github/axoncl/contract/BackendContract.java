package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The frame of the suite: the backend under test and the reference it is compared with, opened once per JVM because drivers
 * build slowly, and the checks that no test
 * keeps device memory, makes the library warn or the simulator report.
 */
@Tag("contract")
@ExtendWith({OnlyWithDriver.class, LogWatch.class, OclgrindLog.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackendContract {
    /** The backend of this JVM. */
    protected static final BackendUnderTest KIND = BackendUnderTest.current();

    /** For suites. */
    protected BackendContract() {
    }

    /** The backend under test.
     *
     * @return the backend; closed when the JVM ends */
    protected static Backend backend() {
        return Shared.BACKEND;
    }

    /** The CPU in its scalar form.
     *
     * @return the backend; closed when the JVM ends */
    protected static Backend reference() {
        return Shared.REFERENCE;
    }

    @AfterEach
    protected final void noMemoryIsKept() {
        assertThat(backend().info().memory().liveBytes()).as("live bytes after the test").isZero();
        assertThat(reference().info().memory().liveBytes()).as("live bytes of the reference").isZero();
    }

    private static final class Shared {
        private static final Backend REFERENCE =
                Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));
        private static final Backend BACKEND = KIND.open();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                BACKEND.close();
                REFERENCE.close();
            }));
        }
    }
}
