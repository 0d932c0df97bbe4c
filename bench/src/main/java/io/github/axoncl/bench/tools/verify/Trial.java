package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** One computation with its operands by name: what goes in, what comes out and how far it may be off. */
final class Trial {
    private final Rows rows;
    private final Run run;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private int groups;
    private Judge judge;

    /** The operation on a backend, with its operands by name. */
    interface Run {
        void on(Backend backend, Function<String, Operand> operands);
    }

    /** Says what a group of elements of the outputs, in the order of the outputs, is exactly. */
    interface Judge {
        void judge(int group, Exact... outputs);
    }

    /** What an input multiplies of what was flushed on the way. */
    private enum Multiplies {
        NOTHING, ELEMENT, ROW
    }

    /** What goes in. */
    private record Input(String name, Place place, Values values, Multiplies multiplies) {
    }

    /**
     * What comes out.
     *
     * @param limit   the largest error allowed against the oracle, in ULP; infinite where nothing is judged
     * @param flushes how many numbers may be flushed on the way to one element, on a device that flushes subnormals
     * @param before  what is there before; null if that does not matter
     */
    record Output(String name, Place place, DType type, int length, double limit, int flushes, Values before) {
    }

    private Trial(Rows rows, Run run) {
        this.rows = rows;
        this.run = run;
    }

    static Trial of(Rows rows, Run run) {
        return new Trial(rows, run);
    }

    /** An input; {@code EACH} may have several parts side by side along the axis. */
    Trial in(String name, Place place, Values values) {
        inputs.add(new Input(name, place, values, Multiplies.NOTHING));
        return this;
    }

    Trial in(String name, Place place, float... values) {
        return in(name, place, Values.of(values));
    }

    /** An input that multiplies what was flushed on the way: a device's loss may be so many times as large. */
    Trial factor(String name, Place place, Values values) {
        inputs.add(new Input(name, place, values, Multiplies.ELEMENT));
        return this;
    }

    Trial factor(String name, Place place, float... values) {
        return factor(name, place, Values.of(values));
    }

    /** An input that multiplies what was flushed of its row: where elements of a row are summed, each with its own. */
    Trial factorOfRow(String name, Place place, float... values) {
        inputs.add(new Input(name, place, Values.of(values), Multiplies.ROW));
        return this;
    }

    /** An output of which only bits are compared. */
    Trial out(String name, Place place, int flushes) {
        return out(name, place, 1, flushes, Double.POSITIVE_INFINITY);
    }

    Trial out(String name, Place place, int flushes, double limit) {
        return out(name, place, 1, flushes, limit);
    }

    /** An output of several parts side by side along the axis. */
    Trial out(String name, Place place, int parts, int flushes, double limit) {
        return out(new Output(name, place, DType.FLOAT32, parts * place.length(rows), limit, flushes, null));
    }

    Trial out(Output output) {
        outputs.add(output);
        return this;
    }

    /** What is exact, by an oracle, of groups of elements that do not depend on each other. */
    Trial exact(int count, Judge by) {
        groups = count;
        judge = by;
        return this;
    }

    Rows rows() {
        return rows;
    }

    List<Output> outputs() {
        return outputs;
    }

    boolean hasOracle() {
        return judge != null;
    }

    /** Computes the outputs. */
    List<Values> run(Backend backend) {
        return run(backend, input -> input.values());
    }

    /** Computes the outputs for inputs as a device takes them that flushes what is subnormal in float32. */
    List<Values> runFlushed(Backend backend) {
        return run(backend, input -> flushed(input.values()));
    }

    private List<Values> run(Backend backend, Function<Input, Values> given) {
        Map<String, Operand> operands = new HashMap<>();
        inputs.forEach(input -> operands.put(input.name(), given.apply(input).operand()));
        List<Values> results = new ArrayList<>();
        for (Output output : outputs) {
            Values result = output.before() == null ? Values.unwritten(output.type(), output.length()) : output.before().copy();
            results.add(result);
            operands.put(output.name(), result.operand());
        }
        run.on(backend, operands::get);
        return results;
    }

    /** Only of bfloat16, which the rule knows by its flushed inputs; float32 it knows by how much may be lost. */
    private static Values flushed(Values values) {
        if (values.type() != DType.BFLOAT16) {
            return values;
        }
        Values flushed = values.copy();
        short[] bits = (short[]) flushed.array();
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Math.abs(values.number(i)) < Float.MIN_NORMAL ? (short) (bits[i] & 0x8000) : bits[i];
        }
        return flushed;
    }

    /** The exact outputs, computed on all cores. */
    List<Exact> exact() {
        Exact[] exact = outputs.stream().map(output -> new Exact(output.length())).toArray(Exact[]::new);
        if (judge != null) {
            IntStream.range(0, groups).parallel().forEach(group -> judge.judge(group, exact));
        }
        return List.of(exact);
    }

    /** What an element of an output comes from; where it comes from several, the first of them. */
    String text(Output output, int index) {
        StringBuilder text = new StringBuilder();
        long element = element(output, index);
        for (Input input : inputs) {
            int parts = parts(input.place(), input.values().length());
            text.append(text.isEmpty() ? "" : " ").append(input.name()).append('=').append(parts > 1 ? "(" : "");
            for (int part = 0; part < parts; part++) {
                text.append(part > 0 ? " " : "").append(input.values().text(index(input, parts, part, element)));
            }
            text.append(parts > 1 ? ")" : "").append(output.place().determines(input.place()) ? "" : "...");
        }
        return text.toString();
    }

    /** The numbers that an element of an output comes from, as far as its place tells. */
    float[] numbers(Output output, int index) {
        long element = element(output, index);
        float[] all = new float[0];
        for (Input input : inputs) {
            boolean isNumber = input.values().type() == DType.FLOAT32 || input.values().type() == DType.BFLOAT16;
            if (isNumber && output.place().determines(input.place())) {
                float[] more = numbers(input, element);
                all = Arrays.copyOf(all, all.length + more.length);
                System.arraycopy(more, 0, all, all.length - more.length, more.length);
            }
        }
        return all;
    }

    /** By how much that is multiplied at most which is lost on the way to an element. */
    double factor(Output output, int index) {
        double factor = 1;
        long element = element(output, index);
        for (Input input : inputs) {
            if (input.multiplies() == Multiplies.NOTHING || !output.place().determines(input.place())) {
                continue;
            }
            boolean ofRow = input.multiplies() == Multiplies.ROW && input.place() == Place.EACH;
            long first = ofRow ? Place.ROW.element(rows, 1, Place.ROW.index(rows, 1, 0, 0, element)) : element;
            double largest = 1;
            for (int k = 0; k < (ofRow ? rows.axis() : 1); k++) {
                for (float number : numbers(input, first + k * rows.inner())) {
                    largest = Math.max(largest, Math.abs(number));
                }
            }
            factor *= largest;
        }
        return factor;
    }

    private float[] numbers(Input input, long element) {
        float[] numbers = new float[parts(input.place(), input.values().length())];
        for (int part = 0; part < numbers.length; part++) {
            numbers[part] = input.values().number(index(input, numbers.length, part, element));
        }
        return numbers;
    }

    private long element(Output output, int index) {
        return output.place().element(rows, parts(output.place(), output.length()), index);
    }

    private int index(Input input, int parts, int part, long element) {
        return input.place().index(rows, parts, part, input.values().length(), element);
    }

    /** How many parts side by side an operand has. */
    private int parts(Place place, int length) {
        return place == Place.EACH ? (int) (length / rows.length()) : 1;
    }
}
