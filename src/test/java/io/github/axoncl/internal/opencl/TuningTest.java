package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.TestKernels;
import io.github.axoncl.internal.cache.OwnCache;
import io.github.axoncl.internal.cache.UserCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A tiling is measured once, when it is worth while, and kept; until then and whatever goes wrong, the usual one serves. */
@Timeout(60)
class TuningTest {
    private static final Tiling FOUR = new Tiling(64, 4, 4);
    private static final Tiling LARGE = new Tiling(1024, 1, 1);
    private static final Tiling ROWS = new Tiling(128, 16, 1);
    private static final KernelSignature LIGHT = signature(Activation.RELU);
    private static final KernelSignature HEAVY = signature(Activation.GELU);
    private static final KernelSignature SOFTMAX = TestKernels.signature(RowActivation.SOFTMAX);
    private static final long ENOUGH = Tuning.WORTH_MEASURING;

    @RegisterExtension
    private final OwnCache cache = new OwnCache();
    private final AtomicInteger measured = new AtomicInteger();

    private static Device device(String driver) {
        return new Device(null, null, new DeviceInfo("platform", "device", "vendor", driver, "version", "GPU", 8, 1 << 30,
                1 << 28, false, true, true, true, true, "accepted"), 1024);
    }

    private static SavedTiling saved() {
        return new SavedTiling(UserCache.ofUser(), device("driver 1"));
    }

    private Tuning tuning(Tiling result) {
        return new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
            measured.incrementAndGet();
            return result;
        });
    }

    /** The tiling of a heavy call. */
    private static Tiling of(Tuning tuning, long elements) {
        return of(tuning, HEAVY, elements);
    }

    private static Tiling of(Tuning tuning, KernelSignature signature, long elements) {
        return tuning.of(signature, new Rows(elements, 1, 1));
    }

    private static KernelSignature signature(Activation function) {
        return function.definition().signature(Operation.FORWARD, Precision.ACCURATE, DType.FLOAT32);
    }

    private static void await(Tuning tuning, Tiling expected) throws InterruptedException {
        while (!tuning.describe().equals(WorkloadClass.HEAVY.describe(expected))) {
            Thread.sleep(1);
        }
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(cache.folder())) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void itIsMeasuredWhenEnoughWasComputedAndServesLaterProcesses() throws InterruptedException {
        try (Tuning tuning = tuning(LARGE)) {
            assertThat(of(tuning, ENOUGH - 1)).isEqualTo(Tiling.DEFAULT);
            assertThat(of(tuning, Tuning.LONG - 1)).isEqualTo(Tiling.DEFAULT);
            assertThat(measured).hasValue(0);
            assertThat(of(tuning, Tuning.LONG)).isEqualTo(Tiling.DEFAULT);
            await(tuning, LARGE);
            assertThat(of(tuning, Tuning.LONG)).isEqualTo(LARGE);
            assertThat(of(tuning, LIGHT, Tuning.LONG)).as("another class").isEqualTo(Tiling.DEFAULT);
            assertThat(of(tuning, Tuning.LONG - 1)).as("a short call").isEqualTo(Tiling.DEFAULT);
            of(tuning, ENOUGH);
        }
        assertThat(measured).hasValue(1);
        try (Tuning later = tuning(Tiling.DEFAULT)) {
            assertThat(of(later, ENOUGH)).isEqualTo(LARGE);
        }
        assertThat(measured).hasValue(1);
    }

    @Test
    void thatTheUsualOneIsTheBestIsKeptToo() throws InterruptedException {
        for (int process = 0; process < 2; process++) {
            try (Tuning tuning = tuning(Tiling.DEFAULT)) {
                of(tuning, ENOUGH);
                while (saved().load(WorkloadClass.HEAVY) == null) {
                    Thread.sleep(1);
                }
            }
        }
        assertThat(measured).hasValue(1);
    }

    @Test
    void eachClassIsMeasuredWhenItIsWorthWhileAndKeptByItself() throws InterruptedException {
        Map<WorkloadClass, Tiling> best = Map.of(WorkloadClass.LIGHT, FOUR, WorkloadClass.HEAVY, LARGE,
                WorkloadClass.ROWS, ROWS);
        List<WorkloadClass> order = new CopyOnWriteArrayList<>();
        try (Tuning tuning = new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
            order.add(workload);
            return best.get(workload);
        })) {
            for (int call = 0; call < 2; call++) {
                of(tuning, LIGHT, ENOUGH - Tuning.LONG / 2);
                of(tuning, HEAVY, ENOUGH - Tuning.LONG / 2);
            }
            tuning.of(SOFTMAX, new Rows(ENOUGH / 64, 64, 1));
            while (saved().load(WorkloadClass.ROWS) == null) {
                Thread.sleep(1);
            }
        }
        assertThat(order).containsExactlyInAnyOrderElementsOf(best.keySet());
        for (WorkloadClass workload : WorkloadClass.values()) {
            assertThat(saved().load(workload)).isEqualTo(best.get(workload));
        }
        try (Tuning later = tuning(Tiling.DEFAULT)) {
            assertThat(of(later, LIGHT, Tuning.LONG)).isEqualTo(FOUR);
            assertThat(later.of(SOFTMAX, new Rows(Tuning.LONG, 64, 1))).isEqualTo(ROWS);
            assertThat(later.of(SOFTMAX, new Rows(Tuning.LONG, 64, 2))).as("columns").isEqualTo(Tiling.DEFAULT);
            assertThat(later.of(SOFTMAX, new Rows(64, Tuning.LONG, 1))).as("not in registers").isEqualTo(Tiling.DEFAULT);
            assertThat(of(later, Tuning.LONG)).isEqualTo(LARGE);
            assertThat(later.describe().split(", many|, long")).hasSize(3);
        }
        assertThat(measured).hasValue(0);
    }

    @Test
    void shortCallsDoNotEvenLookForWhatWasKept() {
        Tuning tuning = new Tuning(null, KernelForm.GPU, null);
        for (int i = 0; i < 2000; i++) {
            assertThat(of(tuning, Tuning.LONG - 1)).isEqualTo(Tiling.DEFAULT);
        }
        assertThat(tuning.describe()).isEmpty();
        tuning.close();
        assertThat(cache.folder()).doesNotExist();
    }

    @Test
    void whereNothingMayBeMeasuredWhatWasKeptServes() {
        saved().keep(WorkloadClass.HEAVY, LARGE);
        try (Tuning tuning = new Tuning(saved(), KernelForm.GPU, null)) {
            assertThat(of(tuning, ENOUGH)).isEqualTo(LARGE);
        }
    }

    @Test
    void whatCouldNotBeToldIsNotKept() throws InterruptedException {
        for (int process = 1; process <= 2; process++) {
            CountDownLatch done = new CountDownLatch(1);
            try (Tuning tuning = new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
                measured.incrementAndGet();
                done.countDown();
                return null;
            })) {
                of(tuning, ENOUGH);
                done.await();
                assertThat(of(tuning, ENOUGH)).isEqualTo(Tiling.DEFAULT);
            }
            assertThat(measured).hasValue(process);
        }
    }

    @Test
    void onABusyMachineItIsTriedThreeTimes() throws InterruptedException {
        CountDownLatch third = new CountDownLatch(3);
        try (Tuning tuning = new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
            third.countDown();
            return measured.incrementAndGet() == 3 ? LARGE : null;
        }, 1)) {
            of(tuning, ENOUGH);
            third.await();
            await(tuning, LARGE);
        }
        assertThat(saved().load(WorkloadClass.HEAVY)).isEqualTo(LARGE);
    }

    @Test
    void aFailureLeavesTheUsualOne() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (Tuning tuning = new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
            measured.incrementAndGet();
            done.countDown();
            throw new ClException("clBuildProgram", -5);
        })) {
            of(tuning, ENOUGH);
            done.await();
            assertThat(of(tuning, ENOUGH)).isEqualTo(Tiling.DEFAULT);
        }
        assertThat(measured).hasValue(1);
        assertThat(saved().load(WorkloadClass.HEAVY)).isNull();
    }

    @Test
    void callsAndMeasurementsTakeTurns() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger settled = new AtomicInteger();
        try (Tuning tuning = new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
            turns.alone(() -> {
                inside.countDown();
                awaitQuietly(go);
                measured.incrementAndGet();
            });
            return LARGE;
        })) {
            tuning.opened(settled::incrementAndGet);
            assertThat(tuning.begin()).as("nothing to wait for").isFalse();
            of(tuning, ENOUGH);
            inside.await();
            assertThat(settled).hasValue(1);
            AtomicInteger seen = new AtomicInteger(-1);
            Thread caller = new Thread(() -> {
                boolean begun = tuning.begin();
                seen.set(measured.get());
                if (begun) {
                    tuning.end();
                }
            });
            caller.start();
            while (caller.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
            go.countDown();
            caller.join();
            assertThat(seen).as("the measurement was over").hasValue(1);
            await(tuning, LARGE);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closingStopsIt() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Tuning tuning = new Tuning(saved(), KernelForm.GPU, (workload, stopped, turns) -> {
            begun.countDown();
            while (!stopped.getAsBoolean()) {
                Thread.onSpinWait();
            }
            measured.incrementAndGet();
            throw new java.util.concurrent.CancellationException();
        });
        of(tuning, ENOUGH);
        begun.await();
        tuning.close();
        assertThat(measured).as("close waits").hasValue(1);
        tuning.close();
        assertThat(of(tuning, ENOUGH)).isEqualTo(Tiling.DEFAULT);
        assertThat(measured).hasValue(1);
    }

    @Test
    void aDamagedFileIsIgnoredAndRewritten() throws IOException, InterruptedException {
        saved().keep(WorkloadClass.HEAVY, LARGE);
        List<String> good = Files.readAllLines(file());
        for (List<String> damaged : List.of(good.subList(0, good.size() - 1), List.<String>of(),
                Stream.concat(good.stream().limit(good.size() - 1L), Stream.of("64 4 2")).toList())) {
            Files.write(file(), damaged);
            assertThat(saved().load(WorkloadClass.HEAVY)).isNull();
            measured.set(0);
            try (Tuning tuning = tuning(LARGE)) {
                assertThat(of(tuning, ENOUGH)).isEqualTo(Tiling.DEFAULT);
                await(tuning, LARGE);
            }
            assertThat(measured).hasValue(1);
            assertThat(Files.readAllLines(file())).isEqualTo(good);
        }
    }

    @Test
    void numbersThatMakeNoSenseAreIgnored() throws IOException {
        saved().keep(WorkloadClass.HEAVY, LARGE);
        String key = Files.readAllLines(file()).get(1).substring("key ".length());
        for (List<String> nonsense : List.of(List.of("64 4 3"), List.of("64 4 4", "64 4 4"), List.of("four"),
                List.<String>of())) {
            UserCache.ofUser().write("tiling", key, nonsense);
            assertThat(saved().load(WorkloadClass.HEAVY)).as("%s", nonsense).isNull();
        }
        UserCache.ofUser().write("tiling", key, List.of("1024 1 1"));
        assertThat(saved().load(WorkloadClass.HEAVY)).isEqualTo(LARGE);
    }

    @Test
    void anotherDriverIsMeasuredAnew() {
        saved().keep(WorkloadClass.HEAVY, LARGE);
        assertThat(new SavedTiling(UserCache.ofUser(), device("driver 2")).load(WorkloadClass.HEAVY)).isNull();
        assertThat(saved().load(WorkloadClass.HEAVY)).isEqualTo(LARGE);
    }

    @Test
    void withoutACacheEveryProcessMeasures() throws InterruptedException {
        System.setProperty(UserCache.PROPERTY, "off");
        for (int process = 1; process <= 2; process++) {
            try (Tuning tuning = tuning(LARGE)) {
                of(tuning, ENOUGH);
                await(tuning, LARGE);
            }
            assertThat(measured).hasValue(process);
        }
    }
}
