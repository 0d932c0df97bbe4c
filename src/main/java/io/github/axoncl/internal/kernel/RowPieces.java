package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;

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
 * <li>{@code maximum}: the largest score, or the largest of the first input where the text has no scores; or what
 *     {@code OPERATION_maximum} makes of that, which it calls {@code largest}, once per row;
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
 * <p>{@code OPERATION_wrong} says of a row whether an input of which it has one, such as a class index, is a mistake of the
 * caller. It takes such inputs, numbers and {@code count}, and is asked once per row, on devices only, in calls that have all
 * that it takes.
 *
 * <p>{@code OPERATION_result} gives the elements of the output. Outputs of which a row has one are {@code row}'s. In the fast
 * tier a piece whose name ends with {@code _fast} takes the place of the one without.
 */
public final class RowPieces {
    public static final String SCORE = "score";
    public static final String MAXIMUM = "maximum";
    public static final String LARGEST = "largest";
    public static final String FIRST = "first";
    public static final String SUM = "sum";
    public static final String ROW = "row";
    public static final String START = "start";
    public static final String BEFORE = "before";
    public static final String AGAIN = "again";
    public static final String RESULT = "result";
    public static final String WRONG = "wrong";
    public static final String TERM = "term";
    public static final String INDEX = "index";
    public static final String COUNT = "count";
    public static final String QUERY = "query";
    /** The number of a call that {@link #QUERY} is modulo of. */
    public static final String QUERIES = "queries";
    public static final String BITS = "bits";
    private static final String FAST = "_fast";
    /** Begins the names of lanes. */
    public static final String LANE = "lane ";
    /** Begins the names of what is added to lanes. */
    public static final String ADDEND = "addend ";

    private final KernelModule module;
    private final KernelSignature signature;
    private final String operation;
    /** The text's functions for the operation in the tier of the signature, by their names in the accurate one. */
    private final Map<String, String> functions = new LinkedHashMap<>();
    /** The functions whose sums are taken, by the sum's name. */
    private final Map<String, String> terms = new LinkedHashMap<>();

    /** The pieces of the text for a signature. */
    public RowPieces(KernelModule module, KernelSignature signature) {
        this.module = module;
        this.signature = signature;
        this.operation = signature.operation().id() + "_";
        findFunctions();
        String term = operation + TERM;
        functions.forEach((name, function) -> {
            if (name.equals(term)) {
                terms.put(SUM, function);
            } else if (name.startsWith(term + "_")) {
                terms.put(SUM + name.substring(term.length()), function);
            }
        });
        if (!hasResult() && !hasRow()) {
            throw module.source().error(0, "the text defines neither \"" + piece(RESULT) + "\" nor \"" + piece(ROW) + "\"");
        }
    }

    private void findFunctions() {
        for (String name : module.functions()) {
            boolean ofOther = operation.equals(Operation.BACKWARD.id() + "_")
                    && name.startsWith(Operation.BACKWARD_FROM_OUTPUT.id() + "_");
            boolean fast = signature.precision() == Precision.FAST;
            if (!name.startsWith(operation) || ofOther) {
                continue;
            } else if (name.endsWith(FAST) && fast) {
                functions.put(name.substring(0, name.length() - FAST.length()), name);
            } else if (!name.endsWith(FAST) && !(fast && module.has(name + FAST))) {
                functions.put(name, name);
            }
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

    /** The name of the function that is a piece. */
    public String piece(String name) {
        return functions.getOrDefault(operation + name, operation + name);
    }

    /** The text's functions that are needed. */
    public List<String> functions() {
        return List.copyOf(functions.values());
    }

    private boolean takes(String name) {
        return functions.values().stream().anyMatch(function -> takes(function, name));
    }

    private boolean takes(String function, String name) {
        return module.parameters(function).containsKey(name);
    }

    /** Whether the result of an element needs nothing that is made of its whole row, so that it can be made beside the terms. */
    public boolean resultIsAlone() {
        return hasResult() && !terms.isEmpty()
                && rowValues().keySet().stream().noneMatch(name -> !name.equals(QUERY) && takes(piece(RESULT), name));
    }

    /** Whether a NaN in a row that has a number besides is seen in its sums, so that the maximum may pass over it: only terms take
     * the maximum. Known of the library's own functions alone. */
    public boolean sumsShowNaN() {
        return module.definition().isBuiltIn() && terms.containsKey(SUM) && functions.values().stream()
                .allMatch(function -> terms.containsValue(function) || !takes(function, MAXIMUM));
    }

    /** Whether the result of an element takes its score. */
    public boolean resultTakesScore() {
        return hasResult() && takes(piece(RESULT), SCORE);
    }

    /** Whether terms take the first index. */
    public boolean termsTakeFirst() {
        return terms.values().stream().anyMatch(function -> takes(function, FIRST));
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
        return functions.containsKey(operation + ROW);
    }

    /** The type of what is made of a row. */
    public Type row() {
        return module.function(piece(ROW)).returnType();
    }

    /** Whether rows are checked: the text says what is wrong, and the call has what that takes. */
    public boolean hasWrong() {
        return functions.containsKey(operation + WRONG)
                && module.parameters(piece(WRONG)).keySet().stream().allMatch(this::isGivenWithRow);
    }

    private boolean isGivenWithRow(String name) {
        return name.equals(COUNT) || signature.scalars().contains(name) || signature.slots().stream()
                .anyMatch(slot -> slot.name().equals(name) && slot.isPerRow(signature.form()));
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

    /** One step of the maximum.
     *
     * @param once whether it is the lane's only one, before which the lane has nothing */
    public NamedLine larger(boolean sideBySide, boolean once) {
        LineBuilder builder = new LineBuilder(module, signature, given(), sideBySide);
        Value[] score = hasScore() ? builder.call(piece(SCORE)) : builder.element(signature.slots().get(0));
        Value before = once ? builder.constant(Float.NEGATIVE_INFINITY) : builder.input(LANE + 0, Type.Scalar.FLOAT);
        return builder.line(List.of(LANE + 0), builder.call("row_larger", new Value[] {before}, score));
    }

    /** The maximum of some lanes goes to the first. */
    public NamedLine largerLane(int lanes) {
        return ofLanes("row_larger", lanes, Type.Scalar.FLOAT);
    }

    /** The end of the maximum, in place. */
    public NamedLine maximum() {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        Value[] largest = builder.call("row_maximum", new Value[] {builder.input("a", Type.Scalar.FLOAT)});
        return builder.line(List.of("a"), module.has(piece(MAXIMUM)) ? builder.call(piece(MAXIMUM), LARGEST, largest) : largest);
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

    /** The first of some lanes' indexes. */
    public NamedLine firstLane(int lanes) {
        return ofLanes("row_earlier", lanes, Type.Scalar.UINT);
    }

    /** Some lanes, a power of two, combined in the order of a tree. */
    private NamedLine ofLanes(String function, int lanes, Type.Scalar... parts) {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        List<String> outputs = new ArrayList<>();
        Value[][] combined = new Value[lanes][parts.length];
        for (int lane = 0; lane < lanes; lane++) {
            for (int i = 0; i < parts.length; i++) {
                String name = part(LANE + lane, i);
                combined[lane][i] = builder.input(name, parts[i]);
                if (lane == 0) {
                    outputs.add(name);
                }
            }
        }
        return builder.line(outputs, tree(builder, function, combined));
    }

    private static Value[] tree(LineBuilder builder, String function, Value[]... lanes) {
        Value[][] combined = lanes.clone();
        for (int half = lanes.length / 2; half > 0; half /= 2) {
            for (int lane = 0; lane < half; lane++) {
                combined[lane] = builder.call(function, combined[lane], combined[lane + half]);
            }
        }
        return combined[0];
    }

    /** What an element contributes to all sums: {@link #ADDEND} 2k and 2k + 1 are the high and low part of the k-th. A high
     * part that is kept is {@link #TERM}; a low part that is always 0 is none. */
    public NamedLine terms(boolean sideBySide) {
        LineBuilder builder = new LineBuilder(module, signature, beforeSums(), sideBySide);
        List<String> outputs = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, String> term : terms.entrySet()) {
            Value[] value = builder.call(term.getValue());
            for (int part = 0; part < 2; part++) {
                if (part == 0 || !value[1].isConstant(0)) {
                    outputs.add(addend(term.getKey(), number + part));
                    values.add(value[part]);
                }
            }
            number += 2;
        }
        return builder.line(outputs, values.toArray(Value[]::new));
    }

    private String addend(String sum, int number) {
        return number % 2 == 0 && sum.equals(SUM) && keepsTerm() ? TERM : ADDEND + number;
    }

    /** One step of all sums, to which what {@link #terms} gave is added: lanes 2k and 2k + 1 are the high and low part of the
     * k-th. Apart from the terms, because the JVM's compiler does not bear both in one loop. */
    public NamedLine adding(NamedLine made) {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        List<String> outputs = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (String sum : terms.keySet()) {
            int number = outputs.size();
            String low = addend(sum, number + 1);
            Value[] lane = {builder.input(LANE + number, Type.Scalar.FLOAT), builder.input(LANE + (number + 1),
                    Type.Scalar.FLOAT)};
            Value[] value = {builder.input(addend(sum, number), Type.Scalar.FLOAT), made.outputs().contains(low)
                    ? builder.input(low, Type.Scalar.FLOAT) : builder.constant(0)};
            values.addAll(List.of(builder.call("pair_plus", lane, value)));
            outputs.add(LANE + number);
            outputs.add(LANE + (number + 1));
        }
        return builder.line(outputs, values.toArray(Value[]::new));
    }

    /** The sum of some lanes, whose high and low parts follow one another, goes to the first. */
    public NamedLine plus(int lanes) {
        return ofLanes("pair_plus", lanes, Type.Scalar.FLOAT, Type.Scalar.FLOAT);
    }

    /** The sum of some lanes that one addend each is added to.
     *
     * @param low whether the addends have low parts, which follow the high ones */
    public NamedLine plusOnce(int lanes, boolean low) {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        Value zero = builder.constant(0);
        Value[][] sums = new Value[lanes][];
        for (int lane = 0; lane < lanes; lane++) {
            Value high = builder.input(part(ADDEND + lane, 0), Type.Scalar.FLOAT);
            Value rest = low ? builder.input(part(ADDEND + lane, 1), Type.Scalar.FLOAT) : zero;
            sums[lane] = builder.call("pair_plus", new Value[] {zero, zero}, new Value[] {high, rest});
        }
        return builder.line(List.of(part(LANE, 0), part(LANE, 1)), tree(builder, "pair_plus", sums));
    }

    /** The end of a sum, in place. */
    public NamedLine normal() {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        return builder.line(List.of("a hi", "a lo"), builder.call("row_normal", new Value[][] {
                {builder.input("a hi", Type.Scalar.FLOAT), builder.input("a lo", Type.Scalar.FLOAT)}}));
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
