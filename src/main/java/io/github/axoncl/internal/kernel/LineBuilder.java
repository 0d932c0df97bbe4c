package io.github.axoncl.internal.kernel;

import io.github.axoncl.DType;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Makes one straight line of functions whose arguments are found by name. */
final class LineBuilder {
    private final Tracer tracer = new Tracer();
    private final KernelModule module;
    private final KernelSignature signature;
    private final Map<String, Type> rowValues;
    private final boolean sideBySide;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> uniforms = new ArrayList<>();

    /** A builder.
     *
     * @param rowValues  what is known of a row by now, by name
     * @param sideBySide whether a line takes elements of several rows at once, so that what belongs to a row is not uniform */
    LineBuilder(KernelModule module, KernelSignature signature, Map<String, Type> rowValues, boolean sideBySide) {
        this.module = module;
        this.signature = signature;
        this.rowValues = rowValues;
        this.sideBySide = sideBySide;
    }

    /** Calls a function of the text or the library with what its parameters are called. */
    Value[] call(String name) {
        return call(name, "", new Value[0]);
    }

    /** The same with one argument that is given. */
    Value[] call(String name, String given, Value... value) {
        Function function = module.function(name);
        List<Value[]> arguments = new ArrayList<>();
        for (Variable parameter : function.parameters()) {
            Value[] argument = parameter.name().equals(given) ? value : find(function, parameter);
            if (argument.length != parameter.type().scalars().size()) {
                throw function.source().error(function.offset(), "\"" + name + "\" takes \"" + parameter.name() + "\" as a "
                        + parameter.type().text() + ", which it is not");
            }
            arguments.add(argument);
        }
        return tracer.call(function, arguments);
    }

    /** Calls a function of the library with given arguments. */
    Value[] call(String name, Value[]... arguments) {
        return tracer.call(module.function(name), List.of(arguments));
    }

    private Value[] find(Function function, Variable parameter) {
        String name = parameter.name();
        if (Formulas.takesElement(signature, function.name()) && parameter == function.parameters().get(0)) {
            return element(signature.slots().get(0));
        }
        if (Formulas.takesNumber(signature, function.name(), name)) {
            return new Value[] {uniform(name, (Type.Scalar) parameter.type())};
        }
        Type row = rowValues.get(name);
        if (row != null) {
            return rowValue(name, row);
        }
        for (Slot slot : signature.slots()) {
            if (slot.name().equals(name) && !slot.output()) {
                return element(slot);
            }
        }
        Integer constant = signature.constants().get(name);
        if (constant != null) {
            return new Value[] {constant(parameter.type(), constant)};
        }
        if (isParameter(name) || signature.scalars().contains(name)) {
            return new Value[] {uniform(name, (Type.Scalar) parameter.type())};
        }
        switch (name) {
            case RowPieces.SCORE:
                return call(signature.operation().id() + "_" + RowPieces.SCORE);
            case RowPieces.TERM:
                return new Value[] {input(name, Type.Scalar.FLOAT)};
            case RowPieces.INDEX, RowPieces.BITS:
                return new Value[] {input(name, Type.Scalar.UINT)};
            case RowPieces.COUNT:
                return new Value[] {uniform(name, Type.Scalar.UINT)};
            default:
                break;
        }
        throw function.source().error(function.offset(), "\"" + function.name() + "\" takes an argument \"" + name
                + "\" that " + signature + " does not have");
    }

    /** A float. */
    Value constant(float number) {
        return tracer.constant(Type.Scalar.FLOAT, Bits.of(number));
    }

    private boolean isParameter(String name) {
        for (Parameter parameter : signature.definition().parameters()) {
            if (parameter.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Value constant(Type type, int number) {
        return tracer.constant((Type.Scalar) type, type == Type.Scalar.FLOAT ? Bits.of((float) number)
                : type == Type.Scalar.DOUBLE ? Bits.of((double) number) : number);
    }

    /** An element of an input as the number that it is. */
    Value[] element(Slot slot) {
        Type.Scalar type = Storage.element(slot.type());
        Value value = slot.isPerRow(signature.form()) && !sideBySide ? uniform(slot.name(), type) : input(slot.name(), type);
        return Storage.isFor(slot.type()) ? call(Storage.reader(slot.type()), new Value[] {value}) : new Value[] {value};
    }

    private Value[] rowValue(String name, Type type) {
        List<Type.Scalar> scalars = type.scalars();
        Value[] values = new Value[scalars.size()];
        for (int i = 0; i < values.length; i++) {
            String part = RowPieces.part(name, i);
            values[i] = sideBySide ? input(part, scalars.get(i)) : uniform(part, scalars.get(i));
        }
        return values;
    }

    Value input(String name, Type.Scalar type) {
        return tracer.input(number(inputs, name), type);
    }

    private Value uniform(String name, Type.Scalar type) {
        return tracer.parameter(number(uniforms, name), type);
    }

    private static int number(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    /** What the results of a function go to: by the fields of a struct, or the only output there is.
     *
     * @param outputs slots for which there may be a result
     * @return the bits or numbers to store, in the order of the outputs */
    Value[] toSlots(String name, Value[] result, List<Slot> outputs) {
        Type type = module.function(name).returnType();
        Value[] stored = new Value[outputs.size()];
        for (int i = 0; i < stored.length; i++) {
            Slot slot = outputs.get(i);
            Value value;
            if (type instanceof Type.Struct struct && struct.indexOf(slot.name()) >= 0) {
                value = result[struct.offsetOf(struct.indexOf(slot.name()))];
            } else if (result.length == 1 && stored.length == 1) {
                value = result[0];
            } else {
                throw module.source().error(module.function(name).offset(), "\"" + name + "\" does not give \"" + slot.name()
                        + "\"");
            }
            stored[i] = Storage.isFor(slot.type()) ? call(Storage.writer(slot.type()), new Value[] {value})[0] : value;
        }
        return stored;
    }

    NamedLine line(List<String> outputs, Value... values) {
        return new NamedLine(StraightLine.of(Arrays.asList(values)), List.copyOf(inputs), List.copyOf(uniforms),
                List.copyOf(outputs));
    }
}
