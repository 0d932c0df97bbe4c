package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Type;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The macros of {@code lib/rowwise.cl}. */
final class RowText extends MovementText {
    /** The macros of a signature.
     *
     * @param unit whether inner is 1 */
    RowText(KernelModule module, KernelSignature signature, boolean unit) {
        super(module, signature, unit);
    }

    @Override
    String bits() {
        // c and i are what a macro is given: names alone would be replaced too late, by the loops' variables.
        return RANDOM_WORD + "(((ulong)" + named(Formulas.ELEMENT_HIGH) + " << 32 | " + named(Formulas.ELEMENT_LOW)
                + ") + ELEMENT_NUMBER_OF(c, i), " + randomNumbers() + ")";
    }

    /** The macros of {@code lib/rowwise.cl}. */
    String macros(RowTile tile) {
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
            String piece = pieces.piece(RowPieces.MAXIMUM);
            define("MAXIMUM(value)", module.has(piece) ? call(piece, Map.of(RowPieces.LARGEST, "(value)")) : "(value)");
        }
        if (pieces.hasFirst()) {
            String holds = call(pieces.piece(RowPieces.FIRST), known);
            define("HOLDS(j, c, i)", holds);
            reads("READ_HOLDS", holds, used, false);
            known.put(RowPieces.FIRST, "first_index[c]");
        }
        if (pieces.repeats()) {
            String type = type(pieces.row());
            define("BEGIN_ROUND", type + " before[COLUMNS]; EACH_ROW(before[c] = " + call(pieces.piece(RowPieces.START), known)
                    + ";) " + type + " row[COLUMNS]; for (;;) {");
            known.put(RowPieces.BEFORE, "before[c]");
        } else {
            define("BEGIN_ROUND", "");
        }
        if (!pieces.terms().isEmpty()) {
            terms(pieces, known, used);
        }
        makeRow(pieces, known);
        define("END_ROUND", pieces.repeats() ? "uint any = 0; EACH_ROW(any |= " + call(pieces.piece(RowPieces.AGAIN), known)
                + ";) if (any == 0u) { break; } EACH_ROW(before[c] = row[c];) }" : "");
        if (pieces.hasResult()) {
            results(pieces, known, used);
        }
        declare(pieces, used);
        readRow();
        parameters();
        return text.toString();
    }

    private void shape(RowTile tile) {
        define("LANES", Integer.toString(RowTile.LANES));
        define("COLUMNS", Integer.toString(tile.columns()));
        boolean alongAxis = signature.form() == Form.ALONG_AXIS;
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
                places.append("ulong ").append(name).append("[COLUMNS]; EACH_ROW(").append(name).append("[c] = ").append(at(slot))
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
        define("DECLARE_SUMS", each(calls.keySet(), "run_lanes %1$s; run_lanes outer_%1$s; "
                + "if (n > SEGMENT) { CLEAR(outer_%1$s) }"));
        define("CLEAR_INNER", each(calls.keySet(), "CLEAR(%1$s)"));
        define("SUM_SEGMENT", each(calls.keySet(), tree("%1$s")));
        define("ADD_SEGMENTS(s)", each(calls.keySet(), "ADD_SEGMENT(outer_%1$s, (s), %1$s)"));
        define("SUM_SEGMENTS", each(calls.keySet(), tree("outer_%1$s") + " COPY_SUM(outer_%1$s, %1$s)"));
        define("NORMALISE", each(calls.keySet(), "NORMAL(%1$s)"));
        calls.keySet().forEach(sum -> known.put(sum, "pair_of(" + sum + ".hi[c], " + sum + ".lo[c])"));
    }

    private static String tree(String name) {
        return "run_tree(&" + name + ", LANES_HERE);";
    }

    private static String each(Set<String> names, String format) {
        return names.stream().map(name -> String.format(format, name)).collect(Collectors.joining(" "));
    }

    private void makeRow(RowPieces pieces, Map<String, String> known) {
        StringBuilder make = new StringBuilder();
        if (pieces.hasRow()) {
            String row = call(pieces.piece(RowPieces.ROW), known);
            // The two floats of pairs lie apart, or compilers would gather them.
            boolean pairs = !pieces.repeats() && pieces.rowOutputs().isEmpty() && pieces.row().text().equals("pair");
            if (pairs) {
                make.append("run_pairs row; EACH_ROW(pair row_of = ").append(row)
                        .append("; row.hi[c] = row_of.hi; row.lo[c] = row_of.lo;) ");
            } else {
                make.append(pieces.repeats() ? "" : type(pieces.row()) + " row[COLUMNS]; ").append("EACH_ROW(row[c] = ")
                        .append(row).append(";) ");
            }
            String check = check(pieces, known, "row_number + c");
            if (!check.isEmpty()) {
                make.append("for (ulong c = 0; c < columns; c++) { ").append(check).append("} ");
            }
            if (!pieces.rowOutputs().isEmpty()) {
                make.append("EACH_ROW(if (c < columns) { ");
                for (Slot slot : pieces.rowOutputs()) {
                    make.append(store(slot, "AT_" + slot.name() + "(c, 0)",
                            pieces.row() instanceof Type.Struct ? "row[c]." + slot.name() : "row[c]"));
                }
                make.append("}) ");
            }
            known.put(RowPieces.ROW, pairs ? "pair_of(row.hi[c], row.lo[c])" : "row[c]");
        }
        define("MAKE_ROW", make.toString());
    }

    private void results(RowPieces pieces, Map<String, String> known, Set<String> used) {
        String result = call(pieces.piece(RowPieces.RESULT), known);
        Type type = module.returnType(pieces.piece(RowPieces.RESULT));
        StringBuilder compute = new StringBuilder("{ " + type(type) + " result = " + result + "; ");
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
                reads.append(type(slot)).append(' ').append(name).append("[COLUMNS]; EACH_ROW(").append(name).append("[c] = ")
                        .append(load(slot, "AT_" + slot.name() + "(ROW_OF(c), 0)")).append(";) ");
            }
        }
        if (signature.scalars().contains(RowPieces.QUERIES)) {
            reads.append("uint row_query[COLUMNS]; EACH_ROW(row_query[c] = (uint)((first_outer + o").append(unit ? " + c" : "")
                    .append(") % ").append(named(RowPieces.QUERIES)).append(");) ");
        }
        define("READ_ROW", reads.toString());
    }
}
