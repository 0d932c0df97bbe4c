package io.github.axoncl.oracle;

import io.github.axoncl.DType;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The unit in which every accuracy is stated. */
class UlpTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

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

    @Test
    void narrowTypes() {
        assertThat(Ulp.error(DType.FLOAT16, 1f, 1 + 0x1p-10)).isEqualTo(1);
        assertThat(Ulp.error(DType.FLOAT16, 0f, 0x1p-25)).isEqualTo(0.5);
        assertThat(Ulp.error(DType.FLOAT16, 0x1p-24f, 0x1.8p-24)).isEqualTo(0.5);
        assertThat(Ulp.error(DType.FLOAT16, Float.POSITIVE_INFINITY, 65520)).isEqualTo(0.5);
        assertThat(Ulp.error(DType.FLOAT16, Float.POSITIVE_INFINITY, 65504)).isEqualTo(1);
        assertThat(Ulp.error(DType.FLOAT16, Float.NEGATIVE_INFINITY, -1e9)).isZero();
        assertThat(Ulp.error(DType.FLOAT16, 65504f, 65536)).isEqualTo(1);
        assertThat(Ulp.error(DType.BFLOAT16, 1f, 1 + 0x1p-7)).isEqualTo(1);
        assertThat(Ulp.error(DType.BFLOAT16, 0x1p-133f, 0)).isEqualTo(1);
        assertThat(Ulp.error(DType.BFLOAT16, Float.POSITIVE_INFINITY, 0x1.FFp127)).isEqualTo(0.5);
        assertThat(Ulp.error(DType.BFLOAT16, Float.NaN, Double.NaN)).isZero();
        assertThat(Ulp.error(DType.BFLOAT16, Float.NaN, 1)).isEqualTo(INF);
        assertThat(Ulp.error(DType.FLOAT32, Math.nextUp(1f), 1)).isEqualTo(1);
        assertThatThrownBy(() -> Ulp.error(DType.FLOAT64, 1f, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void doubles() {
        BigDecimal one = BigDecimal.ONE;
        BigDecimal tiny = new BigDecimal("1e-40");
        assertThat(Ulp.error(1.0, one)).isZero();
        assertThat(Ulp.error(Math.nextUp(1.0), one)).isEqualTo(1);
        assertThat(Ulp.error(Math.nextDown(1.0), one)).isEqualTo(0.5);
        assertThat(Ulp.error(Math.nextDown(1.0), one.subtract(tiny))).as("the unit below 1").isCloseTo(1, within(1e-12));
        assertThat(Ulp.error(1.0, new BigDecimal(1 + 0x1p-52).add(tiny))).isCloseTo(1, within(1e-12));
        assertThat(Ulp.error(-3.0, new BigDecimal(3))).isEqualTo(6 * 0x1p51);
        assertThat(Ulp.error(Double.MIN_VALUE, BigDecimal.ZERO)).isEqualTo(1);
        assertThat(Ulp.error(0.0, new BigDecimal(Double.MIN_VALUE).divide(TWO))).isEqualTo(0.5);
        assertThat(Ulp.error(0.0, new BigDecimal(Double.MIN_NORMAL))).isEqualTo(0x1p52);
        assertThat(Ulp.error(0.0, new BigDecimal("1e-400"))).isLessThan(1e-70);
        assertThat(Ulp.error(0.0, one)).isEqualTo(0x1p52);
    }

    @Test
    void doublesThatOverflow() {
        BigDecimal largest = new BigDecimal(Double.MAX_VALUE);
        BigDecimal unit = TWO.pow(971);
        assertThat(Ulp.error(INF, largest)).isEqualTo(1);
        assertThat(Ulp.error(INF, largest.add(unit.divide(TWO)))).isEqualTo(0.5);
        assertThat(Ulp.error(Double.MAX_VALUE, largest.add(unit))).isEqualTo(1);
        assertThat(Ulp.error(INF, new BigDecimal("1e399"))).isZero();
        assertThat(Ulp.error(-INF, new BigDecimal("-1e399"))).isZero();
        assertThat(Ulp.error(-INF, new BigDecimal("1e399"))).isGreaterThan(1e90);
        assertThat(Ulp.error(INF, BigDecimal.ONE)).isGreaterThan(1e300);
        assertThat(Ulp.error(Double.NaN, BigDecimal.ONE)).isEqualTo(INF);
    }
}
