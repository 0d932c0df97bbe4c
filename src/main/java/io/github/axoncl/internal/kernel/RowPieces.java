package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Operation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The pieces that a text defines for an operation that reduces over rows, and what a loop computes of them. A piece names what
 * it needs: inputs, parameters, and of the row
 *
 * <ul>
 * <li>{@code score}: what {@code OPERATION_score} makes of an element;
 * <li>{@code maximum}: the largest score, or the largest of the first input where the text has no scores;
 * <li>{@code first}: the index of the first element for which {@code OPERATION_first} holds, 0xFFFFFFFF if there is none;
 * <li>{@code sum}, {@code sum_NAME}: the sums of {@code OPERATION_term} and {@code OPERATION_term_NAME}, pairs;
 * <li>{@code row}: what {@code OPERATION_row} makes of all these, once per row;
 * <li>{@code before}: where {@code OPERATION_again} gives 1, the sums are taken again, {@code before} being the {@code row} of
 *     the round before, at first what {@code OPERATION_start} gives; a round too many must change nothing;
 * <li>{@code term}: the high part of the element's own {@code OPERATION_term}, kept from the pass that summed them;
 * <li>{@code query}: the outer index modulo the call's number {@code queries};
 * <li>{@code index} and {@code count}: the place of the element in its row, and the row's length; {@code bits}: 32 random bits.
 * </ul>
 *
 * <p>{@code OPERATION_result} gives the elements of the output. Outputs of which a row has one are {@code row}'s.
 */
public final class RowPieces {
    public static final String SCORE = "score";
    public static final String MAXIMUM = "maximum";
    public static final String FIRST = "first";
    public static final String SUM = "sum";
    public static final String ROW = "row";
    public static final String START = "start";
    public static final String BEFORE = "before";
    public static final String AGAIN = "again";
    public static final String RESULT = "result";
    public static final String TERM = "term";
    public static final String INDEX = "index";
    public static final String COUNT = "count";
    public static final String QUERY = "query";
    /** The number of a call that {@link #QUERY} is modulo of. */
    public static final String QUERIES = "queries";
    public static final String BITS = "bits";
    /** Begins the names of lanes. */
    public static final String LANE = "lane ";

    private final KernelModule module;
    private final KernelSignature signature;
    private final String operation;
    /** The functions whose sums are taken, by the sum's name. */
    private final Map<String, String> terms = new LinkedHashMap<>();

    /** The pieces of the text for a signature. */
    public RowPieces(KernelModule module, KernelSignature signature) {
        this.module = module;
        this.signature = signature;
        this.operation = signature.operation().id() + "_";
        String term = operation + TERM;
        for (String name : module.functions()) {
            if (name.equals(term)) {
                terms.put(SUM, name);
            } else if (name.startsWith(term + "_")) {
                terms.put(SUM + name.substring(term.length()), name);
            }
        }
        if (!hasResult() && !hasRow()) {
            throw module.source().error(0, "the text defines neither \"" + piece(RESULT) + "\" nor \"" + piece(ROW) + "\"");
        }
    }

    /** Whether a text has the pieces of an operation. */
    public static boolean has(KernelModule module, Operation operation) {
        return module.has(operation.id() + "_" + RESULT) || module.has(operation.id() + "_" + ROW);
    }

    /** The name of one scalar of something that a row has. */
    public static String part(String name, int index) {
        return name + "#" + index;
    }

    /** The name of a piece. */
    public String piece(String name) {
        return operation + name;
    }

    /** The text's functions that are needed. */
    public List<String> functions() {
        return module.functions().stream().filter(name -> name.startsWith(operation)
                && !(operation.equals("backward_") && name.startsWith(Operation.BACKWARD_FROM_OUTPUT.id() + "_"))).toList();
    }

    private boolean takes(String name) {
        return functions().stream().anyMatch(function -> module.parameters(function).containsKey(name));
    }

    public boolean needsMaximum() {
        return takes(MAXIMUM);
    }

    public boolean hasScore() {
        return module.has(piece(SCORE));
    }

    public boolean hasFirst() {
        return module.has(piece(FIRST));
    }

    /** The functions whose values are summed, by the names of the sums. */
    public Map<String, String> terms() {
        return terms;
    }

    public boolean hasRow() {
        return module.has(piece(ROW));
    }

    /** The type of what is made of a row. */
    public Type row() {
        return module.function(piece(ROW)).returnType();
    }

    /** Whether sums are taken again and again. */
    public boolean repeats() {
        return module.has(piece(START));
    }

    public boolean hasResult() {
        return module.has(piece(RESULT));
    }

    /** Whether the high part of {@code term} is kept in the output between the passes. */
    public boolean keepsTerm() {
        return hasResult() && module.parameters(piece(RESULT)).containsKey(TERM);
    }

    /** The outputs with an element for each of the shape. */
    public List<Slot> elementOutputs() {
        return outputs(false);
    }

    /** The outputs with an element for each row. */
    public List<Slot> rowOutputs() {
        return outputs(true);
    }

    private List<Slot> outputs(boolean perRow) {
        return signature.slots().stream().filter(s -> s.output() && s.isPerRow(signature.form()) == perRow).toList();
    }

    /** What is known of a row when its elements are finished, by name. */
    public Map<String, Type> rowValues() {
        Map<String, Type> values = reduced();
        if (hasRow()) {
            values.put(ROW, row());
        }
        if (repeats()) {
            values.put(AGAIN, Type.Scalar.UINT);
        }
        return values;
    }

    private Map<String, Type> reduced() {
        Map<String, Type> values = beforeSums();
        terms.forEach((sum, function) -> values.put(sum, module.function(function).returnType()));
        return values;
    }

    private Map<String, Type> beforeSums() {
        Map<String, Type> values = reducedOnce();
        if (repeats()) {
            values.put(BEFORE, row());
        }
        return values;
    }

    private Map<String, Type> reducedOnce() {
        Map<String, Type> values = given();
        if (needsMaximum()) {
            values.put(MAXIMUM, Type.Scalar.FLOAT);
        }
        if (hasFirst()) {
            values.put(FIRST, Type.Scalar.UINT);
        }
        return values;
    }

    /** What is known of a row from the start. */
    private Map<String, Type> given() {
        Map<String, Type> values = new LinkedHashMap<>();
        if (signature.scalars().contains(QUERIES)) {
            values.put(QUERY, Type.Scalar.UINT);
        }
        return values;
    }

    /** One step of the maximum. */
    public NamedLine larger(boolean sideBySide) {
        LineBuilder builder = new LineBuilder(module, signature, given(), sideBySide);
        Value[] score = hasScore() ? builder.call(piece(SCORE)) : builder.element(signature.slots().get(0));
        return builder.line(List.of(LANE + 0),
                builder.call("row_larger", new Value[] {builder.input(LANE + 0, Type.Scalar.FLOAT)}, score));
    }

    /** The maximum of two lanes, "a" and "b", goes to "a". */
    public NamedLine largerLane() {
        return ofLanes("row_larger", Type.Scalar.FLOAT);
    }

    /** The end of the maximum, in place. */
    public NamedLine maximum() {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        return builder.line(List.of("a"), builder.call("row_maximum", new Value[] {builder.input("a", Type.Scalar.FLOAT)}));
    }

    /** One step of the first index. */
    public NamedLine first(boolean sideBySide) {
        Map<String, Type> known = given();
        known.put(MAXIMUM, Type.Scalar.FLOAT);
        LineBuilder builder = new LineBuilder(module, signature, known, sideBySide);
        Value[] holds = builder.call(piece(FIRST));
        return builder.line(List.of(LANE + 0),
                builder.call("row_first", new Value[] {builder.input(LANE + 0, Type.Scalar.UINT)},
                        new Value[] {builder.input(INDEX, Type.Scalar.UINT)}, holds));
    }

    /** The first of two lanes' indexes. */
    public NamedLine firstLane() {
        return ofLanes("row_earlier", Type.Scalar.UINT);
    }

    private NamedLine ofLanes(String function, Type.Scalar type) {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        return builder.line(List.of("a"), builder.call(function, new Value[] {builder.input("a", type)},
                new Value[] {builder.input("b", type)}));
    }

    /** One step of all sums: lanes 2k and 2k + 1 are the high and low part of the k-th; and the kept term. */
    public NamedLine terms(boolean sideBySide) {
        LineBuilder builder = new LineBuilder(module, signature, beforeSums(), sideBySide);
        List<String> outputs = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        Value kept = null;
        for (Map.Entry<String, String> term : terms.entrySet()) {
            Value[] value = builder.call(term.getValue());
            String hi = LANE + outputs.size();
            String lo = LANE + (outputs.size() + 1);
            values.addAll(List.of(builder.call("pair_plus", new Value[] {builder.input(hi, Type.Scalar.FLOAT),
                builder.input(lo, Type.Scalar.FLOAT)}, value)));
            outputs.add(hi);
            outputs.add(lo);
            kept = term.getKey().equals(SUM) ? value[0] : kept;
        }
        if (keepsTerm()) {
            outputs.add(TERM);
            values.add(kept);
        }
        return builder.line(outputs, values.toArray(Value[]::new));
    }

    /** The sum of two lanes, "a hi", "a lo" and "b hi", "b lo", goes to "a hi" and "a lo". */
    public NamedLine plus() {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        return builder.line(List.of("a hi", "a lo"), builder.call("pair_plus", pair(builder, "a"), pair(builder, "b")));
    }

    /** The end of a sum, in place. */
    public NamedLine normal() {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        return builder.line(List.of("a hi", "a lo"), builder.call("row_normal", new Value[][] {pair(builder, "a")}));
    }

    private static Value[] pair(LineBuilder builder, String name) {
        return new Value[] {builder.input(name + " hi", Type.Scalar.FLOAT), builder.input(name + " lo", Type.Scalar.FLOAT)};
    }

    /** What the first round knows of the round before. */
    public NamedLine start() {
        LineBuilder builder = new LineBuilder(module, signature, reducedOnce(), true);
        return rowValue(builder, BEFORE, builder.call(piece(START)));
    }

    private static NamedLine rowValue(LineBuilder builder, String name, Value... values) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            outputs.add(part(name, i));
        }
        return builder.line(outputs, values);
    }

    /** Whether a round more is needed: 1 or 0. */
    public NamedLine again() {
        LineBuilder builder = new LineBuilder(module, signature, rowValues(), true);
        return rowValue(builder, AGAIN, builder.call(piece(AGAIN)));
    }

    /** What is made of a row: the scalars of {@code row}, then the outputs of which a row has one. */
    public NamedLine rowLine() {
        LineBuilder builder = new LineBuilder(module, signature, reduced(), true);
        Value[] row = builder.call(piece(ROW));
        List<String> outputs = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            outputs.add(part(ROW, i));
            values.add(row[i]);
        }
        for (Slot slot : rowOutputs()) {
            outputs.add(slot.name());
            values.add(builder.toSlots(piece(ROW), row, List.of(slot))[0]);
        }
        return builder.line(outputs, values.toArray(Value[]::new));
    }

    /** What is made of an element in the end. */
    public NamedLine result(boolean sideBySide) {
        LineBuilder builder = new LineBuilder(module, signature, rowValues(), sideBySide);
        Value[] result = builder.call(piece(RESULT));
        return builder.line(elementOutputs().stream().map(Slot::name).toList(),
                builder.toSlots(piece(RESULT), result, elementOutputs()));
    }
}
