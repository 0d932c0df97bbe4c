package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.bench.tools.npy.NpyHeader;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape that an array of a call must have, and what of it belongs to one outer index of the call's rows.
 *
 * @param extents  the shape
 * @param perOuter how many elements belong to one outer index; 0 if all of them serve for every one
 * @param rule     why it must be that shape, for messages: "the shape of x.npy"
 */
record ArrayShape(List<Long> extents, long perOuter, String rule) {
    boolean isShared() {
        return perOuter == 0;
    }

    long elements() {
        return new NpyHeader(extents).elements();
    }

    @Override
    public String toString() {
        return extents.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
