package io.github.axoncl.bench.tools.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Loss;
import io.github.axoncl.Penalty;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.oracle.LearnedOracle;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That every family of operations is verified, and that verification notices what is wrong. */
class VerifyTest {
    private static final int FEW = 70;
    private static final Backend REFERENCE = Machine.cpu(false);

    @AfterAll
    static void close() {
        REFERENCE.close();
    }

    static Stream<Map.Entry<String, List<? extends KernelFunction>>> families() {
        return Stream.of(Map.entry("", List.of(Activation.values())), Map.entry("", List.of(RowActivation.values())),
                Map.entry("", List.of(Loss.values())), Map.entry("", List.of(GatedActivation.values())),
                Map.entry("", List.of(StochasticActivation.values())), Map.entry("", List.of(Penalty.values())),
                Map.entry("", List.of(RecurrentCell.values())),
                Map.entry(", learned, 5 channels", LearnedOracle.functions().stream().sorted().toList()));
    }

    @ParameterizedTest
    @MethodSource("families")
    void everyFunctionIsListed(Map.Entry<String, List<? extends KernelFunction>> family) {
        List<String> titles = VerifyCase.all().stream().map(VerifyCase::title).toList();
        for (KernelFunction f : family.getValue()) {
            for (String operation : f == StochasticActivation.GUMBEL_NOISE ? List.of(" forward")
                    : List.of(" forward", " backward")) {
                assertTrue(titles.stream().anyMatch(title -> title.matches(f.id() + "(\\(.*\\))?" + operation + ".*")
                        && title.endsWith(family.getKey())), () -> f.id() + operation + " is not verified");
            }
        }
        Set<String> once = new HashSet<>();
        titles.forEach(title -> assertTrue(once.add(title), () -> "twice: " + title));
    }

    @ParameterizedTest
    @ValueSource(strings = {"softmax.*, inner 7", "log_softmax.*, causal mask", "logsumexp.* backward, .*, additive mask",
        "softmax.*, mask of flags", "softmax_cross_entropy.* backward of classes, weights, an ignored index, mean, inner 7",
        "softmax_cross_entropy.* of probabilities.*, none", "sigmoid_binary.*, sum", "swiglu .gate first. backward of halves.*",
        "zoneout.* backward", "tanh_after_gelu backward", "elu_with_bias.* forward, z kept", "gelu_with_bias.* backward from z",
        "softsign_with_accumulate.*",
        "dropout_after_gelu.* backward", "alpha_dropout_after_selu_with_bias.* forward, z kept",
        "bfloat16 fast gelu derivative", "float64 tanh backward_from_output"})
    void kindsOfCalls(String title) {
        assertTrue(VerifyCase.all().stream().anyMatch(verified -> verified.title().matches(title)), title);
    }

    static Stream<VerifyCase> fewOfEachFamily() {
        return Stream.of(RowCases.all(), LossCases.all(), GatedCases.all(), LearnedCases.all(), StochasticCases.all(),
                FusedCases.all(), DropoutCases.all(), RecurrentCases.all(), ElementwiseCases.all(), TypeCases.all())
                .flatMap(cases -> Stream.of(cases.get(0), cases.get(1), cases.get(cases.size() - 2),
                        cases.get(cases.size() - 1)));
    }

    /** In each output one bit of one element. */
    @ParameterizedTest
    @MethodSource("fewOfEachFamily")
    void oneWrongBitIsFound(VerifyCase verified) {
        Trial trial = verified.prepare().of(FEW, REFERENCE);
        List<Values> expected = trial.run(REFERENCE);
        List<Exact> exact = trial.exact();
        for (int k = 0; k < expected.size(); k++) {
            Comparison good = Comparison.of(trial, trial.outputs().get(k), expected.get(k), expected.get(k), exact.get(k),
                    null);
            assertTrue(good.isGood(), () -> verified.title() + ": " + good);
            int last = expected.get(k).length() - 1;
            Values wrong = expected.get(k).copy();
            flip(wrong, last);
            Comparison bad = Comparison.of(trial, trial.outputs().get(k), expected.get(k), wrong, exact.get(k), null);
            assertEquals(1, bad.differing(), verified::title);
            assertFalse(bad.isGood(), verified::title);
            assertTrue(bad.worst().endsWith("gave " + wrong.text(last) + ", not " + expected.get(k).text(last)), bad::worst);
        }
    }

    /** The lowest bit, of NaN the sign and all others. */
    private static void flip(Values values, int i) {
        if (values.array() instanceof float[] floats) {
            floats[i] = Float.isNaN(floats[i]) ? 1 : Float.intBitsToFloat(Float.floatToIntBits(floats[i]) ^ 1);
        } else if (values.array() instanceof double[] doubles) {
            doubles[i] = Double.isNaN(doubles[i]) ? 1 : Double.longBitsToDouble(Double.doubleToLongBits(doubles[i]) ^ 1);
        } else {
            short[] shorts = (short[]) values.array();
            shorts[i] = (short) ((shorts[i] & 0x7FFF) > 0x7C00 ? 1 : shorts[i] ^ 1);
        }
    }

    /** The same wrong result on both sides: what the oracle is for. */
    @ParameterizedTest
    @MethodSource("fewOfEachFamily")
    void anErrorAboveTheLimitIsFound(VerifyCase verified) {
        Trial trial = verified.prepare().of(FEW, REFERENCE);
        List<Values> results = trial.run(REFERENCE);
        List<Exact> exact = trial.exact();
        for (int k = 0; k < results.size(); k++) {
            Trial.Output output = trial.outputs().get(k);
            if (Double.isInfinite(output.limit())) {
                continue;
            }
            float[] wrong = (float[]) results.get(k).copy().array();
            int judged = 0;
            for (int i = 0; i < wrong.length; i++) {
                if (exact.get(k).isJudged(i) && Double.isFinite(exact.get(k).magnitude(i))) {
                    judged++;
                    wrong[i] += 40 * Math.ulp((float) exact.get(k).magnitude(i));
                }
            }
            assertTrue(judged > 0, () -> verified.title() + ": " + output.name() + " is not judged");
            Comparison bad = Comparison.of(trial, output, Values.of(wrong), Values.of(wrong), exact.get(k), null);
            assertEquals(0, bad.differing());
            assertFalse(bad.isGood(), () -> verified.title() + ": " + bad);
        }
    }

    @Test
    void whatFlushingExplains() {
        Trial trial = Trial.of(Rows.of(1, 2), (backend, operands) -> { }).factor("dy", Place.EACH, 4, 1)
                .out("y", Place.EACH, 1);
        Values expected = Values.of(3 * Float.MIN_NORMAL, 1);
        assertEquals(1, compare(trial, expected, Values.of(0f, 1f), expected).flushed());
        assertEquals(0, compare(trial, expected, Values.of(0f, 1f), expected).differing());
        assertEquals(1, compare(trial, expected, Values.of(0f, 1f), null).differing());
        assertEquals(1, compare(trial, expected, Values.of(-3 * Float.MIN_NORMAL, 1), expected).differing());
        assertEquals(1, compare(trial, expected, Values.of(3 * Float.MIN_NORMAL, 0f), expected).differing());
    }

    /** What was flushed of one element, its own gradient multiplies; a sum of the row has all of them. */
    @Test
    void whatMultipliesWhatWasFlushed() {
        Rows rows = new Rows(1, 2, 2);
        float[] dy = {2, 3, -50, 7};
        Trial own = Trial.of(rows, (backend, operands) -> { }).factor("dy", Place.EACH, dy).out("y", Place.EACH, 1);
        Trial ofRow = Trial.of(rows, (backend, operands) -> { }).factorOfRow("dy", Place.EACH, dy).out("y", Place.EACH, 1);
        assertEquals(2, own.factor(own.outputs().get(0), 0));
        assertEquals(50, ofRow.factor(ofRow.outputs().get(0), 0));
        assertEquals(7, ofRow.factor(ofRow.outputs().get(0), 1));
        Values expected = Values.of(300 * Float.MIN_NORMAL, 1, 1, 1);
        Values actual = Values.of(270 * Float.MIN_NORMAL, 1, 1, 1);
        assertEquals(1, compare(own, expected, actual, expected).differing());
        assertEquals(1, compare(ofRow, expected, actual, expected).flushed());
    }

    private static Comparison compare(Trial trial, Values expected, Values actual, Values ofFlushed) {
        return Comparison.of(trial, trial.outputs().get(0), expected, actual, new Exact(expected.length()), ofFlushed);
    }

    @Test
    void aBadComparisonFailsTheCommand() {
        for (Comparison bad : List.of(new Comparison(5, 1, 0, 5, 0, 1, ""), new Comparison(5, 0, 0, 5, 1.1, 1, ""),
                new Comparison(5, 0, 0, 0, 0, 1, ""))) {
            VerifyTarget scalar = new VerifyTarget("scalar", List.of(REFERENCE), true, true, 1);
            VerifyTarget other = new VerifyTarget("other", List.of(REFERENCE), true, true, 1);
            scalar.add("", new Comparison(5, 0, 0, 5, 1, 1, ""));
            other.add("", bad);
            FailedException failure = assertThrows(FailedException.class, () -> VerifyCommand.check(List.of(scalar, other)));
            assertTrue(failure.getMessage().endsWith("[other]"), failure::getMessage);
        }
    }

    @Test
    void whereResultsComeFrom() {
        Rows rows = new Rows(2, 3, 5);
        for (int element = 0; element < rows.length(); element++) {
            for (int part = 0; part < 4; part++) {
                int index = Place.EACH.index(rows, 4, part, 120, element);
                assertEquals(element, Place.EACH.element(rows, 4, index));
            }
            int row = Place.ROW.index(rows, 1, 0, 10, element);
            assertEquals(element / 15 * 5 + element % 5, row);
            assertEquals(element / 15 * 15 + element % 5, Place.ROW.element(rows, 1, row));
            assertEquals(element / 5 % 3, Place.AXIS.index(rows, 1, 0, 3, element));
            assertEquals(element % 15, Place.REPEATED.index(rows, 1, 0, 15, element));
        }
        float[] x = {1, 2, 3, 4};
        Trial trial = Trial.of(Rows.of(2, 2), (backend, operands) -> { }).in("x", Place.EACH, x)
                .in("class", Place.ROW, Values.of(7, 8)).out("y", Place.EACH, 1).out("loss", Place.ROW, 1);
        assertEquals("x=3.0 class=8", trial.text(trial.outputs().get(0), 2));
        assertEquals("x=3.0... class=8", trial.text(trial.outputs().get(1), 1));
        assertEquals(DType.FLOAT32, trial.outputs().get(0).type());
    }
}
