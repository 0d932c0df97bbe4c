package io.github.axoncl.internal.auto;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.internal.cache.OwnCache;
import io.github.axoncl.internal.cache.UserCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** What is measured serves from then on and is kept; whatever goes wrong with measuring or keeping leaves the defaults. */
class MeasuredCostsTest {
    private static final DeviceInfo DEVICE = new DeviceInfo("platform", "device", "vendor", "driver", "version", "GPU", 8,
            1 << 30,
            1 << 28, false, true, true, true, true, "accepted");
    private static final CostModel DEFAULTS = new DefaultCosts(DEVICE, 2, true, Source.DEFAULTS);
    private static final Costs MEASURED = new Costs(Cost.line(10, 1), Cost.line(1000, 0.5), Source.MEASURED);

    private static final String GOOD = "1 2 3 4 5 6 1 2 3 4 5 6";

    @RegisterExtension
    private final OwnCache cache = new OwnCache();
    private final AtomicInteger measured = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    /** Costs that are measured so, in a process of its own as far as the cache is concerned. */
    private MeasuredCosts costs(MeasuredCosts.Measuring measuring) {
        return new MeasuredCosts(DEFAULTS, new SavedCosts(UserCache.ofUser(), SavedCosts.key(DEVICE, "SIMD", 2, "AUTO")),
                stopped -> measuring);
    }

    private MeasuredCosts.Measuring counting(boolean calm) {
        return counting(calm, 0);
    }

    private MeasuredCosts.Measuring counting(boolean calm, long spent) {
        return new MeasuredCosts.Measuring() {
            @Override
            public Costs measure(CostClass kind, Residence residence) {
                measured.incrementAndGet();
                return MEASURED;
            }

            @Override
            public long nanos() {
                return spent;
            }

            @Override
            public boolean isCalm() {
                return calm;
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void defaultsServeUntilItIsMeasuredAndTheCacheAfterwards() {
        try (MeasuredCosts first = costs(counting(true))) {
            assertThat(first.costs(CostClass.HEAVY, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
            assertThat(first.measured(CostClass.HEAVY, Residence.HEAP)).isEqualTo(MEASURED);
            assertThat(first.costs(CostClass.HEAVY, Residence.HEAP)).isEqualTo(MEASURED);
            assertThat(first.costs(CostClass.HEAVY, Residence.DIRECT).source()).isEqualTo(Source.DEFAULTS);
            first.measured(CostClass.ROWS, Residence.DEVICE);
            first.measured(CostClass.ROWS, Residence.DEVICE);
        }
        assertThat(measured).hasValue(2);
        assertThat(closed.get()).isGreaterThanOrEqualTo(2);
        try (MeasuredCosts second = costs(counting(true))) {
            assertThat(second.costs(CostClass.HEAVY, Residence.HEAP))
                    .isEqualTo(new Costs(MEASURED.cpu(), MEASURED.device(), Source.CACHE));
            assertThat(second.measured(CostClass.ROWS, Residence.DEVICE).source()).isEqualTo(Source.CACHE);
            assertThat(second.costs(CostClass.LIGHT, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
        }
        assertThat(measured).hasValue(2);
    }

    @Test
    void whatIsWantedIsMeasuredInTheBackgroundOnce() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (MeasuredCosts costs = costs((kind, residence) -> {
            await(go);
            measured.incrementAndGet();
            return MEASURED;
        })) {
            for (int i = 0; i < 100; i++) {
                costs.wanted(CostClass.LIGHT, Residence.DIRECT);
            }
            assertThat(costs.costs(CostClass.LIGHT, Residence.DIRECT).source()).isEqualTo(Source.DEFAULTS);
            go.countDown();
            assertThat(costs.measured(CostClass.LIGHT, Residence.DIRECT)).isEqualTo(MEASURED);
            costs.wanted(CostClass.LIGHT, Residence.DIRECT);
        }
        assertThat(measured).hasValue(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void beyondASecondNothingIsMeasuredUnasked() {
        try (MeasuredCosts costs = costs(counting(true, 1_000_000_001))) {
            costs.measured(CostClass.LIGHT, Residence.HEAP);
            costs.wanted(CostClass.HEAVY, Residence.HEAP);
            assertThat(costs.costs(CostClass.HEAVY, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
            assertThat(measured).hasValue(1);
            assertThat(costs.measured(CostClass.HEAVY, Residence.HEAP)).as("asked").isEqualTo(MEASURED);
        }
    }

    @Test
    void aFailureLeavesTheDefaultsAndIsNotTriedAgain() {
        try (MeasuredCosts costs = costs((kind, residence) -> {
            measured.incrementAndGet();
            throw new IllegalStateException("no device");
        })) {
            assertThat(costs.measured(CostClass.LIGHT, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
            costs.wanted(CostClass.LIGHT, Residence.HEAP);
            assertThat(costs.measured(CostClass.LIGHT, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
        }
        assertThat(measured).hasValue(1);
    }

    @Test
    void whatWasMeasuredOnABusyMachineIsNotKept() {
        try (MeasuredCosts costs = costs(counting(false))) {
            assertThat(costs.measured(CostClass.LIGHT, Residence.HEAP)).isEqualTo(MEASURED);
        }
        try (MeasuredCosts costs = costs(counting(false))) {
            assertThat(costs.costs(CostClass.LIGHT, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
        }
    }

    @Test
    void onABusyMachineTheShortestTimesOfThreeCount() throws InterruptedException {
        CountDownLatch third = new CountDownLatch(3);
        MeasuredCosts.Measuring busy = new MeasuredCosts.Measuring() {
            @Override
            public Costs measure(CostClass kind, Residence residence) {
                third.countDown();
                int attempt = measured.incrementAndGet();
                return new Costs(Cost.line(10 * attempt, 1), Cost.line(1000, attempt == 2 ? 0.5 : 3), Source.MEASURED);
            }

            @Override
            public boolean isCalm() {
                return measured.get() == 3;
            }
        };
        String key = SavedCosts.key(DEVICE, "SIMD", 2, "AUTO");
        try (MeasuredCosts costs = new MeasuredCosts(DEFAULTS, new SavedCosts(UserCache.ofUser(), key), stopped -> busy, 1)) {
            assertThat(costs.measured(CostClass.LIGHT, Residence.HEAP).source()).isEqualTo(Source.MEASURED);
            third.await();
        }
        assertThat(measured).hasValue(3);
        Costs kept = new SavedCosts(UserCache.ofUser(), key).load().get(DefaultCosts.index(CostClass.LIGHT, Residence.HEAP));
        assertThat(kept).isEqualTo(new Costs(Cost.line(10, 1), Cost.line(1000, 0.5), Source.CACHE));
    }

    @Test
    void linesThatMakeNoSenseAreIgnoredAndRewritten() {
        String key = SavedCosts.key(DEVICE, "SIMD", 2, "AUTO");
        for (String nonsense : List.of("", "LIGHT", "LIGHT HEAP 1 2 3", "LIGHT HEAP 1 2 3 4 5 6 1 2 3 4 5 six", "BLUE HEAP "
                + GOOD,
                "LIGHT ATTIC " + GOOD, "LIGHT HEAP 3 2 1 4 5 6 1 2 3 4 5 6", "LIGHT HEAP 1 2 3 4 5 NaN 1 2 3 4 5 6")) {
            UserCache.ofUser().write("costs", key, List.of("ROWS HEAP " + GOOD, nonsense));
            try (MeasuredCosts costs = costs(counting(true))) {
                assertThat(costs.costs(CostClass.ROWS, Residence.HEAP).source()).as(nonsense).isEqualTo(Source.DEFAULTS);
                costs.measured(CostClass.LIGHT, Residence.HEAP);
            }
            try (MeasuredCosts costs = costs(counting(true))) {
                assertThat(costs.costs(CostClass.LIGHT, Residence.HEAP).source()).as(nonsense).isEqualTo(Source.CACHE);
            }
        }
    }

    @Test
    void withoutACacheItIsMeasuredByEveryProcess() throws java.io.IOException {
        Path file = Files.writeString(cache.folder().resolveSibling("file"), "in the way");
        for (String place : List.of("off", file.resolve("cache").toString())) {
            System.setProperty(UserCache.PROPERTY, place);
            measured.set(0);
            for (int process = 1; process <= 2; process++) {
                try (MeasuredCosts costs = costs(counting(true))) {
                    assertThat(costs.measured(CostClass.LIGHT, Residence.HEAP)).isEqualTo(MEASURED);
                }
                assertThat(measured).as(place).hasValue(process);
            }
        }
    }

    @Test
    void afterClosingNothingIsMeasured() {
        MeasuredCosts costs = costs(counting(true));
        costs.close();
        costs.close();
        costs.wanted(CostClass.LIGHT, Residence.HEAP);
        assertThat(costs.measured(CostClass.LIGHT, Residence.HEAP).source()).isEqualTo(Source.DEFAULTS);
        assertThat(measured).hasValue(0);
    }
}
