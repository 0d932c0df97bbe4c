package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.internal.cache.UserCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A tiling is measured once, when it is worth while, and kept; until then and whatever goes wrong, the usual one serves. */
@Timeout(60)
class TuningTest {
    private static final Tiling FAST = new Tiling(64, 4, 4);
    private static final long ENOUGH = Tuning.WORTH_MEASURING;

    @TempDir
    private Path folder;
    private String before;
    private final AtomicInteger measured = new AtomicInteger();

    @BeforeEach
    void useFolder() {
        before = System.setProperty(UserCache.PROPERTY, folder.resolve("cache").toString());
    }

    @AfterEach
    void useFormerFolder() {
        if (before == null) {
            System.clearProperty(UserCache.PROPERTY);
        } else {
            System.setProperty(UserCache.PROPERTY, before);
        }
    }

    private static Device device(String driver) {
        return new Device(null, null, new DeviceInfo("platform", "device", "vendor", driver, "version", "GPU", 8, 1 << 30,
                1 << 28, false, true, true, true, true, "accepted"), 1024);
    }

    private static SavedTiling saved() {
        return new SavedTiling(UserCache.ofUser(), device("driver 1"));
    }

    private Tuning tuning(Tiling result) {
        return new Tuning(saved(), stopped -> {
            measured.incrementAndGet();
            return result;
        });
    }

    private static void await(Tuning tuning, Tiling expected) throws InterruptedException {
        while (!tuning.forLongCalls().equals(expected)) {
            Thread.sleep(1);
        }
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void itIsMeasuredWhenEnoughWasComputedAndServesLaterProcesses() throws InterruptedException {
        try (Tuning tuning = tuning(FAST)) {
            assertThat(tuning.of(ENOUGH - 1)).isEqualTo(Tiling.DEFAULT);
            assertThat(tuning.of(Tuning.LONG - 1)).isEqualTo(Tiling.DEFAULT);
            assertThat(measured).hasValue(0);
            assertThat(tuning.of(Tuning.LONG)).isEqualTo(Tiling.DEFAULT);
            await(tuning, FAST);
            assertThat(tuning.of(Tuning.LONG)).isEqualTo(FAST);
            assertThat(tuning.of(Tuning.LONG - 1)).as("a short call").isEqualTo(Tiling.DEFAULT);
            tuning.of(ENOUGH);
        }
        assertThat(measured).hasValue(1);
        try (Tuning later = tuning(Tiling.DEFAULT)) {
            assertThat(later.of(ENOUGH)).isEqualTo(FAST);
        }
        assertThat(measured).hasValue(1);
    }

    @Test
    void thatTheUsualOneIsTheBestIsKeptToo() throws InterruptedException {
        for (int process = 0; process < 2; process++) {
            try (Tuning tuning = tuning(Tiling.DEFAULT)) {
                tuning.of(ENOUGH);
                while (saved().load() == null) {
                    Thread.sleep(1);
                }
            }
        }
        assertThat(measured).hasValue(1);
    }

    @Test
    void shortCallsDoNotEvenLookForWhatWasKept() {
        Tuning tuning = new Tuning(null, null);
        for (int i = 0; i < 2000; i++) {
            assertThat(tuning.of(Tuning.LONG - 1)).isEqualTo(Tiling.DEFAULT);
        }
        assertThat(tuning.forLongCalls()).isEqualTo(Tiling.DEFAULT);
        tuning.close();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void whereNothingMayBeMeasuredWhatWasKeptServes() {
        saved().keep(FAST);
        try (Tuning tuning = new Tuning(saved(), null)) {
            assertThat(tuning.of(ENOUGH)).isEqualTo(FAST);
        }
    }

    @Test
    void whatCouldNotBeToldIsNotKept() throws InterruptedException {
        for (int process = 1; process <= 2; process++) {
            CountDownLatch done = new CountDownLatch(1);
            try (Tuning tuning = new Tuning(saved(), stopped -> {
                measured.incrementAndGet();
                done.countDown();
                return null;
            })) {
                tuning.of(ENOUGH);
                done.await();
                assertThat(tuning.of(ENOUGH)).isEqualTo(Tiling.DEFAULT);
            }
            assertThat(measured).hasValue(process);
        }
    }

    @Test
    void aFailureLeavesTheUsualOne() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (Tuning tuning = new Tuning(saved(), stopped -> {
            measured.incrementAndGet();
            done.countDown();
            throw new ClException("clBuildProgram", -5);
        })) {
            tuning.of(ENOUGH);
            done.await();
            assertThat(tuning.of(ENOUGH)).isEqualTo(Tiling.DEFAULT);
        }
        assertThat(measured).hasValue(1);
        assertThat(saved().load()).isNull();
    }

    @Test
    void closingStopsIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Tuning tuning = new Tuning(saved(), stopped -> {
            begun.countDown();
            while (!stopped.getAsBoolean()) {
                Thread.onSpinWait();
            }
            measured.incrementAndGet();
            throw new java.util.concurrent.CancellationException();
        });
        tuning.of(ENOUGH);
        begun.await();
        tuning.close();
        assertThat(measured).as("close waits").hasValue(1);
        tuning.close();
        assertThat(tuning.of(ENOUGH)).isEqualTo(Tiling.DEFAULT);
        assertThat(measured).hasValue(1);
    }

    @Test
    void aDamagedFileIsIgnoredAndRewritten() throws IOException, InterruptedException {
        saved().keep(FAST);
        List<String> good = Files.readAllLines(file());
        for (List<String> damaged : List.of(good.subList(0, good.size() - 1), List.<String>of(),
                Stream.concat(good.stream().limit(good.size() - 1L), Stream.of("64 4 2")).toList())) {
            Files.write(file(), damaged);
            assertThat(saved().load()).isNull();
            measured.set(0);
            try (Tuning tuning = tuning(FAST)) {
                assertThat(tuning.of(ENOUGH)).isEqualTo(Tiling.DEFAULT);
                await(tuning, FAST);
            }
            assertThat(measured).hasValue(1);
            assertThat(Files.readAllLines(file())).isEqualTo(good);
        }
    }

    @Test
    void numbersThatMakeNoSenseAreIgnored() throws IOException {
        saved().keep(FAST);
        String key = Files.readAllLines(file()).get(1).substring("key ".length());
        for (List<String> nonsense : List.of(List.of("64 4 3"), List.of("64 4 4", "64 4 4"), List.of("four"),
                List.<String>of())) {
            UserCache.ofUser().write("tiling", key, nonsense);
            assertThat(saved().load()).as("%s", nonsense).isNull();
        }
        UserCache.ofUser().write("tiling", key, List.of("64 4 4"));
        assertThat(saved().load()).isEqualTo(FAST);
    }

    @Test
    void anotherDriverIsMeasuredAnew() {
        saved().keep(FAST);
        assertThat(new SavedTiling(UserCache.ofUser(), device("driver 2")).load()).isNull();
        assertThat(saved().load()).isEqualTo(FAST);
    }

    @Test
    void withoutACacheEveryProcessMeasures() throws InterruptedException {
        System.setProperty(UserCache.PROPERTY, "off");
        for (int process = 1; process <= 2; process++) {
            try (Tuning tuning = tuning(FAST)) {
                tuning.of(ENOUGH);
                await(tuning, FAST);
            }
            assertThat(measured).hasValue(process);
        }
    }
}
