package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.Penalty;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import io.github.axoncl.internal.opencl.RecordingCl.Launch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a GPU gets to do: work-groups of a good size, one launch where one is enough, work for every compute unit. */
class LaunchSizesTest {
    private static final int UNITS = 132;
    private static final long LONGEST = 70_000;
    private static final int SEGMENT = 4096;
    private static RecordingBackend backend;

    @BeforeAll
    static void open() {
        RecordingCl cl = RecordingCl.of("GPU", false, 80L << 30, UNITS, 1024, true);
        backend = new RecordingBackend(cl, KernelForm.GPU, BackendOptions.defaults());
    }

    @AfterAll
    static void close() {
        backend.close();
    }

    private static List<Launch> launches(Runnable call) {
        backend.recorded().clear();
        call.run();
        return backend.recorded().launches();
    }

    private static DeviceBuffer buffer(long length) {
        return backend.allocate(DType.FLOAT32, length);
    }

    @Test
    void oneLaunchForEveryLength() {
        for (int n = 1; n <= LONGEST; n += n < 5000 ? 1 : 13) {
            try (DeviceBuffer x = buffer(n); DeviceBuffer y = buffer(n)) {
                DeviceBuffer out = n % 2 == 0 ? x : y;
                List<Launch> launches = launches(() -> backend.forward(Activation.GELU, x, out));
                assertThat(launches).as("%d elements", n).hasSize(1);
                assertThat(launches.get(0).localSize()).as("%d elements", n).isEqualTo(256);
                // Four elements a work-item, and one for each that is left.
                assertThat(launches.get(0).groups()).as("%d elements", n).isEqualTo((n / 4 + n % 4 + 255) / 256);
            }
        }
    }

    /** Where the length of rows is always another, programs are not built for each. */
    @Test
    void programsDoNotGrowWithTheNumberOfLengths() {
        try (RecordingBackend own = RecordingBackend.open(KernelForm.GPU)) {
            for (int n = 1; n <= 1000; n++) {
                Rows rows = Rows.of(3, n);
                try (DeviceBuffer y = own.allocate(DType.FLOAT32, rows.length());
                        DeviceBuffer z = own.allocate(DType.FLOAT32, rows.length())) {
                    own.forward(RowActivation.SOFTMAX, rows, y, z);
                }
            }
            // Those of 64 lengths, and those that serve any length: for seven numbers of partial sums, by one, two or four at once.
            assertThat(own.recorded().programs()).hasSizeBetween(65, 64 + 7 * 3);
        }
    }

    private static boolean isPrime(int n) {
        for (int d = 2; d * d <= n; d++) {
            if (n % d == 0) {
                return false;
            }
        }
        return n > 1;
    }

    /** Rows of every length up to where registers end, then primes and their neighbours; in place too. */
    @Test
    void rowsOfEveryLength() {
        for (int n = 1; n <= LONGEST; n++) {
            boolean taken = n <= 1100 ? n % 7 == 0 || isPrime(n) || n <= 130 : isPrime(n) && n % 100 == 1 || n % 9973 == 0;
            if (!taken) {
                continue;
            }
            Rows rows = Rows.of(65, n);
            try (DeviceBuffer x = buffer(rows.length()); DeviceBuffer y = buffer(rows.length())) {
                DeviceBuffer out = n % 2 == 0 ? x : y;
                check(rows, n, 65, 3, launches(() -> backend.forward(RowActivation.SOFTMAX, rows, x, out)));
                Rows together = new Rows(5, n, 13);
                check(together, n, 65, 3, launches(() -> backend.forward(RowActivation.SOFTMAX, together, x, out)));
                check(rows, n, 65, 2, launches(() -> backend.backwardFromOutput(RowActivation.SOFTMAX, rows, x, y, out)));
            }
        }
    }

    private static void check(Rows rows, long length, long count, int most, List<Launch> launches) {
        assertThat(launches).as("%s", rows).hasSizeBetween(1, length > SEGMENT ? most : 1);
        for (Launch launch : launches) {
            assertThat(launch.localSize()).as("%s, %s", rows, launch.kernel()).isBetween(64L, 256L);
            // Not more than twice as many work-items as elements, but for the last work-group.
            assertThat(launch.globalSize()).as("%s, %s", rows, launch.kernel())
                    .isLessThanOrEqualTo(Math.max(256, 2 * rows.length() + 256));
        }
        if (length > SEGMENT) {
            assertThat(launches).as("%s", rows).allSatisfy(launch ->
                    assertThat(launch.groups()).isGreaterThanOrEqualTo(wanted(count, length)));
        }
    }

    private static long wanted(long count, long length) {
        return Math.min(count * ((length + SEGMENT - 1) / SEGMENT), 4L * UNITS);
    }

    /** Operations of long rows: the launches over elements occupy all compute units, and there are at most three. */
    @ParameterizedTest
    @CsvSource({"softmax, 4, 1000000", "softmax, 1, 5000", "log_softmax, 3, 100001", "logsumexp, 4, 1000000", "loss, 4, 1000000",
        "loss, 1000, 5000", "penalty, 1, 16000000", "bias, 4, 16000000", "bias, 64, 1000000", "bias, 1000, 4097",
        "hardmax, 2, 1000000", "softmax, 100000, 4097"})
    void longRowsAreShared(String operation, int count, int length) {
        boolean columns = operation.equals("bias");
        Rows rows = columns ? new Rows(length, count, 1) : Rows.of(count, length);
        try (DeviceBuffer x = buffer(rows.length()); DeviceBuffer y = buffer(rows.length()); DeviceBuffer z = buffer(rows.length());
                DeviceBuffer ofRows = buffer(count); DeviceBuffer one = buffer(1)) {
            List<Launch> launches = launches(() -> {
                switch (operation) {
                    case "softmax" -> backend.forward(RowActivation.SOFTMAX, rows, x, x);
                    case "log_softmax" -> backend.forward(RowActivation.LOG_SOFTMAX, rows, x, y);
                    case "hardmax" -> backend.forward(RowActivation.HARDMAX, rows, x, y);
                    case "logsumexp" -> backend.forward(RowActivation.LOGSUMEXP, rows, x, ofRows);
                    case "loss" -> backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows, Targets.probabilities(z), Reduction.NONE, x,
                            ofRows, y);
                    case "penalty" -> backend.forward(Penalty.L1_L2, x, one);
                    default -> backend.backward(Activation.GELU.withBias(), rows, x, y, z, ofRows);
                }
            });
            assertThat(launches).hasSizeBetween(1, 3);
            // What is made once a row needs no more work-groups than there are rows.
            List<Launch> overElements = launches.stream()
                    .filter(launch -> launches.size() == 1 || !launch.kernel().equals("run_results") || launch.groups() > count)
                    .toList();
            assertThat(overElements).isNotEmpty().allSatisfy(launch -> assertThat(launch.groups()).as(launch.kernel())
                    .isGreaterThanOrEqualTo(wanted(count, length)));
            assertThat(launches).allSatisfy(launch -> assertThat(launch.localSize()).isBetween(64L, 256L));
        }
    }

    /** Every work-group reads what was handed on for all segments: as many groups as segments would read the square of them. */
    @ParameterizedTest
    @ValueSource(ints = {8_700_000, 200_000_000})
    void veryLongRowsAreSharedEvenlyByAsManyGroupsAsAreBusy(int length) {
        try (DeviceBuffer x = buffer(length)) {
            List<Launch> launches = launches(() -> backend.forward(RowActivation.SOFTMAX, Rows.of(1, length), x, x));
            assertThat(launches).hasSize(3).allSatisfy(launch -> {
                assertThat(launch.groups()).isBetween(8L * UNITS, 16L * UNITS);
                long segments = (length + SEGMENT - 1) / SEGMENT;
                long most = (segments + launch.groups() - 1) / launch.groups();
                assertThat(launch.groups() * most - segments).as("segments missing").isLessThan(most);
            });
        }
    }
}
