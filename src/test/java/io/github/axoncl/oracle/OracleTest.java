package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The oracle is right to a thousandth of an ULP where its formulas are delicate: decimal arithmetic from the definitions. */
class OracleTest {
    private static final MathContext DIGITS = Decimal.DIGITS;
    private static final BigDecimal ONE = BigDecimal.ONE;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final double RELATIVE = 0x1p-35;

    @Test
    void decimalFunctions() {
        assertThat(Decimal.exp(ONE).toString()).startsWith("2.71828182845904523536028747135266249775724709369995");
        assertThat(Decimal.ln(TWO).toString()).startsWith("0.69314718055994530941723212145817656807550013436025");
        assertThat(Decimal.SQRT_TWO_PI.toString()).startsWith("2.50662827463100050241576528481104525300698674060993");
        assertThat(Decimal.normalDistribution(new BigDecimal("-10")).doubleValue())
                .isCloseTo(7.619853024160526e-24, within(1e-38));
    }

    @Test
    void zeros() {
        assertThat(Zero.SWISH.high()).isCloseTo(-1.2784645427610738, within(1e-15));
        assertThat(Zero.GELU.high()).isCloseTo(-0.7517915246935645, within(1e-15));
        assertThat(Math.abs(Zero.GELU.low())).isLessThan(0x1p-53);
    }

    @Test
    void sigmoidAndItsDerivative() {
        compare(Activation.SIGMOID, OracleTest::sigmoid, x -> sigmoid(x).multiply(ONE.subtract(sigmoid(x))), 100, 0);
    }

    @Test
    void tanhAndItsDerivative() {
        compare(Activation.TANH, OracleTest::tanh, x -> ONE.subtract(tanh(x).pow(2)), 50, 0);
    }

    @Test
    void eluAndItsDerivative() {
        compare(Activation.ELU, x -> x.signum() > 0 ? x : Decimal.exp(x).subtract(ONE),
                x -> x.signum() > 0 ? ONE : Decimal.exp(x), 100, 0);
    }

    @Test
    void siluAndItsDerivative() {
        compare(Activation.SILU, x -> x.multiply(sigmoid(x)), OracleTest::siluDerivative, 100, Zero.SWISH.high());
    }

    @ParameterizedTest
    @ValueSource(floats = {1.00804496f, 0.7f, -1.3f, 1e-3f, 0x1p20f})
    void swishNearTheZeroOfItsDerivative(float beta) {
        for (float x : around((float) (Zero.SWISH.high() / beta))) {
            BigDecimal v = new BigDecimal(beta).multiply(new BigDecimal(x));
            assertClose("swish'(" + x + ")", Oracles.of(Activation.SWISH).derivative().at(x, beta), siluDerivative(v));
        }
    }

    @Test
    void geluAndItsDerivative() {
        compare(Activation.GELU, x -> x.multiply(Decimal.normalDistribution(x)),
                x -> Decimal.normalDistribution(x).add(x.multiply(Decimal.normalDensity(x))), 14.5, Zero.GELU.high());
    }

    @Test
    void mishAndItsDerivative() {
        compare(Activation.MISH, x -> x.multiply(softplusTanh(x)), x -> {
            BigDecimal t = softplusTanh(x);
            return t.add(x.multiply(sigmoid(x)).multiply(ONE.subtract(t.multiply(t))));
        }, 100, Zero.MISH.high());
    }

    @Test
    void geluTanhAndItsDerivative() {
        compare(Activation.GELU_TANH, x -> x.multiply(sigmoid(Zero.gate(x))), x -> {
            BigDecimal s = sigmoid(Zero.gate(x));
            return s.add(x.multiply(Zero.gateSlope(x)).multiply(s).multiply(ONE.subtract(s)));
        }, 9, Zero.GELU_TANH.high());
    }

    @Test
    void quickGeluAndItsDerivative() {
        BigDecimal factor = new BigDecimal("1.702");
        compare(Activation.QUICK_GELU, x -> x.multiply(sigmoid(factor.multiply(x))),
                x -> siluDerivative(factor.multiply(x)), 60, Zero.SWISH.high() / 1.702);
    }

    @Test
    void tanhShrinkAndItsDerivative() {
        compare(Activation.TANH_SHRINK, x -> x.subtract(tanh(x)), x -> tanh(x).pow(2), 20, 1);
    }

    @Test
    void seluAndItsDerivative() {
        BigDecimal lambda = new BigDecimal("1.0507009873554804934193349852946");
        BigDecimal both = lambda.multiply(new BigDecimal("1.6732632423543772848170429916717"));
        compare(Activation.SELU, x -> x.signum() > 0 ? lambda.multiply(x) : both.multiply(Decimal.exp(x).subtract(ONE)),
                x -> x.signum() > 0 ? lambda : both.multiply(Decimal.exp(x)), 100, 0);
        float lowest = -both.floatValue();
        assertClose("at the lower end", Oracles.of(Activation.SELU).fromOutput().at(lowest),
                both.add(new BigDecimal(lowest)));
    }

    @Test
    void expAndExpm1() {
        compare(Activation.EXP, Decimal::exp, Decimal::exp, 100, 0);
        compare(Activation.EXPM1, x -> Decimal.exp(x).subtract(ONE), Decimal::exp, 100, 0);
    }

    @Test
    void gaussianAndItsDerivative() {
        compare(Activation.GAUSSIAN, x -> Decimal.exp(x.pow(2).negate()),
                x -> x.multiply(TWO).negate().multiply(Decimal.exp(x.pow(2).negate())), 11, 0);
    }

    @Test
    void erfAndItsDerivative() {
        BigDecimal root = TWO.sqrt(DIGITS);
        compare(Activation.ERF,
                x -> x.signum() == 0 ? x : Decimal.normalDistribution(x.multiply(root)).multiply(TWO).subtract(ONE),
                x -> Decimal.normalDensity(x.multiply(root)).multiply(root).multiply(TWO), 11, 0);
    }

    @Test
    void rationalTanhAndItsDerivative() {
        BigDecimal height = new BigDecimal("1.7159");
        BigDecimal four = new BigDecimal("1.41645");
        UnaryOperator<BigDecimal> a = x -> TWO.multiply(x.abs()).divide(BigDecimal.valueOf(3), DIGITS);
        UnaryOperator<BigDecimal> sum = x -> ONE.add(a.apply(x)).add(a.apply(x).pow(2)).add(four.multiply(a.apply(x).pow(4)));
        compare(Activation.RATIONAL_TANH,
                x -> height.multiply(BigDecimal.valueOf(x.signum())).multiply(ONE.subtract(ONE.divide(sum.apply(x), DIGITS))),
                x -> height.multiply(TWO).divide(BigDecimal.valueOf(3), DIGITS).multiply(ONE.add(TWO.multiply(a.apply(x)))
                        .add(four.multiply(BigDecimal.valueOf(4)).multiply(a.apply(x).pow(3))))
                        .divide(sum.apply(x).pow(2), DIGITS), 1e6, 0);
    }

    @Test
    void bentIdentityAndItsDerivative() {
        UnaryOperator<BigDecimal> root = x -> x.pow(2).add(ONE).sqrt(DIGITS);
        compare(Activation.BENT_IDENTITY, x -> root.apply(x).subtract(ONE).divide(TWO, DIGITS).add(x),
                x -> x.divide(TWO.multiply(root.apply(x)), DIGITS).add(ONE), 1e6, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 1.3f, 0x1p-20f, 0x1p20f})
    void isru(float alpha) {
        for (float x : new float[] {-1e6f, -3, -1e-6f, 0, 1e-6f, 2, 1e6f, 1e20f}) {
            BigDecimal square = ONE.add(new BigDecimal(alpha).multiply(new BigDecimal(x).pow(2)));
            assertClose("isru(" + x + ")", Oracles.of(Activation.ISRU).forward().at(x, alpha),
                    new BigDecimal(x).divide(square.sqrt(DIGITS), DIGITS));
            assertClose("isru'(" + x + ")", Oracles.of(Activation.ISRU).derivative().at(x, alpha),
                    ONE.divide(square.multiply(square.sqrt(DIGITS)), DIGITS));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {4, 0x1p-20f, 0x1p20f})
    void squareplus(float b) {
        for (float x : new float[] {-1e6f, -3, -1e-6f, 0, 1e-6f, 2, 1e6f}) {
            BigDecimal h = new BigDecimal(x).pow(2).add(new BigDecimal(b)).sqrt(DIGITS);
            assertClose("squareplus(" + x + ")", Oracles.of(Activation.SQUAREPLUS).forward().at(x, b),
                    h.add(new BigDecimal(x)).divide(TWO, DIGITS));
            assertClose("squareplus'(" + x + ")", Oracles.of(Activation.SQUAREPLUS).derivative().at(x, b),
                    h.add(new BigDecimal(x)).divide(TWO.multiply(h), DIGITS));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 1.5f, 0x1p-20f, 0x1p20f})
    void softplus(float beta) {
        for (float x : new float[] {-80 / beta, -1 / beta, -1e-6f / beta, 0, 1e-6f / beta, 3 / beta, 60 / beta}) {
            BigDecimal e = Decimal.exp(new BigDecimal(beta).multiply(new BigDecimal(x)));
            assertClose("softplus(" + x + ")", Oracles.of(Activation.SOFTPLUS).forward().at(x, beta),
                    Decimal.ln(ONE.add(e)).divide(new BigDecimal(beta), DIGITS));
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void nanAndInfinities(Activation activation) {
        Oracle oracle = Oracles.of(activation);
        double[] parameters = activation.definition().parameters().stream().mapToDouble(p -> p.defaultValue()).toArray();
        assertThat(oracle.forward().at(Double.NaN, parameters)).isNaN();
        assertThat(oracle.derivative().at(Double.NaN, parameters)).isNaN();
        for (double x : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -1, -Float.MIN_VALUE, -0.0, 0.0, 1}) {
            boolean undefined = activation == Activation.SQRT && x < 0
                    || activation == Activation.SIN && Double.isInfinite(x);
            assertThat(Double.isNaN(oracle.forward().at(x, parameters))).as("%s(%s)", activation, x).isEqualTo(undefined);
            assertThat(Double.isNaN(oracle.derivative().at(x, parameters))).as("%s'(%s)", activation, x).isEqualTo(undefined);
        }
    }

    /** A derivative that belongs to another function would be seen by its difference quotient. */
    @ParameterizedTest
    @EnumSource(Activation.class)
    void derivativesAreSlopes(Activation activation) {
        Oracle oracle = Oracles.of(activation);
        double[] parameters = activation.definition().parameters().stream().mapToDouble(p -> 0.3 + p.defaultValue()).toArray();
        for (double x = -8.03; x < 8; x += 0.1) {
            double slope = slope(oracle.forward(), x, parameters);
            if (Double.isNaN(slope)) {
                assertThat(oracle.derivative().at(x, parameters)).as("%s' at %s", activation.id(), x).isNaN();
                continue;
            }
            Offset<Double> close = within(1e-10 * (1 + Math.abs(slope)));
            assertThat(oracle.derivative().at(x, parameters)).as("%s' at %s", activation.id(), x).isCloseTo(slope, close);
            if (oracle.fromOutput() != null) {
                assertThat(oracle.fromOutput().at(oracle.forward().at(x, parameters), parameters))
                        .as("%s' at %s, from the output", activation.id(), x).isCloseTo(slope, close);
            }
        }
    }

    /** The difference quotient of fourth order. */
    private static double slope(Formula f, double x, double... parameters) {
        double h = 0x1p-12;
        return (8 * (f.at(x + h, parameters) - f.at(x - h, parameters)) - f.at(x + 2 * h, parameters)
                + f.at(x - 2 * h, parameters)) / (12 * h);
    }

    private static void compare(Activation activation, UnaryOperator<BigDecimal> f, UnaryOperator<BigDecimal> slope,
                                double range, double zero) {
        SplittableRandom random = new SplittableRandom(activation.ordinal());
        for (int i = 0; i < 60; i++) {
            float x = (float) ((random.nextBoolean() ? range : -range) * Math.scalb(random.nextDouble(), -random.nextInt(24)));
            check(activation, f, slope, x);
        }
        for (float x : around((float) zero)) {
            check(activation, f, slope, x);
        }
    }

    private static void check(Activation activation, UnaryOperator<BigDecimal> f, UnaryOperator<BigDecimal> slope, float x) {
        Oracle oracle = Oracles.of(activation);
        double[] parameters = activation.definition().parameters().stream().mapToDouble(p -> p.defaultValue()).toArray();
        assertClose(activation + "(" + x + ")", oracle.forward().at(x, parameters), f.apply(new BigDecimal(x)));
        assertClose(activation + "'(" + x + ")", oracle.derivative().at(x, parameters), slope.apply(new BigDecimal(x)));
    }

    /** The floats nearest to a zero and others up to beyond where the oracle changes its formula. */
    private static float[] around(float zero) {
        float[] near = new float[40];
        for (int i = 0; i < near.length; i++) {
            int step = i < 20 ? i / 2 : 1 << i / 2;
            near[i] = Float.intBitsToFloat(Float.floatToIntBits(zero) + (i % 2 == 0 ? step : zero == 0 ? step + 1 : -step));
        }
        return near;
    }

    private static void assertClose(String what, double actual, BigDecimal exact) {
        BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
        double allowed = Math.abs(exact.doubleValue()) * RELATIVE;
        assertThat(error.doubleValue()).as("%s = %s", what, exact.round(new MathContext(20))).isLessThanOrEqualTo(allowed);
    }

    private static BigDecimal sigmoid(BigDecimal x) {
        return ONE.divide(ONE.add(Decimal.exp(x.negate())), DIGITS);
    }

    private static BigDecimal tanh(BigDecimal x) {
        BigDecimal e = Decimal.exp(TWO.multiply(x));
        return e.subtract(ONE).divide(e.add(ONE), DIGITS);
    }

    /** The tanh of ln(1 + e^x). */
    private static BigDecimal softplusTanh(BigDecimal x) {
        BigDecimal e = Decimal.exp(x);
        BigDecimal n = e.multiply(e.add(TWO));
        return n.divide(n.add(TWO), DIGITS);
    }

    private static BigDecimal siluDerivative(BigDecimal v) {
        BigDecimal s = sigmoid(v);
        return s.add(v.multiply(s).multiply(ONE.subtract(s)));
    }
}
