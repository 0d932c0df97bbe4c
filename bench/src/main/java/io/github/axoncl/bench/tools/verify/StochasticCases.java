package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Operation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.oracle.Philox;
import io.github.axoncl.oracle.StochasticOracle;
import io.github.axoncl.oracle.StochasticOracle.Decision;
import io.github.axoncl.oracle.StochasticOracle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Functions that take random decisions, with one fixed seed. */
final class StochasticCases {
    /** Where the numbers of the blocks need more than 32 bits. */
    static final RandomSeed SEED = new RandomSeed(0xFEDCBA9876543210L, -2, (1L << 34) - 70);
    private static final int FLUSHES = 2;
    /** A change of the input that is larger than any rounding. */
    private static final double BESIDE = 0x1p-20;

    private StochasticCases() {
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        for (StochasticActivation constant : StochasticActivation.values()) {
            StochasticOracle oracle = StochasticOracle.of(constant);
            List<StochasticFunction> functions = constant.definition().parameters().isEmpty() ? List.of(constant)
                    : List.of(constant, constant.with(Samples.otherArguments(constant.definition())));
            for (StochasticFunction f : functions) {
                boolean twoInputs = constant == StochasticActivation.ZONEOUT;
                cases.add(new VerifyCase(f.describe() + " " + Operation.FORWARD.id(),
                        (samples, reference) -> forward(f, oracle, twoInputs, samples)));
                if (oracle.backward() != null) {
                    cases.add(new VerifyCase(f.describe() + " " + Operation.BACKWARD.id(),
                            (samples, reference) -> twoInputs ? backwardBoth(f, samples) : backward(f, oracle, samples)));
                }
            }
        }
        return cases;
    }

    private static Trial forward(StochasticFunction f, StochasticOracle oracle, boolean twoInputs, int samples) {
        float[] x = Samples.inputs(samples, 41);
        float[] previous = Samples.inputs(samples, 42);
        Trial trial = Trial.of(new Rows(samples, 1, 1), (backend, o) -> {
            if (twoInputs) {
                backend.forward(f, SEED, o.apply("x"), o.apply("previous"), o.apply("y"));
            } else {
                backend.forward(f, SEED, o.apply("x"), o.apply("y"));
            }
        }).in("x", Place.EACH, x).out("y", Place.EACH, FLUSHES, oracle.limit());
        if (twoInputs) {
            trial.in("previous", Place.EACH, previous);
        }
        return trial.exact(samples, (i, exact) -> set(exact[0], i, f, oracle.forward(), x[i], previous[i], 1));
    }

    private static Trial backward(StochasticFunction f, StochasticOracle oracle, int samples) {
        float[] x = Samples.inputs(samples, 43);
        float[] dy = Samples.gradients(samples, 44);
        return Trial.of(new Rows(samples, 1, 1),
                (backend, o) -> backend.backward(f, SEED, o.apply("x"), o.apply("dy"), o.apply("dx")))
                .in("x", Place.EACH, x).factor("dy", Place.EACH, dy).out("dx", Place.EACH, FLUSHES, oracle.limit())
                .exact(samples, (i, exact) -> set(exact[0], i, f, oracle.backward(), x[i], 0, dy[i]));
    }

    /** Of two gradients the oracle says which one is dy; the other is 0. */
    private static Trial backwardBoth(StochasticFunction f, int samples) {
        float[] dy = Samples.gradients(samples, 44);
        return Trial.of(new Rows(samples, 1, 1), (backend, o) -> backend.backwardBoth(f, SEED, o.apply("dy"), o.apply("dx"),
                o.apply("dprevious"))).factor("dy", Place.EACH, dy).out("dx", Place.EACH, FLUSHES)
                .out("dprevious", Place.EACH, FLUSHES);
    }

    /** The random bits of an element. */
    static long word(int i) {
        return Philox.word(SEED.seed(), SEED.offset(), SEED.firstElement() + i);
    }

    private static void set(Exact exact, int i, StochasticFunction f, Decision decision, float x, float previous,
                            float factor) {
        double[] parameters = IntStream.range(0, f.definition().parameters().size()).mapToDouble(f::argument).toArray();
        long word = word(i);
        Value value = decision.at(word, x, previous, parameters);
        boolean above = decision.at(word, x * (1 + BESIDE), previous, parameters).value() == 0;
        boolean below = decision.at(word, x * (1 - BESIDE), previous, parameters).value() == 0;
        // The oracle does not speak of NaN, and a rounding may turn a decision that depends on x.
        if (above == below && !Float.isNaN(x)) {
            // What is dropped is 0, whatever it was.
            boolean dropped = value.value() == 0;
            exact.set(i, dropped ? 0 : value.value() * factor, dropped ? 0 : value.magnitude() * factor);
        }
    }
}
