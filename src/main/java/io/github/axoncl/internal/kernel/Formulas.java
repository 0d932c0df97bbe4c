package io.github.axoncl.internal.kernel;

import io.github.axoncl.DType;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Makes the straight lines of a module: what a loop computes for each element. Inputs and parameters are numbered as each
 * method says; the parameters of the function follow.
 */
public final class Formulas {
    /** The function that multiplies a derivative by the gradient. */
    public static final String CHAIN_RULE = "chain_rule";
    private static final Type.Scalar FLOAT = Type.Scalar.FLOAT;

    private Formulas() {
    }

    /** An element-wise operation on float32; see {@link #elementwise(KernelModule, Operation, Precision, DType)}. */
    public static StraightLine elementwise(KernelModule module, Operation operation) {
        return elementwise(module, operation, Precision.ACCURATE, DType.FLOAT32);
    }

    /** An element-wise operation: inputs x (or y) and dy, parameters those of the function, one output. Inputs and output of a
     * type for storage are its bits as uint.
     *
     * @param module    the float or double program, as the type asks for
     * @param operation the operation
     * @param precision the tier
     * @param type      the type of the elements
     * @throws io.github.axoncl.KernelBuildException if the text does not define the operation for that type */
    public static StraightLine elementwise(KernelModule module, Operation operation, Precision precision, DType type) {
        Tracer tracer = new Tracer();
        List<Value[]> arguments = new ArrayList<>();
        arguments.add(element(tracer, module, 0, type));
        List<Parameter> parameters = module.definition().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            arguments.add(new Value[] {tracer.parameter(i, module.real())});
        }
        String root = module.root(operation, precision);
        if (root == null) {
            throw module.source().error(0, "the text does not define \"" + operation.id() + "\" for " + type.id());
        }
        Value[] result = tracer.call(module.function(root), arguments);
        if (operation.takesGradient()) {
            result = tracer.call(module.function(CHAIN_RULE), List.of(element(tracer, module, 1, type), result));
        }
        if (Storage.isFor(type)) {
            result = tracer.call(module.function(Storage.writer(type)), List.<Value[]>of(result));
        }
        return StraightLine.of(List.of(result));
    }

    /** An element of an input as the number that it is. */
    private static Value[] element(Tracer tracer, KernelModule module, int index, DType type) {
        if (!Storage.isFor(type)) {
            return new Value[] {tracer.input(index, module.real())};
        }
        return tracer.call(module.function(Storage.reader(type)),
                List.<Value[]>of(new Value[] {tracer.input(index, Type.Scalar.UINT)}));
    }

    /** One step of a row's maximum: inputs x and the lane; output the lane. */
    public static StraightLine rowLarger(KernelModule module) {
        Tracer tracer = new Tracer();
        return StraightLine.of(List.of(tracer.call(module.function("row_larger"),
                List.of(new Value[] {tracer.input(1, FLOAT)}, new Value[] {tracer.input(0, FLOAT)}))));
    }

    /** The end of a row's maximum: input the larger of all; output the maximum. */
    public static StraightLine rowMaximum(KernelModule module) {
        Tracer tracer = new Tracer();
        return StraightLine.of(List.of(tracer.call(module.function("row_maximum"),
                List.<Value[]>of(new Value[] {tracer.input(0, FLOAT)}))));
    }

    /** One step of a row's sum: inputs as the operation's, then the lane's high and low part; parameter 0 is the maximum; outputs
     * the lane's high and low part, and the high part of the term if {@code keeps}. */
    public static StraightLine rowTerm(KernelModule module, Operation operation, boolean keeps) {
        Tracer tracer = new Tracer();
        int lane = operation.takesGradient() ? 2 : 1;
        Value[] term = pieces(tracer, module, operation.id() + "_term", Map.of("maximum", new Value[] {tracer.parameter(0, FLOAT)}));
        Value[] sum = tracer.call(module.function("pair_plus"),
                List.of(new Value[] {tracer.input(lane, FLOAT), tracer.input(lane + 1, FLOAT)}, term));
        List<Value> outputs = new ArrayList<>(Arrays.asList(sum));
        if (keeps) {
            outputs.add(term[0]);
        }
        return StraightLine.of(outputs);
    }

    /** The sum of two lanes: inputs hi, lo, hi, lo; outputs hi, lo. */
    public static StraightLine rowPlus(KernelModule module) {
        Tracer tracer = new Tracer();
        return StraightLine.of(Arrays.asList(tracer.call(module.function("pair_plus"),
                List.of(new Value[] {tracer.input(0, FLOAT), tracer.input(1, FLOAT)},
                        new Value[] {tracer.input(2, FLOAT), tracer.input(3, FLOAT)}))));
    }

    /** The end of a sum: inputs hi, lo; outputs hi, lo. */
    public static StraightLine rowNormal(KernelModule module) {
        Tracer tracer = new Tracer();
        return StraightLine.of(Arrays.asList(tracer.call(module.function("row_normal"),
                List.<Value[]>of(new Value[] {tracer.input(0, FLOAT), tracer.input(1, FLOAT)}))));
    }

    /** What the row's result makes of an element: inputs as the operation's, or the kept term; parameters 0 to 2 are the maximum
     * and the high and low part of the sum; one output. */
    public static StraightLine rowResult(KernelModule module, Operation operation) {
        Tracer tracer = new Tracer();
        return StraightLine.of(Arrays.asList(pieces(tracer, module, operation.id() + "_result", Map.of(
                "maximum", new Value[] {tracer.parameter(0, FLOAT)},
                "sum", new Value[] {tracer.parameter(1, FLOAT), tracer.parameter(2, FLOAT)}))));
    }

    /** Whether a piece of the operation takes an argument of that name. */
    public static boolean rowTakes(KernelModule module, Operation operation, String piece, String argument) {
        return module.function(operation.id() + piece).parameters().stream().anyMatch(p -> p.name().equals(argument));
    }

    /** Calls a piece with its arguments found by name: x, y, dy and term are inputs. */
    private static Value[] pieces(Tracer tracer, KernelModule module, String name, Map<String, Value[]> known) {
        Function function = module.function(name);
        List<Value[]> arguments = new ArrayList<>();
        for (Variable parameter : function.parameters()) {
            Value[] argument = switch (parameter.name()) {
                case "x", "y", "term" -> new Value[] {tracer.input(0, FLOAT)};
                case "dy" -> new Value[] {tracer.input(1, FLOAT)};
                default -> known.get(parameter.name());
            };
            if (argument == null || argument.length != parameter.type().scalars().size()) {
                throw function.source().error(function.offset(), "\"" + name + "\" takes an argument \"" + parameter.name()
                        + "\" that a row does not have; it has x or y, dy, term, and " + known.keySet());
            }
            arguments.add(argument);
        }
        return tracer.call(function, arguments);
    }
}
