package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.Objects;

/** What the calls of stochastic functions are made of, and the numbers that their definitions leave to the host. */
final class StochasticCalls {
    /** −λα, what SELU gives at −∞. */
    private static final double SELU_LOWEST = -1.7580993408473768599;

    private StochasticCalls() {
    }

    /** y = f(x). */
    static CallBuilder forward(StochasticFunction f, RandomSeed seed, Operand x, Operand y) {
        CallBuilder call = begin(Operation.FORWARD, f, seed, "x", x);
        if (is(f, StochasticActivation.ZONEOUT)) {
            throw new IllegalArgumentException(f.id() + " takes two inputs; use forward(function, seed, x, previous, y)");
        }
        return call.in("x", Layout.EACH, x).out("y", Layout.EACH, y);
    }

    /** y = f(x, previous). */
    static CallBuilder forward(StochasticFunction f, RandomSeed seed, Operand x, Operand previous, Operand y) {
        CallBuilder call = begin(Operation.FORWARD, f, seed, "x", x);
        if (!is(f, StochasticActivation.ZONEOUT)) {
            throw new IllegalArgumentException(f.id() + " takes one input; use forward(function, seed, x, y)");
        }
        return call.in("x", Layout.EACH, x).in("previous", Layout.EACH, previous).out("y", Layout.EACH, y);
    }

    /** dx of functions whose gradient depends on the seed alone. */
    static CallBuilder backward(StochasticFunction f, RandomSeed seed, Operand dy, Operand dx) {
        CallBuilder call = begin(Operation.BACKWARD, f, seed, "dy", dy);
        checkGradient(f);
        if (f instanceof StochasticChain || is(f, StochasticActivation.RRELU) || is(f, StochasticActivation.STOCHASTIC_GELU)) {
            throw new IllegalArgumentException(f.id()
                    + ": the gradient depends on the input; use backward(function, seed, x, dy, dx)");
        }
        return call.in("dy", Layout.EACH, dy).out("dx", Layout.EACH, dx);
    }

    /** dx from the input. */
    static CallBuilder backward(StochasticFunction f, RandomSeed seed, Operand x, Operand dy, Operand dx) {
        CallBuilder call = begin(Operation.BACKWARD, f, seed, "x", x);
        checkGradient(f);
        return call.in("x", Layout.EACH, x).in("dy", Layout.EACH, dy).out("dx", Layout.EACH, dx);
    }

    /** Both gradients of a function of two inputs. */
    static CallBuilder backwardBoth(StochasticFunction f, RandomSeed seed, Operand dy, Operand dx, Operand dprevious) {
        CallBuilder call = begin(Operation.BACKWARD, f, seed, "dy", dy);
        if (!is(f, StochasticActivation.ZONEOUT)) {
            throw new IllegalArgumentException(f.id() + " has one input and one gradient; use backward");
        }
        return call.in("dy", Layout.EACH, dy).out("dx", Layout.EACH, dx).out("dprevious", Layout.EACH, dprevious);
    }

    private static void checkGradient(StochasticFunction f) {
        if (is(f, StochasticActivation.ZONEOUT)) {
            throw new IllegalArgumentException(f.id()
                    + " has two gradients; use backwardBoth(function, seed, dy, dx, dprevious)");
        } else if (is(f, StochasticActivation.GUMBEL_NOISE)) {
            throw new IllegalArgumentException(f.id() + " has no backward operation: dx is dy");
        }
    }

    private static CallBuilder begin(Operation operation, StochasticFunction f, RandomSeed seed, String name, Operand first) {
        Objects.requireNonNull(f, "function");
        Objects.requireNonNull(seed, "seed");
        Objects.requireNonNull(first, name);
        CallBuilder call = CallBuilder.ofElements(operation, f, first.length());
        seed.addTo(call, first.length());
        addNumbers(call, "", f);
        return call;
    }

    /** The numbers that the text of a function leaves to the host.
     *
     * @param prefix what their names begin with, as those of the parameters do: "" but for parts of something else */
    static void addNumbers(CallBuilder call, String prefix, StochasticFunction f) {
        if (f instanceof StochasticChain chain) {
            addNumbers(call, prefix + "g_", chain.decision());
        } else if (is(f, StochasticActivation.DROPOUT)) {
            float p = (float) f.argument(0);
            addThreshold(call, prefix, p);
            call.scalar(prefix + "factor", keptFactor(p));
        } else if (is(f, StochasticActivation.ALPHA_DROPOUT)) {
            float p = (float) f.argument(0);
            addThreshold(call, prefix, p);
            addAffine(call, prefix, p);
        } else if (is(f, StochasticActivation.ZONEOUT)) {
            addThreshold(call, prefix, (float) f.argument(0));
        }
    }

    /** Whether a function can be a part of another one. */
    static void checkJoins(StochasticFunction f) {
        if (is(f, StochasticActivation.ZONEOUT)) {
            throw new IllegalArgumentException(f.id() + " takes two inputs; it cannot be joined with another function");
        } else if (is(f, StochasticActivation.GUMBEL_NOISE)) {
            throw new IllegalArgumentException(f.id()
                    + " has no backward operation; it cannot be joined with another function");
        }
    }

    private static boolean is(StochasticFunction f, StochasticActivation constant) {
        return f.definition() == constant.definition();
    }

    /** Bits below T keep an element, T = floor((1 - p) 2^32 + 0.5). In 32 bits: T - 1, and whether T is above 0. */
    private static void addThreshold(CallBuilder call, String prefix, float p) {
        double threshold = Math.floor((1.0 - p) * 0x1p32 + 0.5);
        call.scalar(prefix + "last_kept", Math.max(threshold - 1, 0)).scalar(prefix + "any_kept", threshold > 0 ? 1 : 0);
    }

    /** What kept elements are multiplied by; not used where none is kept. */
    private static float keptFactor(float p) {
        return p < 1 ? (float) (1.0 / (1.0 - p)) : 0;
    }

    private static void addAffine(CallBuilder call, String prefix, float p) {
        double q = 1.0 - p;
        double a = p < 1 ? 1 / Math.sqrt(q + SELU_LOWEST * SELU_LOWEST * q * p) : 0;
        call.scalar(prefix + "a", (float) a).scalar(prefix + "b", (float) (-a * p * SELU_LOWEST));
    }
}
