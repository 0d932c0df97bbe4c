package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Derives the derivative of a function that has none, from the operations of its straight line: the rules of calculus for
 * arithmetic, branch by branch for a select, and the declared derivative for a library function that has one.
 */
final class Derivation {
    /** The derivative of a value: null where it is 0, or the operation that has none. */
    private record Slope(Value value, Value obstacle) {
        static final Slope ZERO = new Slope(null, null);

        boolean isZero() {
            return value == null && obstacle == null;
        }
    }

    private final KernelModule module;
    private final Type.Scalar real;
    private final Tracer tracer;
    private final Map<Value, Slope> slopes = new IdentityHashMap<>();

    private Derivation(KernelModule module) {
        this.module = module;
        this.real = module.real();
        this.tracer = new Tracer(module);
    }

    /** The text of a function {@code derivative}, in a double program {@code derivative64}.
     *
     * @throws KernelBuildException if the result depends on x through bits or integers */
    static String of(KernelModule module) {
        return new Derivation(module).derive();
    }

    private String derive() {
        Function forward = module.function(module.root(Operation.FORWARD, Precision.ACCURATE));
        List<Value[]> arguments = new ArrayList<>();
        Value x = tracer.input(0, real);
        arguments.add(new Value[] {x});
        List<String> names = new ArrayList<>();
        for (Parameter parameter : module.definition().parameters()) {
            arguments.add(new Value[] {tracer.parameter(names.size(), real)});
            names.add(parameter.name());
        }
        String name = real == Type.Scalar.DOUBLE ? "derivative64" : "derivative";
        Value result = tracer.call(forward, arguments)[0];
        Map<Value, Tracer.DeclaredCall> declared = Map.copyOf(tracer.declaredCalls());
        // What lies inside a declared call does not matter.
        List<Value> order = StraightLine.order(List.of(result),
                value -> declared.containsKey(value) ? declared.get(value).arguments() : value.arguments());
        for (Value value : order) {
            Tracer.DeclaredCall call = declared.get(value);
            slopes.put(value, value == x ? new Slope(one(), null) : value.uniform() ? Slope.ZERO
                    : call != null ? declaredSlope(call) : slope(value));
        }
        Slope slope = slopes.get(result);
        if (slope.obstacle() != null) {
            throw forward.source().error(forward.offset(), "the derivative of \"" + forward.name() + "\" cannot be "
                    + "derived, because its result "
                    + "depends on x through " + slope.obstacle() + "; give a function \"" + name + "\"");
        }
        // f'(NaN) is NaN, for a constant slope too.
        Value known = slope.isZero() ? zero() : slope.value();
        Value isNumber = tracer.operation(Opcode.EQUAL, Type.Scalar.BOOL, x, x);
        return ValueText.function(name, real, names, tracer.operation(Opcode.SELECT, real, isNumber, known, x));
    }

    /** The chain rule over the arguments of a call. */
    private Slope declaredSlope(Tracer.DeclaredCall call) {
        Value sum = null;
        List<Value[]> arguments = call.arguments().stream().map(a -> new Value[] {a}).toList();
        for (int i = 0; i < call.arguments().size(); i++) {
            Slope inner = slopes.get(call.arguments().get(i));
            if (inner.isZero()) {
                continue;
            }
            Function rule = module.declaredDerivative(call.function(), call.function().parameters().get(i));
            if (inner.obstacle() != null || rule == null) {
                return inner.obstacle() != null ? inner : new Slope(null, call.arguments().get(i));
            }
            sum = plus(sum, times(tracer.call(rule, arguments)[0], inner.value()));
        }
        return new Slope(sum, null);
    }

    private Slope slope(Value v) {
        for (Value argument : v.arguments()) {
            // Which side of a select is taken changes nowhere but at single points.
            if (slopes.get(argument).obstacle() != null && argument.type() != Type.Scalar.BOOL) {
                return slopes.get(argument);
            }
        }
        if (v.type() != real) {
            boolean depends = v.type() != Type.Scalar.BOOL && v.arguments().stream().anyMatch(a -> !a.uniform());
            return depends ? new Slope(null, v) : Slope.ZERO;
        }
        return switch (v.code()) {
            case ADD -> new Slope(plus(of(v, 0), of(v, 1)), null);
            case SUBTRACT -> new Slope(minus(of(v, 0), of(v, 1)), null);
            case NEGATE -> new Slope(minus(null, of(v, 0)), null);
            case MULTIPLY -> new Slope(product(v), null);
            case FMA -> new Slope(plus(product(v), of(v, 2)), null);
            case RECIPROCAL -> new Slope(ofReciprocal(v), null);
            case SELECT -> new Slope(ofSelect(v), null);
            default -> new Slope(null, v);
        };
    }

    private Value of(Value v, int argument) {
        return slopes.get(v.argument(argument)).value();
    }

    private Value product(Value v) {
        return plus(times(v.argument(0), of(v, 1)), times(v.argument(1), of(v, 0)));
    }

    private Value ofReciprocal(Value v) {
        // v (v inner), because v v may underflow where the whole does not.
        return minus(null, times(v, times(v, of(v, 0))));
    }

    private Value ofSelect(Value v) {
        Value then = of(v, 1);
        Value otherwise = of(v, 2);
        return then == null && otherwise == null ? null : tracer.operation(Opcode.SELECT, real, v.argument(0),
                then == null ? zero() : then, otherwise == null ? zero() : otherwise);
    }

    private Value plus(Value a, Value b) {
        return a == null ? b : b == null ? a : tracer.operation(Opcode.ADD, real, a, b);
    }

    private Value minus(Value a, Value b) {
        return b == null ? a : a == null ? tracer.operation(Opcode.NEGATE, real, b)
                : tracer.operation(Opcode.SUBTRACT, real, a, b);
    }

    /** a slope; where the slope is 0 the product is 0 for an infinite a too, as everywhere in backward. */
    private Value times(Value a, Value slope) {
        if (slope == null) {
            return null;
        }
        return slope.code() == Opcode.CONSTANT ? tracer.operation(Opcode.MULTIPLY, real, a, slope)
                : tracer.call(module.function("chain_rule"), List.of(new Value[] {a}, new Value[] {slope}))[0];
    }

    private Value one() {
        return tracer.constant(real, real == Type.Scalar.DOUBLE ? Bits.of(1.0) : Bits.of(1.0f));
    }

    private Value zero() {
        return tracer.constant(real, 0);
    }
}
