package io.github.axoncl.internal.opencl;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** A division by multiplying, as lib/map.cl does it, is the division. */
class ReciprocalTest {
    private static final int LAST = Integer.MAX_VALUE;

    private static long quotient(long number, long reciprocal) {
        long low = Math.multiplyHigh((number << 1) << 16, (reciprocal & 0xFFFFFFFFL) << 16);
        return low >>> (reciprocal >>> 32);
    }

    private static void check(long number, long divisor) {
        assertThat(quotient(number, Reciprocal.of(divisor))).as("%d / %d", number, divisor).isEqualTo(number / divisor);
    }

    @Test
    void atTheEdges() {
        for (long divisor : new long[] {1, 2, 3, 5, 7, 10, 63, 64, 65, 641, 1000, 1 << 20, (1 << 29) + 1, (1 << 30) - 1, 1 << 30}) {
            for (long multiple : new long[] {0, divisor, 2 * divisor, LAST / divisor * divisor, LAST / 2 / divisor * divisor}) {
                for (long number = Math.max(0, multiple - 1); number <= Math.min(LAST, multiple + 1); number++) {
                    check(number, divisor);
                }
            }
            check(LAST, divisor);
        }
    }

    @Test
    void anywhere() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 100_000; i++) {
            long divisor = 1 + random.nextLong(1L << random.nextInt(31));
            long last = LAST / divisor * divisor;
            check(random.nextLong(1L << 31), divisor);
            check(last, divisor);
            check(Math.max(0, last - 1), divisor);
        }
    }
}
