package io.github.axoncl.bench.measure.model;

import io.github.axoncl.Activation;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.Required;
import io.github.axoncl.bench.shared.NotAvailableException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CountingTest {
    /** The elements that kernels for GPUs move at once. */
    private static final double AT_ONCE = 4;
    /** What the project allows an element to cost. */
    private static final double MOST_FLOPS = 160;

    @Test
    void everyElementIsLoadedAndStoredOnce() throws Exception {
        requireDriver();
        Map<Counted, Counts> all = Counting.count();
        assertEquals(Counted.all().size(), all.size());
        assertAll(all.entrySet().stream().map(entry -> () -> {
            Counts counts = entry.getValue();
            String title = entry.getKey().title();
            int inputs = entry.getKey().operation() == Operation.FORWARD ? 1 : 2;
            assertEquals(inputs / AT_ONCE, counts.loads(), title);
            assertEquals(Float.BYTES * inputs, counts.loadedBytes(), title);
            assertEquals(1 / AT_ONCE, counts.stores(), title);
            assertEquals(Float.BYTES, counts.storedBytes(), title);
            assertTrue(counts.flops() <= MOST_FLOPS, () -> title + ": " + counts.flops());
        }));
        assertTrue(all.values().stream().anyMatch(counts -> counts.flops() > 40), "the counts are not all nothing");
    }

    /** Several elements per work-item change how many are moved at once, and nothing else. */
    @Test
    void andSoItIsWithSeveralPerWorkItem() throws Exception {
        requireDriver();
        List<Counted> some = List.of(new Counted(Activation.LEAKY_RELU, Operation.FORWARD),
                new Counted(Activation.GELU, Operation.BACKWARD));
        Map<Counted, Counts> alone = Counting.count(some, "64,2,1");
        for (int width : new int[] {1, 4}) {
            Map<Counted, Counts> together = Counting.count(some, "16,8," + width);
            for (Counted counted : some) {
                Counts one = alone.get(counted);
                Counts several = together.get(counted);
                assertEquals(one.loads() / width, several.loads(), counted.title());
                assertEquals(one.stores() / width, several.stores(), counted.title());
                assertEquals(one.bytes(), several.bytes(), counted.title());
                assertEquals(one.flops(), several.flops(), counted.title());
            }
        }
    }

    private static void requireDriver() {
        try {
            Counting.driver();
        } catch (NotAvailableException e) {
            Required.missing("oclgrind", e.getMessage());
        }
    }

    @Test
    void readsLaunches() {
        List<Counts> launches = CountReport.read(List.of("something else", "Instructions executed for kernel 'run_forward':",
                "            2,048 - call _Z3fmafff()", "            1,024 - load global (4,096 bytes)",
                        "              512 - fcmp",
                "            1,024 - store global (4,096 bytes)", "", "Instructions executed for kernel 'run_backward':",
                "             1024 - fadd"), 1024);
        assertEquals(List.of(new Counts("run_forward", 1, 4, 1, 4, 2, 0.5), new Counts("run_backward", 0, 0, 0, 0, 1, 0)),
                launches);
    }

    @Test
    void theSlowerOfTwoLimitsHolds() {
        Counts counts = new Counts("k", 1, 4, 1, 4, 30, 10);
        assertEquals(8 / 100.0, counts.bound(100, 1000));
        assertEquals(40 / 100.0, counts.bound(1000, 100));
    }
}
