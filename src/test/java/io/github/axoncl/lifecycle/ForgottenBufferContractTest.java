package io.github.axoncl.lifecycle;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.contract.LogWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** A buffer that nobody closed is reported by one warning, and its memory serves again. */
class ForgottenBufferContractTest extends BackendContract {
    private static final String PROPERTY = "axoncl.leaks";
    private static final String REPORT = "was never closed";
    private static final int LENGTH = 12_345;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    @ParameterizedTest
    @EnumSource(Watched.Mode.class)
    void isReportedOnceWithItsSiteAndItsMemoryServesAgain(Watched.Mode mode) {
        String before = System.setProperty(PROPERTY, "true");
        try (Watched watched = Watched.open(mode, KIND.options())) {
            forget(watched.backend());
            MemoryStatistics lost = watched.backend().info().memory();
            assertThat(lost.liveBytes()).isGreaterThanOrEqualTo(4L * LENGTH);
            assertThat(reports(1)).singleElement().asString().startsWith("WARN").contains(LENGTH + " FLOAT32")
                    .contains("allocated here").contains("ForgottenBufferContractTest.forget(");
            watched.backend().allocate(DType.FLOAT32, LENGTH).close();
            MemoryStatistics after = watched.backend().info().memory();
            assertThat(after.liveBytes()).isZero();
            if (KIND.isDevice()) {
                assertThat(after.allocations()).as("allocations of the driver").isEqualTo(lost.allocations());
                assertThat(after.reuses()).isEqualTo(lost.reuses() + 1);
            }
            assertThat(reports(0)).as("a second report").isEmpty();
        } finally {
            restore(before);
        }
    }

    @Test
    void withoutThePropertyTheReportSaysHowToFindTheSite() {
        String before = System.getProperty(PROPERTY);
        System.clearProperty(PROPERTY);
        try (Watched watched = Watched.open()) {
            forget(watched.backend());
            assertThat(reports(1)).singleElement().asString().contains("-Daxoncl.leaks=true").doesNotContain("\tat ");
        } finally {
            restore(before);
        }
    }

    @Test
    void whatWasClosedOrClosedWithItsBackendIsNotReported() {
        try (Watched watched = Watched.open(); Watched other = Watched.open()) {
            for (int i = 0; i < 10; i++) {
                watched.backend().allocate(DType.FLOAT32, LENGTH).close();
                forget(other.backend());
            }
            other.backend().close();
            assertThat(reports(0)).isEmpty();
        }
    }

    /** In a frame of its own, so that nothing refers to the buffer any more. */
    private static void forget(Backend backend) {
        backend.allocate(DType.FLOAT32, LENGTH);
    }

    /** Collects garbage until there are so many reports, and a little longer, so that one too many is seen and each has its
     * stack trace. */
    private static List<String> reports(int wanted) {
        long start = System.nanoTime();
        int further = 0;
        while (further < 4 && System.nanoTime() - start < PATIENCE) {
            System.gc();
            LockSupport.parkNanos(20_000_000);
            further += LogWatch.count(REPORT) >= wanted ? 1 : 0;
        }
        return LogWatch.take(REPORT);
    }

    private static void restore(String before) {
        if (before == null) {
            System.clearProperty(PROPERTY);
        } else {
            System.setProperty(PROPERTY, before);
        }
    }
}
