package io.github.axoncl.bench.measure.gpu;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What a copy takes by the number of bytes that it reads and writes: of each size the best that was measured. */
final class CopyCurve {
    private final NavigableMap<Double, Double> nanos = new TreeMap<>();

    void add(double bytes, double time) {
        nanos.merge(bytes, time, Math::min);
    }

    /** The nanoseconds of a copy that moves so many bytes: between two measured sizes by the power law through them, below the
     * smallest what that takes, above the largest in proportion to the bytes. NaN if nothing was measured. */
    double of(double bytes) {
        Map.Entry<Double, Double> below = nanos.floorEntry(bytes);
        Map.Entry<Double, Double> above = nanos.ceilingEntry(bytes);
        if (below == null || above == null) {
            return below != null ? below.getValue() * bytes / below.getKey() : above != null ? above.getValue() : Double.NaN;
        }
        if (below.getKey().equals(above.getKey())) {
            return below.getValue();
        }
        double place = Math.log(bytes / below.getKey()) / Math.log(above.getKey() / below.getKey());
        return below.getValue() * Math.pow(above.getValue() / below.getValue(), place);
    }
}
