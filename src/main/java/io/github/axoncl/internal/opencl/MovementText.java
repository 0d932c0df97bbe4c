package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Parameter;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The macros that a file of movements needs: where the operands of a signature lie, and the calls of the text's functions with
 * what their parameters are called. It computes nothing itself.
 */
abstract class MovementText {
    static final String RANDOM_WORD = "random_word";
    private static final String PAIR = "pair";

    final KernelSignature signature;
    final KernelModule module;
    final boolean unit;
    final StringBuilder text = new StringBuilder();
    final Set<String> roots = new LinkedHashSet<>();
    /** The types of the numbers of a call that the text takes, by name. */
    final Map<String, Type.Scalar> taken = new LinkedHashMap<>();
    private boolean checksRows;

    /** The macros of a signature.
     *
     * @param unit whether inner is 1 */
    MovementText(KernelModule module, KernelSignature signature, boolean unit) {
        this.module = module;
        this.signature = signature;
        this.unit = unit;
    }

    /** The functions that are called, of the text and the library. */
    Set<String> roots() {
        return roots;
    }

    /** What kernels call a number of the call or a type: no name of the movement, nor of a user's text. */
    static String named(String name) {
        return "run_" + name;
    }

    /** The types of the call's numbers, null for those that no function takes. */
    List<Type.Scalar> values() {
        List<Type.Scalar> values = new ArrayList<>();
        numbers().forEach(name -> values.add(taken.get(name)));
        return values;
    }

    private List<String> numbers() {
        List<String> names = new ArrayList<>(signature.definition().parameters().stream().map(Parameter::name).toList());
        names.addAll(signature.scalars());
        return names;
    }

    void define(String name, String value) {
        text.append("#define ").append(name).append(' ').append(value).append('\n');
    }

    void flag(String name, boolean given) {
        if (given) {
            define(name, "");
        }
    }

    static String element(DType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case FLOAT16, BFLOAT16 -> "ushort";
            case INT32 -> "int";
            case UINT8 -> "uchar";
        };
    }

    static String memory(Slot slot) {
        return "m" + slot.operand();
    }

    static String at(Slot slot) {
        return memory(slot) + "_at";
    }

    static String repeated(Slot slot) {
        return memory(slot) + "_repeated";
    }

    String load(Slot slot, String index) {
        return converted(slot, memory(slot) + "[" + index + "]");
    }

    /** The number that an element in memory stands for. */
    String converted(Slot slot, String element) {
        if (Storage.isFor(slot.type())) {
            roots.add(Storage.reader(slot.type()));
            return Storage.reader(slot.type()) + "((uint)" + element + ")";
        }
        return slot.type() == DType.UINT8 ? "(uint)" + element : element;
    }

    /** What kernels call a type of the text; {@code pair} is the library's. */
    String type(Type type) {
        if (!(type instanceof Type.Struct) || type.text().equals(PAIR)) {
            return type.text();
        }
        String name = named(type.text());
        String line = "typedef " + type.text() + " " + name + ";\n";
        if (text.indexOf(line) < 0) {
            // Before all macros, which the type may be called like.
            text.insert(0, line);
        }
        return name;
    }

    static String type(Slot slot) {
        return slot.type() == DType.UINT8 ? "uint" : Storage.isFor(slot.type()) ? "float" : element(slot.type());
    }

    /** The element in memory that stands for a number. */
    String store(Slot slot, String value) {
        if (Storage.isFor(slot.type())) {
            roots.add(Storage.writer(slot.type()));
            return "(ushort)" + Storage.writer(slot.type()) + "(" + value + ")";
        }
        return value;
    }

    String store(Slot slot, String index, String value) {
        return memory(slot) + "[" + index + "] = " + store(slot, value) + "; ";
    }

    /** The kernel's parameters: operands with their first elements, and the numbers of the call. */
    void parameters() {
        Map<Integer, String> operands = new TreeMap<>();
        Map<Integer, String> counts = new TreeMap<>();
        for (Slot slot : signature.slots()) {
            String access = slot.output() ? "global " : "global const ";
            operands.put(slot.operand(), access + element(slot.type()) + " *" + memory(slot) + ", ulong " + at(slot));
            if (slot.layout() == Layout.AXIS || slot.layout() == Layout.REPEATED) {
                counts.put(slot.operand(), ", ulong " + repeated(slot));
            }
        }
        StringBuilder others = new StringBuilder(String.join("", counts.values()));
        for (String name : numbers()) {
            Type.Scalar type = taken.get(name);
            if (type != null) {
                others.append(", ").append(type.text()).append(' ').append(named(name));
            }
        }
        others.append(checksRows ? ", global uint *first_wrong" : "");
        define("OPERANDS", String.join(", ", operands.values()));
        define("PARAMETERS", others.toString());
    }

    /** A call of a function with what its parameters are called.
     *
     * @param known the expressions of what is not a number of the call */
    String call(String function, Map<String, String> known) {
        roots.add(function);
        List<String> arguments = new ArrayList<>();
        Map<String, Type> parameters = module.parameters(function);
        boolean first = true;
        for (Map.Entry<String, Type> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            boolean isElement = first && Formulas.takesElement(signature, function);
            String expression = isElement ? known.get(signature.slots().get(0).name())
                    : Formulas.takesNumber(signature, function, name) ? null : known.get(name);
            if (expression == null && signature.constants().containsKey(name)) {
                int number = signature.constants().get(name);
                expression = parameter.getValue() == Type.Scalar.UINT ? number + "u"
                        : parameter.getValue() == Type.Scalar.FLOAT ? number + ".0f" : Integer.toString(number);
            } else if (expression == null && numbers().contains(name)) {
                taken.put(name, (Type.Scalar) parameter.getValue());
                expression = named(name);
            } else if (expression == null && name.equals(RowPieces.BITS)) {
                expression = bits();
            } else if (expression == null) {
                throw new IllegalArgumentException(function + " takes \"" + name + "\", which " + signature + " does not have");
            }
            arguments.add(expression);
            first = false;
        }
        return function + "(" + String.join(", ", arguments) + ")";
    }

    /** Notes the number of a row that is wrong, if it is less than those noted before.
     *
     * @param known the expressions of what the row has
     * @param row   its number in the launch
     * @return a statement, empty if rows are not checked */
    String check(RowPieces pieces, Map<String, String> known, String row) {
        checksRows = pieces.hasWrong();
        return checksRows ? "if (" + call(pieces.piece(RowPieces.WRONG), known)
                + ") { atomic_min(first_wrong, (uint)(first_outer * inner + " + row + ")); } " : "";
    }

    /** The random bits of the element that is computed. */
    abstract String bits();

    /** Takes the numbers of the call on which random bits depend, and what makes them.
     *
     * @return those that the generator takes behind the element's number */
    String randomNumbers() {
        roots.add(RANDOM_WORD);
        List<String> seeds = List.of("offset_low", "offset_high", "seed_low", "seed_high");
        seeds.forEach(name -> taken.put(name, Type.Scalar.UINT));
        taken.put(Formulas.ELEMENT_LOW, Type.Scalar.UINT);
        taken.put(Formulas.ELEMENT_HIGH, Type.Scalar.UINT);
        return seeds.stream().map(MovementText::named).collect(Collectors.joining(", "));
    }
}
