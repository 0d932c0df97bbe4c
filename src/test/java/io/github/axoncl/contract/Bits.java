package io.github.axoncl.contract;

import static org.assertj.core.api.Assertions.fail;

/** Compares bit patterns; NaN equals NaN. */
final class Bits {
    private Bits() {
    }

    static boolean same(float a, float b) {
        return Float.floatToIntBits(a) == Float.floatToIntBits(b);
    }

    /** Fails with the number of differences and the first of them. */
    static void assertSame(Object what, float[] actual, float[] expected) {
        assertSame(what, actual, 0, expected, 0, expected.length);
    }

    static void assertSame(Object what, float[] actual, int actualOffset, float[] expected, int expectedOffset, int length) {
        int differences = 0;
        int first = -1;
        for (int i = 0; i < length; i++) {
            if (!same(actual[actualOffset + i], expected[expectedOffset + i])) {
                differences++;
                first = first < 0 ? i : first;
            }
        }
        if (differences > 0) {
            fail("%s: %d of %d values differ, first at %d: %s instead of %s", what, differences, length, first,
                    text(actual[actualOffset + first]), text(expected[expectedOffset + first]));
        }
    }

    static String text(float value) {
        return value + " (" + Float.toHexString(value) + ")";
    }
}
