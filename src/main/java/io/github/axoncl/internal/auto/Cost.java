package io.github.axoncl.internal.auto;

/**
 * What a call costs by its number of elements: two lines {@code a + b n} that meet in the middle one of three points, because
 * what fits into the processor's cache and what does not have different slopes.
 *
 * @param n0     a small number of elements
 * @param n1     a number that still fits into the cache
 * @param n2     a large number
 * @param nanos0 the nanoseconds at n0
 * @param nanos1 those at n1
 * @param nanos2 those at n2
 */
record Cost(double n0, double n1, double n2, double nanos0, double nanos1, double nanos2) {
    Cost {
        if (!(0 < n0 && n0 < n1 && n1 < n2 && n2 < 1e18)) {
            throw new IllegalArgumentException("lengths " + n0 + ", " + n1 + ", " + n2);
        }
        if (!(nanos0 >= 0 && nanos1 >= 0 && nanos2 >= 0 && nanos0 + nanos1 + nanos2 < 1e18)) {
            throw new IllegalArgumentException("times " + nanos0 + ", " + nanos1 + ", " + nanos2);
        }
    }

    /** One line.
     *
     * @param fixed      the nanoseconds of a call
     * @param perElement the nanoseconds of an element */
    static Cost line(double fixed, double perElement) {
        double[] n = {1 << 12, 1 << 16, 1 << 21};
        return new Cost(n[0], n[1], n[2], fixed + perElement * n[0], fixed + perElement * n[1], fixed + perElement * n[2]);
    }

    /** The shorter times of two measurements of the same: other work on the machine only adds to them. The large lengths may
     * differ. */
    Cost orShorter(Cost other) {
        boolean mine = nanos2 / n2 <= other.nanos2 / other.n2;
        return new Cost(n0, n1, mine ? n2 : other.n2, Math.min(nanos0, other.nanos0), Math.min(nanos1, other.nanos1),
                mine ? nanos2 : other.nanos2);
    }

    /** The nanoseconds of a call. More elements never cost less, and no call costs less than nothing, whatever was measured. */
    double nanos(double n) {
        if (n > n1) {
            return nanos1 + Math.max(0, (nanos2 - nanos1) / (n2 - n1)) * (n - n1);
        }
        double slope = Math.min(nanos1 / n1, Math.max(0, (nanos1 - nanos0) / (n1 - n0)));
        return nanos1 - slope * (n1 - n);
    }
}
