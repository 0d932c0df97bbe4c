package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a straight line that is too long for the JVM's compiler into lines that follow each other: what one of them has computed
 * and a later one needs goes through memory. The operations and their results stay the same.
 */
public final class Stages {
    /** Begins the names of what goes from one stage to another. */
    public static final String PASSED = "passed ";

    private final NamedLine whole;
    private final Cost cost;
    private final int most;
    private final Map<Value, String> passed = new IdentityHashMap<>();
    private final List<NamedLine> stages = new ArrayList<>();

    private Stages(NamedLine whole, Cost cost, int most) {
        this.whole = whole;
        this.cost = cost;
        this.most = most;
    }

    /** What an operation costs. */
    public interface Cost {
        int of(Value value);
    }

    /** The stages of a line.
     *
     * @param most what a stage may cost
     * @return the line itself if it is short enough */
    public static List<NamedLine> of(NamedLine line, Cost cost, int most) {
        Stages stages = new Stages(line, cost, most);
        stages.cut();
        return stages.stages;
    }

    private void cut() {
        List<Value> left = new ArrayList<>();
        for (Value value : whole.line().values()) {
            if (!value.uniform() && value.code() != Opcode.INPUT) {
                left.add(value);
            }
        }
        while (total(left) > most) {
            int end = bestEnd(left);
            Set<Value> live = live(left.subList(0, end), left.subList(end, left.size()));
            List<String> names = new ArrayList<>();
            for (Value value : live) {
                passed.putIfAbsent(value, PASSED + passed.size());
                names.add(passed.get(value));
            }
            Set<Value> mine = Collections.newSetFromMap(new IdentityHashMap<>());
            mine.addAll(left.subList(0, end));
            stages.add(stage(names, new ArrayList<>(live), mine));
            left = left.subList(end, left.size());
        }
        Set<Value> mine = Collections.newSetFromMap(new IdentityHashMap<>());
        mine.addAll(left);
        stages.add(stages.isEmpty() ? whole : stage(whole.outputs(), whole.line().outputs(), mine));
    }

    private int total(List<Value> values) {
        int total = 0;
        for (Value value : values) {
            total += cost.of(value);
        }
        return total;
    }

    /** Where the fewest values are live, in the second half of what a stage may cost. */
    private int bestEnd(List<Value> left) {
        int best = 1;
        int fewest = Integer.MAX_VALUE;
        int sum = 0;
        for (int end = 1; end < left.size(); end++) {
            sum += cost.of(left.get(end - 1));
            if (sum > most && end > 1) {
                break;
            }
            int count = sum < most / 2 ? Integer.MAX_VALUE : live(left.subList(0, end), left.subList(end, left.size())).size();
            if (count <= fewest) {
                fewest = count;
                best = end;
            }
        }
        return best;
    }

    /** What is computed before the cut, in this stage or an earlier one, and needed behind it. Conditions are computed
     * again. */
    private Set<Value> live(List<Value> before, List<Value> behind) {
        Set<Value> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(before);
        Set<Value> live = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Value> open = new ArrayList<>();
        behind.forEach(value -> open.addAll(value.arguments()));
        open.addAll(whole.line().outputs());
        Set<Value> ordered = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Value value = open.remove(open.size() - 1);
            if (known.contains(value) && live.add(value)) {
                if (value.type() == Type.Scalar.BOOL) {
                    open.addAll(value.arguments());
                } else {
                    ordered.add(value);
                }
            }
        }
        return ordered;
    }

    /** A line with the values of this stage, in which those of earlier ones are inputs. */
    private NamedLine stage(List<String> names, List<Value> outputs, Set<Value> mine) {
        List<String> inputs = new ArrayList<>();
        List<String> uniforms = new ArrayList<>(whole.uniforms());
        Map<Value, Value> made = new IdentityHashMap<>();
        List<Value> results = new ArrayList<>();
        for (Value output : outputs) {
            results.add(make(output, mine, made, inputs));
        }
        return new NamedLine(StraightLine.of(results), inputs, uniforms, List.copyOf(names));
    }

    private Value make(Value value, Set<Value> mine, Map<Value, Value> made, List<String> inputs) {
        for (Value needed : StraightLine.order(List.of(value), v -> isInput(v, mine) ? List.of() : v.arguments())) {
            if (!made.containsKey(needed)) {
                made.put(needed, isInput(needed, mine) ? input(needed, inputs) : needed.arguments().isEmpty() ? needed
                        : new Value(needed.code(), needed.type(), needed.arguments().stream().map(made::get).toList(),
                                needed.bits(), needed.uniform()));
            }
        }
        return made.get(value);
    }

    private boolean isInput(Value value, Set<Value> mine) {
        return value.code() == Opcode.INPUT || passed.containsKey(value) && !mine.contains(value);
    }

    private Value input(Value value, List<String> inputs) {
        String name = value.code() == Opcode.INPUT ? whole.inputs().get((int) value.bits()) : passed.get(value);
        if (!inputs.contains(name)) {
            inputs.add(name);
        }
        return new Value(Opcode.INPUT, value.type(), List.of(), inputs.indexOf(name), false);
    }

    /** The types of what goes from stage to stage, by name. */
    public static Map<String, Type.Scalar> passed(List<NamedLine> stages) {
        Map<String, Type.Scalar> types = new LinkedHashMap<>();
        for (NamedLine stage : stages) {
            for (int i = 0; i < stage.outputs().size(); i++) {
                if (stage.outputs().get(i).startsWith(PASSED)) {
                    types.put(stage.outputs().get(i), stage.line().outputs().get(i).type());
                }
            }
        }
        return types;
    }
}
