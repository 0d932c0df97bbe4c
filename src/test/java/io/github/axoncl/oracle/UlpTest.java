package io.github.axoncl.oracle;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The unit in which every accuracy is stated. */
class UlpTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void unitsOfTheLastPlace() {
        assertThat(Ulp.error(1f, 1)).isZero();
        assertThat(Ulp.error(Math.nextUp(1f), 1)).isEqualTo(1);
        assertThat(Ulp.error(1f, 1 + 0x1p-24)).isEqualTo(0.5);
        assertThat(Ulp.error(1f, 1 - 0x1p-25)).isEqualTo(0.5);
        assertThat(Ulp.error(-3f, 3)).isEqualTo(6 * 0x1p22);
    }

    @Test
    void subnormalResultsAreCountedInQuanta() {
        assertThat(Ulp.error(Float.MIN_VALUE, 0)).isEqualTo(1);
        assertThat(Ulp.error(0f, 0x1p-150)).isEqualTo(0.5);
        assertThat(Ulp.error(0f, 1e-300)).isLessThan(1e-200);
        assertThat(Ulp.error(0f, 0x1p-100)).isEqualTo(0x1p23);
    }

    @Test
    void infinityAndNaN() {
        assertThat(Ulp.error(Float.NaN, Double.NaN)).isZero();
        assertThat(Ulp.error(Float.NaN, 1)).isEqualTo(INF);
        assertThat(Ulp.error(1f, Double.NaN)).isEqualTo(INF);
        assertThat(Ulp.error(Float.POSITIVE_INFINITY, INF)).isZero();
        assertThat(Ulp.error(Float.NEGATIVE_INFINITY, INF)).isEqualTo(INF);
        assertThat(Ulp.error(Float.MAX_VALUE, INF)).isEqualTo(INF);
        assertThat(Ulp.error(Float.POSITIVE_INFINITY, 1e300)).isZero();
        assertThat(Ulp.error(Float.NEGATIVE_INFINITY, 1e300)).isGreaterThan(1e30);
        assertThat(Ulp.error(Float.POSITIVE_INFINITY, 0x1p128 - 0x1p103)).isEqualTo(0.5);
        assertThat(Ulp.error(Float.POSITIVE_INFINITY, Float.MAX_VALUE)).isEqualTo(1);
    }
}
