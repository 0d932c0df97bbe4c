package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Stages;
import io.github.axoncl.internal.kernel.Type;
import io.github.axoncl.internal.memory.HostMemory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loop of an operation that computes every element by itself, and the way of its operands. */
final class MapLoops {
    /** What does not lie one behind the other in arrays passes through arrays of this size, which stay in the first-level
     * cache. */
    private static final int BLOCK = 4096;
    /** A piece of work has at least this many operations, about 20 microseconds: far above what handing it over costs. */
    private static final long OPERATIONS_PER_PIECE = 1 << 20;

    private final List<String> names = new ArrayList<>();
    private final List<Slot> slots = new ArrayList<>();
    private final int[] numbers;
    private final int bits;
    private final Numbers uniforms;
    private final RandomWords random;
    /** The fewest elements that are worth being handed to another thread. */
    private final long grain;
    /** What follows each other over a block: one loop, unless it would be too long for the JVM's compiler. */
    private final List<NamedLoop> stages = new ArrayList<>();
    private final Map<Integer, Element> passed = new LinkedHashMap<>();

    MapLoops(LoopCompiler compiler, KernelModule module, KernelSignature signature) {
        NamedLine line = Formulas.map(module, signature);
        List<NamedLine> lines = Stages.of(line, VectorCode::instructions, LoopCompiler.MAX_SIMD_OPERATIONS);
        Map<String, Type.Scalar> between = Stages.passed(lines);
        for (NamedLine stage : lines) {
            stages.add(NamedLoop.of(compiler, stage, names, name -> new LoopShape.Port(between.containsKey(name)
                    ? Element.keeping(between.get(name)) : element(signature, name), 0)));
        }
        between.forEach((name, type) -> passed.put(names.indexOf(name), Element.keeping(type)));
        for (Slot slot : signature.slots()) {
            if (slot.output() ? line.outputs().contains(slot.name()) : line.inputs().contains(slot.name())) {
                slots.add(slot);
            }
        }
        numbers = slots.stream().mapToInt(slot -> names.indexOf(slot.name())).toArray();
        bits = names.indexOf(RowPieces.BITS);
        random = bits < 0 ? null : new RandomWords(compiler, module, signature);
        uniforms = new Numbers(signature, names);
        int operations = stages.stream().mapToInt(NamedLoop::operations).sum();
        grain = OPERATIONS_PER_PIECE / (operations + 8) / BLOCK * BLOCK + BLOCK;
    }

    /** What an operand's elements are: those of a slot, or of something that is made for the loop. */
    static Element element(KernelSignature signature, String name) {
        for (Slot slot : signature.slots()) {
            if (slot.name().equals(name)) {
                return Element.of(slot.type());
            }
        }
        return Element.INT;
    }

    void run(Workers workers, KernelCall call) {
        workers.split(call.rows().length(), grain, (from, to) -> range(call, from, to));
    }

    private void range(KernelCall call, long from, long to) {
        Frame frame = new Frame(names.size());
        uniforms.put(call, frame);
        SlotView[] views = new SlotView[numbers.length];
        boolean inPlace = random == null && stages.size() == 1;
        for (int k = 0; k < views.length; k++) {
            views[k] = new SlotView(call, slots.get(k));
            inPlace &= views[k].isInPlace(from, to - from);
        }
        if (inPlace && to - from <= Integer.MAX_VALUE) {
            for (int k = 0; k < views.length; k++) {
                frame.put(numbers[k], views[k].array(), views[k].at(views[k].index(from)));
            }
            stages.get(0).run(frame, (int) (to - from));
            return;
        }
        passed.forEach((name, element) -> frame.put(name, element.newArray(BLOCK), 0));
        Object[] staging = new Object[views.length];
        RandomWords.Block words = random == null ? null : random.block(call, BLOCK);
        for (long at = from; at < to; at += BLOCK) {
            int length = (int) Math.min(BLOCK, to - at);
            for (int k = 0; k < views.length; k++) {
                place(frame, k, views[k], staging, at, length);
            }
            if (words != null) {
                words.put(frame, bits, at, length);
            }
            for (NamedLoop stage : stages) {
                stage.run(frame, length);
            }
            for (int k = 0; k < views.length; k++) {
                if (slots.get(k).output() && frame.arrays[numbers[k]] == staging[k]) {
                    views[k].write(staging[k], at, length);
                }
            }
        }
    }

    private void place(Frame frame, int k, SlotView view, Object[] staging, long at, int length) {
        if (view.isInPlace(at, (long) length)) {
            frame.put(numbers[k], view.array(), view.at(view.index(at)));
            return;
        }
        if (staging[k] == null) {
            staging[k] = HostMemory.newArray(slots.get(k).type(), BLOCK);
        }
        if (!slots.get(k).output()) {
            view.read(at, length, staging[k]);
        }
        frame.put(numbers[k], staging[k], 0);
    }
}
