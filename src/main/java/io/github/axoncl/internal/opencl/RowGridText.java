package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Type;
import io.github.axoncl.internal.opencl.RowGrid.Movement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The macros of {@code lib/row_grid.cl} and the two files behind it. */
final class RowGridText extends MovementText {
    /** What is kept of an element between passes. */
    private static final String SCORE = "score";
    private static final String TERM = "term";

    private final RowPieces pieces;
    private final RowGrid grid;
    private final boolean alongAxis;
    /** What expressions of an element call what they take, by the name in the text. */
    private final Map<String, String> known = new LinkedHashMap<>();
    private final List<Slot> elementInputs = new ArrayList<>();

    /** The macros of a signature.
     *
     * @param unit whether inner is 1 */
    RowGridText(KernelModule module, KernelSignature signature, boolean unit, RowGrid grid) {
        super(module, signature, unit);
        this.pieces = new RowPieces(module, signature);
        this.grid = grid;
        this.alongAxis = signature.form() == Form.ALONG_AXIS;
    }

    @Override
    String bits() {
        String number = alongAxis ? "((first_outer + o) * plane + rest + (start + (d)) * inner)"
                : unit ? "((start + (d)) * plane + row_number)"
                : "(start_outer * plane + start_inner + (d) + OUTER_OF(d) * (plane - inner) + row_number * inner)";
        return RANDOM_WORD + "(((ulong)" + named(Formulas.ELEMENT_HIGH) + " << 32 | " + named(Formulas.ELEMENT_LOW) + ") + "
                + number + ", " + randomNumbers() + ")";
    }

    /** The library's text behind the macros. */
    String file() {
        return grid.movement() == Movement.REGISTERS ? "row_registers" : "row_segments";
    }

    /** The kernels, in the order in which they are launched. */
    List<String> kernels() {
        if (!grid.movement().isSplit()) {
            return List.of("run_rows");
        }
        List<String> kernels = new ArrayList<>();
        if (pieces.needsMaximum()) {
            kernels.add("run_maximum");
        }
        if (pieces.hasFirst() || !pieces.terms().isEmpty()) {
            kernels.add("run_sums");
        }
        if (hasResultsOfRows(pieces, grid) || !pieces.rowOutputs().isEmpty()) {
            kernels.add("run_results");
        }
        return kernels;
    }

    /** How many numbers the launches for split rows hand on for each segment. */
    static int parts(RowPieces pieces) {
        return 2 + 2 * pieces.terms().size();
    }

    /** Whether the last launch for split rows goes over their segments, and does not only make what a row has once. */
    static boolean lastHasSegments(RowPieces pieces, RowGrid grid) {
        return hasResultsOfRows(pieces, grid) || pieces.rowOutputs().isEmpty();
    }

    private static boolean hasResultsOfRows(RowPieces pieces, RowGrid grid) {
        return pieces.hasResult() && !hasResultsWithTerms(pieces, grid);
    }

    /** Whether results are made in the pass that adds up the terms. */
    static boolean hasResultsWithTerms(RowPieces pieces, RowGrid grid) {
        return pieces.resultIsAlone() && grid.movement() != Movement.REGISTERS && grid.movement() != Movement.SPLIT_IN_PLACE;
    }

    /** All macros. */
    String macros() {
        roots.addAll(List.of("pair_of", "pair_plus", "row_larger", "row_maximum", "row_normal", "row_earlier", "row_first",
                "NO_INDEX"));
        dimensions();
        known();
        places();
        calls();
        StringBuilder inputs = new StringBuilder();
        elementInputs.forEach(slot -> inputs.append(element(slot.type())).append(" in_").append(slot.name()).append("[size]; "));
        define("INPUTS(size)", inputs.toString());
        flag("RANDOM", roots.contains(RANDOM_WORD));
        parameters();
        return text.toString();
    }

    private void dimensions() {
        define("LANES", Integer.toString(grid.partials()));
        define("ITEMS", Integer.toString(grid.items()));
        define("ROWS", Integer.toString(grid.rows()));
        define("VECTOR", Integer.toString(grid.width()));
        define("SHARED", grid.movement() == Movement.REGISTERS ? Integer.toString(grid.width()) : "1");
        flag("ROWS_FIRST", alongAxis != unit);
        if (grid.movement() == Movement.REGISTERS) {
            define("N", grid.length() + "u");
        } else {
            define("LENGTH", alongAxis ? "axis" : "outer * inner");
        }
        flag("SPLIT", grid.movement().isSplit());
        flag("ONE_SEGMENT", grid.movement() == Movement.LOCAL || grid.movement() == Movement.SEGMENT);
        flag("ONE_SEGMENT_EACH", grid.movement().isSplit() && !(alongAxis && unit));
        flag("ONE_GROUP_FOR_ROWS", !lastHasSegments(pieces, grid));
        flag("RESULT_WITH_TERMS", hasResultsWithTerms(pieces, grid));
        flag("SUMS_SHOW_NAN", pieces.sumsShowNaN());
    }

    private void known() {
        for (Slot slot : signature.slots()) {
            if (slot.output()) {
                continue;
            } else if (slot.isPerRow(signature.form())) {
                known.put(slot.name(), "row_" + slot.name());
            } else {
                elementInputs.add(slot);
                known.put(slot.name(), "(" + converted(slot, "in_" + slot.name() + "[j]") + ")");
            }
        }
        known.put(RowPieces.INDEX, "((uint)start + (d))");
        known.put(RowPieces.COUNT, "(uint)n");
        known.put(RowPieces.TERM, "term[j]");
        if (signature.scalars().contains(RowPieces.QUERIES)) {
            taken.put(RowPieces.QUERIES, Type.Scalar.UINT);
            known.put(RowPieces.QUERY, "row_query");
        }
    }

    // ---- where elements lie

    private void places() {
        StringBuilder row = new StringBuilder();
        StringBuilder places = new StringBuilder();
        row.append("ulong plane = axis * inner; ");
        if (alongAxis) {
            row.append(unit ? "ulong o = row_number; ulong rest = 0; "
                    : "ulong o = row_number / (uint)inner; ulong rest = row_number - (uint)o * (uint)inner; ");
        } else if (!unit) {
            places.append("ulong start_outer = (begin) / inner; uint start_inner = (uint)((begin) - start_outer * inner); ");
            define("OUTER_OF(d)", "((ulong)((start_inner + (d)) << 1) * (uint)by_inner >> 32 >> (by_inner >> 32))");
        }
        for (Slot slot : signature.slots()) {
            if (slot.isPerRow(signature.form())) {
                if (!slot.output()) {
                    row.append(type(slot)).append(" row_").append(slot.name()).append(" = ")
                            .append(load(slot, at(slot) + " + row_number")).append("; ");
                }
            } else {
                place(slot, row, places);
            }
        }
        if (signature.scalars().contains(RowPieces.QUERIES)) {
            row.append("uint row_query = (uint)((first_outer + o) % ").append(named(RowPieces.QUERIES)).append("); ");
        }
        define("ROW_INPUTS", row.toString());
        define("PLACES(begin)", places.toString());
    }

    /** Defines where the elements of an operand lie: AT_NAME(d). */
    private void place(Slot slot, StringBuilder row, StringBuilder places) {
        String first = "first_" + slot.name();
        String begin;
        String step;
        if (alongAxis) {
            boolean ofAxis = slot.layout() == Layout.AXIS;
            String ofRow = switch (slot.layout()) {
                case EACH -> "(o * " + slot.parts() + " + " + slot.part() + ") * plane + rest";
                case REPEATED -> "(first_outer + o) / repeat_each % " + repeated(slot) + " * plane + rest";
                default -> "0";
            };
            row.append("ulong row_of_").append(slot.name()).append(" = ").append(at(slot)).append(" + ").append(ofRow).append("; ");
            begin = "row_of_" + slot.name() + " + (begin)" + (ofAxis || unit ? "" : " * inner");
            step = ofAxis || unit ? "(d)" : "(d) * (uint)inner";
        } else if (slot.layout() == Layout.ROW) {
            begin = at(slot) + " + (begin)";
            step = "(d)";
        } else if (unit) {
            begin = at(slot) + " + " + slot.part() + " * plane + row_number + (begin) * (plane * " + slot.parts() + ")";
            step = "(ulong)(d) * (plane * " + slot.parts() + ")";
        } else {
            begin = at(slot) + " + " + slot.part() + " * plane + row_number * inner + start_outer * (plane * " + slot.parts()
                    + ") + start_inner";
            step = "(d) + OUTER_OF(d) * (plane * " + slot.parts() + " - inner)";
        }
        places.append("ulong ").append(first).append(" = ").append(begin).append("; ");
        define("AT_" + slot.name() + "(d)", memory(slot) + " + " + first + " + " + step);
    }

    // ---- what is computed

    private void calls() {
        boolean local = grid.movement() == Movement.LOCAL;
        boolean registers = grid.movement() == Movement.REGISTERS;
        String score = null;
        if (pieces.hasScore()) {
            score = call(pieces.piece(RowPieces.SCORE), known);
        } else if (pieces.needsMaximum()) {
            score = known.get(signature.slots().get(0).name());
        }
        String scored = score;
        if (pieces.needsMaximum()) {
            define("SCORE(j, d)", score);
            known.put(RowPieces.MAXIMUM, "maximum");
            String shift = pieces.piece(RowPieces.MAXIMUM);
            define("MAXIMUM(value)", module.has(shift) ? call(shift, Map.of(RowPieces.LARGEST, "(value)")) : "(value)");
        }
        if (pieces.hasScore()) {
            known.put(RowPieces.SCORE, "score[j]");
        }
        String holds = pieces.hasFirst() ? call(pieces.piece(RowPieces.FIRST), known) : null;
        if (holds != null) {
            define("HOLDS(j, d)", holds);
            known.put(RowPieces.FIRST, "first_index");
        }
        rounds();
        Map<String, String> terms = new LinkedHashMap<>();
        // The sum whose terms may be kept is number 0.
        pieces.terms().keySet().stream().sorted(Comparator.comparing(sum -> !sum.equals(RowPieces.SUM)))
                .forEach(sum -> terms.put(sum, call(pieces.terms().get(sum), known)));
        StringBuilder each = new StringBuilder();
        for (Map.Entry<String, String> term : terms.entrySet()) {
            define("TERM_OF_" + term.getKey() + "(j, d)", term.getValue());
            each.append("DO(").append(term.getKey()).append(", ").append(List.copyOf(terms.keySet()).indexOf(term.getKey()))
                    .append(") ");
            known.put(term.getKey(), term.getKey());
        }
        if (!terms.isEmpty()) {
            define("EACH_SUM(DO)", each.toString());
        }
        if (pieces.keepsTerm()) {
            define("KEPT_TERMS(size)", "float term[size];");
            define("KEEP_TERM(j, value)", "term[j] = value;");
        }
        row();
        String result = pieces.hasResult() ? result() : null;
        if (registers) {
            define("READ_INPUTS(W, j, d, exists)",
                    elementInputs.stream().map(slot -> read(slot, false)).collect(Collectors.joining()));
            return;
        }
        String ofTerms = String.join(" ", terms.values());
        Passes passes = new Passes(local, scored, ofTerms, result, holds);
        passes.write();
    }

    private void rounds() {
        if (!pieces.repeats()) {
            return;
        }
        String type = type(pieces.row());
        define("BEGIN_ROUND", type + " before = " + call(pieces.piece(RowPieces.START), known) + "; " + type
                + " row; local uint again[ROWS]; for (;;) {");
        known.put(RowPieces.BEFORE, "before");
    }

    private void row() {
        StringBuilder make = new StringBuilder();
        if (pieces.hasRow()) {
            make.append(pieces.repeats() ? "row = " : type(pieces.row()) + " row = ")
                    .append(call(pieces.piece(RowPieces.ROW), known)).append("; ");
            String check = check(pieces, known, "row_number");
            if (!check.isEmpty() || !pieces.rowOutputs().isEmpty()) {
                make.append("if (present && (writes)) { ").append(check);
                for (Slot slot : pieces.rowOutputs()) {
                    make.append(store(slot, at(slot) + " + row_number",
                            pieces.row() instanceof Type.Struct ? "row." + slot.name() : "row"));
                }
                make.append("} ");
            }
            known.put(RowPieces.ROW, "row");
        }
        define("ROW(writes)", make.toString());
        if (pieces.repeats()) {
            // All of a work-group go on or none, for the sake of the barriers.
            define("END_ROUND", "if (w == 0) { again[ROW_OF(me)] = present ? " + call(pieces.piece(RowPieces.AGAIN), known)
                    + " : 0u; } barrier(CLK_LOCAL_MEM_FENCE); uint any = 0; for (uint r = 0; r < ROWS; r++) { any |= again[r]; } "
                    + "barrier(CLK_LOCAL_MEM_FENCE); if (any == 0u) { break; } before = row; }");
        }
    }

    private String result() {
        String function = pieces.piece(RowPieces.RESULT);
        String result = call(function, known);
        Type type = module.returnType(function);
        StringBuilder compute = new StringBuilder("{ " + type(type) + " result = " + result + "; ");
        StringBuilder outputs = new StringBuilder();
        StringBuilder write = new StringBuilder();
        for (Slot slot : pieces.elementOutputs()) {
            String element = element(slot.type());
            outputs.append(element).append(" out_").append(slot.name()).append("[size]; ");
            compute.append("out_").append(slot.name()).append("[j] = ")
                    .append(store(slot, type instanceof Type.Struct ? "result." + slot.name() : "result")).append("; ");
            write.append("STORE(W, ").append(element).append(", out_").append(slot.name()).append(", j, AT_").append(slot.name())
                    .append("(d)) ");
        }
        define("OUTPUTS(size)", outputs.toString());
        define("RESULT(j, d)", compute.append('}').toString());
        define("WRITE_RESULT(W, j, d)", write.toString());
        return result;
    }

    private static String input(Slot slot) {
        return "in_" + slot.name() + "[j]";
    }

    /** Reads W elements of an input, from local memory where an earlier pass had them. */
    private static String read(Slot slot, boolean recall) {
        return recall ? "RECALL(W, in_" + slot.name() + ", j, kept_" + slot.name() + " + (d)) "
                : "LOAD(W, " + element(slot.type()) + ", in_" + slot.name() + ", j, AT_" + slot.name() + "(d), exists) ";
    }

    /** Loads the inputs that an expression names and others do not. */
    private String loads(String expression, String... others) {
        String all = String.join(" ", others);
        return elementInputs.stream().filter(slot -> expression.contains(input(slot)) && !all.contains(input(slot)))
                .map(slot -> read(slot, false)).collect(Collectors.joining());
    }

    /** What the passes over segments read and keep. */
    private final class Passes {
        private final boolean local;
        private final String score;
        private final String terms;
        private final String result;
        private final String holds;
        /** Whether scores are kept, or else inputs. */
        private final boolean keepsScores;

        Passes(boolean local, String score, String terms, String result, String holds) {
            this.local = local;
            this.score = score;
            this.terms = terms;
            this.result = result == null ? "" : result;
            this.holds = holds == null ? "" : holds;
            this.keepsScores = local && pieces.hasScore();
        }

        void write() {
            if (score != null) {
                define("READ_SCORE(W, j, d, exists)", loads(score));
                define("KEEP_SCORE(W, j, d)", keeps(score));
            }
            if (!holds.isEmpty()) {
                define("READ_HOLDS(W, j, d, exists)", reads(holds, score == null ? "" : score));
            }
            boolean keepsTerm = keepsScores && pieces.keepsTerm();
            define("READ_TERMS(W, j, d, exists)", reads(terms, score == null ? "" : score)
                    + (hasResultsWithTerms(pieces, grid) ? loads(result, terms, score == null ? "" : score) : ""));
            define("KEEP_TERMS(W, j, d)", keepsTerm ? "KEEP(W, term, j, kept_score + (d)) "
                    : score == null ? keeps(terms) : "");
            StringBuilder kept = new StringBuilder();
            if (keepsScores) {
                kept.append("KEPT_ARRAY(score, ").append(grid.length()).append(") ");
            } else if (local) {
                for (Slot slot : elementInputs) {
                    if (RowNeeds.isOfElement(slot) && kept().contains(input(slot))) {
                        kept.append("KEPT_ARRAY(").append(slot.name()).append(", ").append(grid.length()).append(") ");
                    }
                }
            }
            define("KEPT", kept.toString());
            define("READ_RESULT(W, j, d, exists)", ofResult(keepsTerm));
        }

        /** The expression of the first pass, whose inputs are kept. */
        private String kept() {
            return score == null ? terms : score;
        }

        private String ofResult(boolean keepsTerm) {
            if (keepsTerm) {
                return loads(result) + "RECALL(W, term, j, kept_score + (d)) ";
            }
            if (!pieces.keepsTerm()) {
                return reads(result, kept());
            }
            return reads(result + terms, kept())
                    + "UNROLLED for (uint e = 0; e < W; e++) { term[e] = TERM_OF_sum(e, (d) + e).hi; } ";
        }

        /** Reads what an expression names; from local memory what an earlier pass had. */
        private String reads(String expression, String earlier) {
            StringBuilder reads = new StringBuilder();
            boolean ofScore = expression.contains("score[j]");
            for (Slot slot : elementInputs) {
                String name = input(slot);
                if (expression.contains(name) || ofScore && !keepsScores && score.contains(name)) {
                    reads.append(read(slot, local && !keepsScores && RowNeeds.isOfElement(slot) && earlier.contains(name)));
                }
            }
            if (ofScore) {
                reads.append("float score[W]; ").append(keepsScores ? "RECALL(W, score, j, kept_score + (d)) "
                        : "UNROLLED for (uint e = 0; e < W; e++) { score[e] = SCORE(e, (d) + e); } ");
            }
            return reads.toString();
        }

        /** Keeps what an expression read, or its value where that is a score. */
        private String keeps(String expression) {
            if (!local) {
                return "";
            }
            if (keepsScores) {
                return "KEEP(W, score, j, kept_score + (d)) ";
            }
            StringBuilder keeps = new StringBuilder();
            for (Slot slot : elementInputs) {
                if (RowNeeds.isOfElement(slot) && expression.contains(input(slot))) {
                    keeps.append("KEEP(W, in_").append(slot.name()).append(", j, kept_").append(slot.name()).append(" + (d)) ");
                }
            }
            return keeps.toString();
        }
    }
}
