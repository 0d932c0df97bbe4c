package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
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
 * The macros that {@code lib/map.cl} and {@code lib/rowwise.cl} need: where the operands of a signature lie, and the calls of the
 * text's functions with what their parameters are called. It computes nothing itself.
 */
final class MovementText {
    private static final String RANDOM_WORD = "random_word";

    private final KernelSignature signature;
    private final KernelModule module;
    private final boolean unit;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> roots = new LinkedHashSet<>();
    /** The types of the numbers of a call that the text takes, by name. */
    private final Map<String, Type.Scalar> taken = new LinkedHashMap<>();

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

    private void define(String name, String value) {
        text.append("#define ").append(name).append(' ').append(value).append('\n');
    }

    private void flag(String name, boolean given) {
        if (given) {
            define(name, "");
        }
    }

    // ---- what both have

    private static String element(DType type) {
        return switch (type) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case FLOAT16, BFLOAT16 -> "ushort";
            case INT32 -> "int";
            case UINT8 -> "uchar";
        };
    }

    private static String memory(Slot slot) {
        return "m" + slot.operand();
    }

    private static String at(Slot slot) {
        return memory(slot) + "_at";
    }

    private static String repeated(Slot slot) {
        return memory(slot) + "_repeated";
    }

    private String load(Slot slot, String index) {
        String element = memory(slot) + "[" + index + "]";
        if (Storage.isFor(slot.type())) {
            roots.add(Storage.reader(slot.type()));
            return Storage.reader(slot.type()) + "((uint)" + element + ")";
        }
        return slot.type() == DType.UINT8 ? "(uint)" + element : element;
    }

    private static String type(Slot slot) {
        return slot.type() == DType.UINT8 ? "uint" : Storage.isFor(slot.type()) ? "float" : element(slot.type());
    }

    private String store(Slot slot, String index, String value) {
        String converted = value;
        if (Storage.isFor(slot.type())) {
            roots.add(Storage.writer(slot.type()));
            converted = "(ushort)" + Storage.writer(slot.type()) + "(" + value + ")";
        }
        return memory(slot) + "[" + index + "] = " + converted + "; ";
    }

    /** The kernel's parameters: operands with their first elements, and the numbers of the call. */
    private void parameters() {
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
                others.append(", ").append(type.text()).append(' ').append(name);
            }
        }
        define("OPERANDS", String.join(", ", operands.values()));
        define("PARAMETERS", others.toString());
    }

    /** A call of a function with what its parameters are called.
     *
     * @param known the expressions of what is not a number of the call */
    private String call(String function, Map<String, String> known) {
        roots.add(function);
        List<String> arguments = new ArrayList<>();
        Map<String, Type> parameters = module.parameters(function);
        boolean first = true;
        for (Map.Entry<String, Type> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            String expression = known.get(name);
            if (expression == null && signature.constants().containsKey(name)) {
                int number = signature.constants().get(name);
                expression = parameter.getValue() == Type.Scalar.UINT ? number + "u"
                        : parameter.getValue() == Type.Scalar.FLOAT ? number + ".0f" : Integer.toString(number);
            } else if (expression == null && numbers().contains(name)) {
                taken.put(name, (Type.Scalar) parameter.getValue());
                expression = name;
            } else if (expression == null && name.equals(RowPieces.BITS)) {
                expression = randomWord();
            } else if (expression == null && first && signature.definition().isElementwise()) {
                expression = known.get(signature.slots().get(0).name());
            } else if (expression == null) {
                throw new IllegalArgumentException(function + " takes \"" + name + "\", which " + signature + " does not have");
            }
            arguments.add(expression);
            first = false;
        }
        return function + "(" + String.join(", ", arguments) + ")";
    }

    private String randomWord() {
        roots.add(RANDOM_WORD);
        List<String> seeds = List.of("offset_low", "offset_high", "seed_low", "seed_high");
        seeds.forEach(name -> taken.put(name, Type.Scalar.UINT));
        taken.put(Formulas.ELEMENT_LOW, Type.Scalar.UINT);
        taken.put(Formulas.ELEMENT_HIGH, Type.Scalar.UINT);
        if (signature.form() == Form.MAP) {
            roots.addAll(List.of("random_words_begun", "random_words_ended"));
            return RowPieces.BITS;
        }
        // c and i are what a macro is given: names alone would be replaced too late, by the loops' variables.
        return RANDOM_WORD + "(((ulong)" + Formulas.ELEMENT_HIGH + " << 32 | " + Formulas.ELEMENT_LOW
                + ") + ELEMENT_NUMBER_OF(c, i), " + String.join(", ", seeds) + ")";
    }

    /** Whether the text takes random bits; known once it was made. */
    boolean isRandom() {
        return roots.contains(RANDOM_WORD);
    }

    // ---- maps

    /** The macros of {@code lib/map.cl}. */
    String map(MapTile tile) {
        StringBuilder compute = new StringBuilder();
        Map<String, String> known = new LinkedHashMap<>();
        String root = Formulas.root(module, signature);
        for (Slot slot : signature.slots()) {
            if (!slot.output()) {
                compute.append(type(slot)).append(" in_").append(slot.name()).append(" = ").append(load(slot, index(slot)))
                        .append("; ");
                known.put(slot.name(), "in_" + slot.name());
            }
        }
        String value = call(root, known);
        if (Formulas.multiplies(module, signature)) {
            roots.add(Formulas.CHAIN_RULE);
            value = Formulas.CHAIN_RULE + "(in_" + signature.slots().get(1).name() + ", " + value + ")";
        }
        Type result = module.returnType(root);
        compute.append(result.text()).append(" result = ").append(value).append("; ");
        for (Slot slot : signature.slots()) {
            if (slot.output()) {
                compute.append(store(slot, index(slot), result instanceof Type.Struct ? "result." + slot.name() : "result"));
            }
        }
        flag("DIVIDES", MapTile.divides(signature));
        flag("UNIT", unit);
        flag("TOGETHER", tile.together());
        flag("RANDOM", isRandom());
        define("LARGEST_GROUP", Integer.toString(MapTile.BY_FOUR));
        define("COMPUTE", compute.toString());
        parameters();
        return text.toString();
    }

    private static String index(Slot slot) {
        return switch (slot.layout()) {
            case EACH -> slot.parts() == 1 ? "ALL(" + at(slot) + ")"
                    : "EACH(" + at(slot) + ", " + slot.part() + ", " + slot.parts() + ")";
            case AXIS -> "AXIS(" + at(slot) + ")";
            case ROW -> "ROW(" + at(slot) + ")";
            case REPEATED -> "REPEATED(" + at(slot) + ", " + repeated(slot) + ")";
        };
    }

    // ---- rows

    /** The macros of {@code lib/rowwise.cl}. */
    String rows(RowTile tile) {
        RowPieces pieces = new RowPieces(module, signature);
        roots.addAll(List.of("pair_of", "pair_plus", "row_larger", "row_maximum", "row_normal", "row_earlier", "row_first",
                "NO_INDEX"));
        shape(tile);
        places();
        Map<String, String> known = new LinkedHashMap<>();
        for (Slot slot : inputs()) {
            known.put(slot.name(), slot.isPerRow(signature.form()) ? "row_" + slot.name() + "[c]"
                    : "in_" + slot.name() + "[j]");
        }
        known.put(RowPieces.INDEX, "(uint)(i)");
        known.put(RowPieces.COUNT, "(uint)n");
        if (signature.scalars().contains(RowPieces.QUERIES)) {
            taken.put(RowPieces.QUERIES, Type.Scalar.UINT);
            known.put(RowPieces.QUERY, "row_query[c]");
        }
        known.put(RowPieces.TERM, "kept[j]");
        if (pieces.hasScore()) {
            known.put(RowPieces.SCORE, "(" + call(pieces.piece(RowPieces.SCORE), known) + ")");
        }
        Set<String> used = new LinkedHashSet<>();
        if (pieces.needsMaximum()) {
            String score = pieces.hasScore() ? known.get(RowPieces.SCORE) : known.get(signature.slots().get(0).name());
            define("SCORE(j, c, i)", score);
            reads("READ_SCORE", score, used, false);
            known.put(RowPieces.MAXIMUM, "maximum[c]");
        }
        if (pieces.hasFirst()) {
            String holds = call(pieces.piece(RowPieces.FIRST), known);
            define("HOLDS(j, c, i)", holds);
            reads("READ_HOLDS", holds, used, false);
            known.put(RowPieces.FIRST, "first_index[c]");
        }
        if (pieces.repeats()) {
            String type = pieces.row().text();
            define("BEGIN_ROUND", type + " before[ROWS]; EACH_ROW(before[c] = " + call(pieces.piece(RowPieces.START), known)
                    + ";) " + type + " row[ROWS]; local uint again[COLUMNS]; for (;;) {");
            known.put(RowPieces.BEFORE, "before[c]");
        } else {
            define("BEGIN_ROUND", "");
        }
        if (!pieces.terms().isEmpty()) {
            terms(pieces, known, used);
        }
        makeRow(pieces, known);
        // All of a tile go on or none, for the sake of the barriers.
        define("END_ROUND", pieces.repeats() ? "if (w == 0) { EACH_ROW(again[column + c] = present ? "
                + call(pieces.piece(RowPieces.AGAIN), known) + " : 0u;) } TOGETHER; uint any = 0; "
                + "for (uint c = 0; c < COLUMNS; c++) { any |= again[c]; } TOGETHER; if (any == 0u) { break; } "
                + "EACH_ROW(before[c] = row[c];) }" : "");
        if (pieces.hasResult()) {
            results(pieces, known, used);
        }
        declare(pieces, used);
        readRow();
        parameters();
        return text.toString();
    }

    private void shape(RowTile tile) {
        define("LANES", Integer.toString(tile.lanes()));
        define("COLUMNS", Integer.toString(tile.columns()));
        if (tile.oneItem()) {
            define("ONE_ITEM", "");
        } else {
            define("ITEMS", Integer.toString(tile.items()));
        }
        boolean alongAxis = signature.form() == Form.ALONG_AXIS;
        if (alongAxis && unit) {
            define("LANES_FIRST", "");
        }
        define("NEIGHBOURS", alongAxis && !unit ? "inner" : "rows");
    }

    private List<Slot> inputs() {
        return signature.slots().stream().filter(slot -> !slot.output()).toList();
    }

    /** Where element i of column c lies; with one row per work-item, c is 0. */
    private void places() {
        StringBuilder places = new StringBuilder();
        boolean alongAxis = signature.form() == Form.ALONG_AXIS;
        if (alongAxis) {
            places.append("ulong n = axis; ulong o = ").append(unit ? "place" : "block").append("; ulong rest = ")
                    .append(unit ? "0" : "place").append("; ");
            define("ELEMENT_NUMBER_OF(c, i)", "(first_outer * plane + o * plane + (i) * inner + rest + (c) * "
                    + (unit ? "plane" : "1") + ")");
        } else {
            places.append("ulong n = outer * inner; ");
            define("ELEMENT_NUMBER_OF(c, i)", unit ? "((i) * plane + row_number + (c))"
                    : "((i) + (i) / inner * (plane - inner) + (row_number + (c)) * inner)");
        }
        for (Slot slot : signature.slots()) {
            String first;
            String row;
            String step;
            if (slot.isPerRow(signature.form())) {
                first = "row_number";
                row = "1";
                step = "0";
            } else if (alongAxis) {
                first = switch (slot.layout()) {
                    case EACH -> "(o * " + slot.parts() + " + " + slot.part() + ") * plane + rest";
                    case REPEATED -> "(first_outer + o) / repeat_each % " + repeated(slot) + " * plane + rest";
                    default -> "0";
                };
                row = slot.layout() == Layout.AXIS ? "0" : unit ? "plane * " + slot.parts() : "1";
                step = unit || slot.layout() == Layout.AXIS ? "(i)" : "(i) * inner";
            } else if (slot.layout() == Layout.ROW) {
                first = "0";
                row = "0";
                step = "(i)";
            } else {
                first = slot.part() + " * plane + row_number * inner";
                row = unit ? "1" : "inner";
                step = unit ? "(i) * (plane * " + slot.parts() + ")"
                        : "((i) + (i) / inner * (plane * " + slot.parts() + " - inner))";
            }
            String name = "first_" + slot.name();
            String at = name + " + (c) * (" + row + ")";
            if (alongAxis && unit && slot.layout() == Layout.REPEATED) {
                // Neighbouring rows may share the same elements or not.
                places.append("ulong ").append(name).append("[ROWS]; EACH_ROW(").append(name).append("[c] = ").append(at(slot))
                        .append(" + ").append(first.replace("+ o)", "+ o + c)")).append(";) ");
                at = name + "[c]";
            } else {
                places.append("ulong ").append(name).append(" = ").append(at(slot)).append(" + ").append(first).append("; ");
            }
            define("AT_" + slot.name() + "(c, i)", at + " + " + step);
        }
        define("PLACES", places.toString());
    }

    /** Loads the inputs that an expression of number j names. */
    private void reads(String macro, String expression, Set<String> used, boolean kept) {
        StringBuilder reads = new StringBuilder();
        for (Slot slot : inputs()) {
            if (expression.contains("in_" + slot.name() + "[j]")) {
                used.add(slot.name());
                reads.append("in_").append(slot.name()).append("[j] = ").append(load(slot, "AT_" + slot.name() + "(c, i)"))
                        .append("; ");
            }
        }
        if (kept) {
            reads.append("kept[j] = ").append(keeping()).append("; ");
        }
        define(macro + "(j, c, i)", reads.toString());
    }

    /** Where the term is kept between the passes: in the output. */
    private String keeping() {
        Slot output = new RowPieces(module, signature).elementOutputs().get(0);
        return memory(output) + "[AT_" + output.name() + "(c, i)]";
    }

    private void terms(RowPieces pieces, Map<String, String> known, Set<String> used) {
        StringBuilder add = new StringBuilder();
        Map<String, String> calls = new LinkedHashMap<>();
        pieces.terms().forEach((sum, function) -> calls.put(sum, call(function, known)));
        calls.forEach((sum, value) -> {
            boolean keeps = sum.equals(RowPieces.SUM) && pieces.keepsTerm();
            add.append("{ pair term_of = ").append(value).append("; ").append(keeps ? "kept[j] = term_of.hi; " : "")
                    .append("ADD_TO_LANE(").append(sum).append(", LANE(j), term_of) } ");
        });
        define("TERMS(j, c, i)", add.toString());
        reads("READ_TERMS", String.join(" ", calls.values()), used, false);
        define("WRITE_TERM(j, c, i)", pieces.keepsTerm() ? keeping() + " = kept[j];" : "");
        define("DECLARE_SUMS", each(calls.keySet(), "lanes %1$s; lanes outer_%1$s; "
                + "if (n > SEGMENT) { CLEAR(outer_%1$s) }"));
        define("CLEAR_INNER", each(calls.keySet(), "CLEAR(%1$s)"));
        define("SUM_SEGMENT", each(calls.keySet(), tree("%1$s")));
        define("ADD_SEGMENTS(s)", each(calls.keySet(), "ADD_SEGMENT(outer_%1$s, (s), %1$s)"));
        define("SUM_SEGMENTS", each(calls.keySet(), tree("outer_%1$s") + " COPY_SUM(outer_%1$s, %1$s)"));
        define("NORMALISE", each(calls.keySet(), "NORMAL(%1$s)"));
        calls.keySet().forEach(sum -> known.put(sum, "pair_of(" + sum + ".hi[c], " + sum + ".lo[c])"));
    }

    private static String tree(String name) {
        return "row_tree(&" + name + ", LANES_HERE, shared_hi, shared_lo, me, w);";
    }

    private static String each(Set<String> names, String format) {
        return names.stream().map(name -> String.format(format, name)).collect(Collectors.joining(" "));
    }

    private void makeRow(RowPieces pieces, Map<String, String> known) {
        StringBuilder make = new StringBuilder();
        if (pieces.hasRow()) {
            make.append(pieces.repeats() ? "" : pieces.row().text() + " row[ROWS]; ").append("EACH_ROW(row[c] = ")
                    .append(call(pieces.piece(RowPieces.ROW), known)).append(";) ");
            if (!pieces.rowOutputs().isEmpty()) {
                make.append("if (w == 0) { EACH_ROW(if (present && c < columns) { ");
                for (Slot slot : pieces.rowOutputs()) {
                    make.append(store(slot, "AT_" + slot.name() + "(c, 0)",
                            pieces.row() instanceof Type.Struct ? "row[c]." + slot.name() : "row[c]"));
                }
                make.append("}) } ");
            }
            known.put(RowPieces.ROW, "row[c]");
        }
        define("MAKE_ROW", make.toString());
    }

    private void results(RowPieces pieces, Map<String, String> known, Set<String> used) {
        String result = call(pieces.piece(RowPieces.RESULT), known);
        Type type = module.returnType(pieces.piece(RowPieces.RESULT));
        StringBuilder compute = new StringBuilder("{ " + type.text() + " result = " + result + "; ");
        StringBuilder write = new StringBuilder();
        for (Slot slot : pieces.elementOutputs()) {
            compute.append("out_").append(slot.name()).append("[j] = ")
                    .append(type instanceof Type.Struct ? "result." + slot.name() : "result").append("; ");
            write.append(store(slot, "AT_" + slot.name() + "(c, i)", "out_" + slot.name() + "[j]"));
        }
        define("RESULTS(j, c, i)", compute.append('}').toString());
        reads("READ_RESULTS", result, used, pieces.keepsTerm());
        define("WRITE_RESULTS(j, c, i)", write.toString());
    }

    private void declare(RowPieces pieces, Set<String> used) {
        StringBuilder declare = new StringBuilder();
        for (Slot slot : inputs()) {
            if (used.contains(slot.name())) {
                declare.append(type(slot)).append(" in_").append(slot.name()).append("[WIDTH]; ");
            }
        }
        if (pieces.hasResult()) {
            pieces.elementOutputs().forEach(slot -> declare.append(type(slot)).append(" out_").append(slot.name())
                    .append("[WIDTH]; "));
        }
        if (pieces.keepsTerm()) {
            declare.append("float kept[WIDTH]; ");
        }
        define("DECLARE", declare.toString());
    }

    private void readRow() {
        StringBuilder reads = new StringBuilder();
        for (Slot slot : inputs()) {
            if (slot.isPerRow(signature.form())) {
                String name = "row_" + slot.name();
                reads.append(type(slot)).append(' ').append(name).append("[ROWS]; EACH_ROW(").append(name).append("[c] = ")
                        .append(load(slot, "AT_" + slot.name() + "(ROW_OF(c), 0)")).append(";) ");
            }
        }
        if (signature.scalars().contains(RowPieces.QUERIES)) {
            reads.append("uint row_query[ROWS]; EACH_ROW(row_query[c] = (uint)((first_outer + o").append(unit ? " + c" : "")
                    .append(") % ").append(RowPieces.QUERIES).append(");) ");
        }
        define("READ_ROW", reads.toString());
    }
}
