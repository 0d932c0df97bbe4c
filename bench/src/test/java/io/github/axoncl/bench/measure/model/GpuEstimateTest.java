package io.github.axoncl.bench.measure.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GpuEstimateTest {
    private static final double ULPS = 1e-12;

    /** 4800 GB/s over 8 bytes are 600; 132 x 128 lanes at 1.98 GHz are 33454 instructions, over 100 are 334.5. */
    @Test
    void instructionsBindWhereTheyTakeLonger() {
        GpuBounds bounds = GpuCard.H200.bounds(new GpuCounts("k", 8, Map.of("sm_90", 100.0)));
        assertEquals(600, bounds.memory(), ULPS);
        assertEquals(334.54080, bounds.instructions(), ULPS);
        assertEquals("instructions", bounds.binding());
        assertEquals(334.54080, bounds.elements(), ULPS);
        assertEquals(600 / 334.54080, bounds.timesCopy(), ULPS);
    }

    /** A copy takes its bytes' time; so does what the memory limits. */
    @Test
    void memoryBindsWhereItTakesLonger() {
        GpuBounds bounds = GpuCard.RTX_4090.bounds(new GpuCounts("k", 12, Map.of("sm_90", 10.0)));
        assertEquals(84, bounds.memory(), ULPS);
        assertEquals(4128.768, bounds.instructions(), ULPS);
        assertEquals("memory", bounds.binding());
        assertEquals(84, bounds.elements(), ULPS);
        assertEquals(1, bounds.timesCopy());
    }

    @Test
    void eachVendorsCompilerCountsForItsCards() {
        GpuCounts counts = new GpuCounts("k", 8, Map.of("sm_90", 1.0, "gfx1100", 2.0, "dg2", 4.0));
        assertEquals(7680, GpuCard.RX_7900_XTX.bounds(counts).instructions(), ULPS);
        assertEquals(120, GpuCard.RX_7900_XTX.bounds(counts).memory(), ULPS);
        assertEquals(2150.4, GpuCard.ARC_A770.bounds(counts).instructions(), ULPS);
        assertEquals(70, GpuCard.ARC_A770.bounds(counts).memory(), ULPS);
    }

    @Test
    void readsCounts() {
        List<String> head = List.of("# comment", "function\toperation\tprecision\trow\tbytes\tsm_90\tdg2");
        assertEquals(List.of(new GpuCounts("fast gelu backward", 12, Map.of("sm_90", 64.25, "dg2", 66.0))),
                GpuCounts.parse(List.of(head.get(0), head.get(1), "gelu\tbackward\tfast\t1\t12\t64.25\t66.00")));
        assertEquals(List.of(new GpuCounts("softmax forward of 64", 8, Map.of("sm_90", 62.5, "dg2", 70.0))),
                GpuCounts.parse(List.of(head.get(0), head.get(1), "softmax\tforward\taccurate\t64\t8\t62.50\t70.00")));
    }

    /** What is in the workbench: no kernel twice, and none with fewer instructions than its accesses of 16 bytes. */
    @Test
    void theCountsAreThoseOfKernels() throws Exception {
        List<GpuCounts> all = GpuCounts.read();
        assertEquals(all.size(), all.stream().map(GpuCounts::title).distinct().count());
        all.forEach(counts -> counts.instructions().forEach((target, count) ->
                assertTrue(count > counts.bytes() / 16, () -> counts.title() + " on " + target + ": " + count)));
    }

    @Test
    void saysWhatIsNotCounted() throws Exception {
        List<GpuCounts> all = new ArrayList<>(GpuCounts.read());
        assertTrue(all.removeIf(counts -> counts.title().equals("elu forward")));
        assertTrue(GpuEstimate.missing(all).contains("elu forward"));
        assertFalse(GpuEstimate.missing(all).contains("elu backward"));
        assertTrue(GpuEstimate.plain(all).contains("not counted: " + GpuEstimate.missing(all)));
    }

    @Test
    void everyTableSaysWhatItIs() throws Exception {
        for (String table : List.of(GpuEstimate.plain(GpuCounts.read()), GpuEstimate.markdown(GpuCounts.read()))) {
            assertTrue(table.startsWith("An ESTIMATE by counting, no measurement: no GPU has been measured."));
            for (GpuCard card : GpuCard.values()) {
                assertTrue(table.contains(card.title()));
            }
        }
    }
}
