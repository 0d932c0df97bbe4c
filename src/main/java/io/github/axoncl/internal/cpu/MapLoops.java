package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Spare;
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
import java.util.function.Function;

/** The loop of an operation that computes every element by itself, and the way of its operands. */
final class MapLoops {
    private static final int BLOCK = Blocks.LENGTH;
    /** A piece of work has at least this many operations, about 20 microseconds: far above what handing it over costs. */
    private static final long OPERATIONS_PER_PIECE = 1 << 20;
    private static final int SPARE = 4;

    private final KernelSignature signature;
    private final Blocks blocks;
    private final Spare<Run> spare = new Spare<>(SPARE);
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
    /** What one loop leaves for another. */
    private final Map<Integer, Element> passed = new LinkedHashMap<>();

    MapLoops(LoopCompiler compiler, Blocks blocks, KernelModule module, KernelSignature signature) {
        this.blocks = blocks;
        this.signature = signature;
        NamedLine line = Formulas.map(module, signature);
        Instructions cost = new Instructions();
        boolean whole = cost.of(line.line()) <= LoopCompiler.MAX_SIMD_OPERATIONS;
        List<NamedLine> lines = whole ? List.of(line) : Stages.of(line, cost, LoopCompiler.MAX_SIMD_OPERATIONS);
        Map<String, Type.Scalar> between = whole ? Map.of() : Stages.passed(lines);
        Function<String, LoopShape.Port> ports = new Function<>() {
            @Override
            public LoopShape.Port apply(String name) {
                Type.Scalar kept = between.get(name);
                return new LoopShape.Port(kept != null ? Element.keeping(kept) : element(signature, name), 0);
            }
        };
        for (NamedLine stage : lines) {
            stages.add(NamedLoop.of(compiler, stage, names, ports));
        }
        for (Map.Entry<String, Type.Scalar> name : between.entrySet()) {
            passed.put(names.indexOf(name.getKey()), Element.keeping(name.getValue()));
        }
        for (Slot slot : signature.slots()) {
            if (slot.output() ? line.outputs().contains(slot.name()) : line.inputs().contains(slot.name())) {
                slots.add(slot);
            }
        }
        numbers = new int[slots.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = names.indexOf(slots.get(k).name());
        }
        bits = names.indexOf(RowPieces.BITS);
        random = bits < 0 ? null : new RandomWords(compiler, module, signature);
        uniforms = new Numbers(signature, names);
        int operations = 0;
        for (NamedLoop stage : stages) {
            operations += stage.operations();
        }
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
        Run run = spare.take();
        run = run == null ? new Run(workers.threads()) : run;
        try {
            run.begin(call);
            workers.split(call.rows().length(), grain, run);
        } finally {
            run.end();
        }
        spare.give(run);
    }

    /** One call on its way. */
    private final class Run implements Workers.Task {
        private final SlotView[] views = new SlotView[numbers.length];
        /** What each thread works with. */
        private final Frame[] frames;
        private final Object[][] staging;
        private final RandomWords.Block[] words;
        private KernelCall call;

        Run(int threads) {
            for (int k = 0; k < views.length; k++) {
                views[k] = new SlotView(signature, slots.get(k));
            }
            frames = new Frame[threads];
            staging = new Object[threads][views.length];
            words = new RandomWords.Block[threads];
        }

        void begin(KernelCall of) {
            call = of;
            for (SlotView view : views) {
                view.begin(of);
            }
        }

        void end() {
            call = null;
            for (SlotView view : views) {
                view.end();
            }
        }

        private Frame frame(int thread) {
            if (frames[thread] == null) {
                Frame frame = new Frame(names.size());
                for (Map.Entry<Integer, Element> one : passed.entrySet()) {
                    frame.put(one.getKey(), one.getValue().newArray(BLOCK), 0);
                }
                frames[thread] = frame;
            }
            return frames[thread];
        }

        @Override
        public void run(int thread, long from, long to) {
            Frame frame = frame(thread);
            uniforms.put(call, frame);
            try {
                if (isInPlace(from, to)) {
                    for (int k = 0; k < views.length; k++) {
                        frame.put(numbers[k], views[k].array(), views[k].at(views[k].index(from)));
                    }
                    stages.get(0).run(frame, (int) (to - from));
                } else {
                    inBlocks(frame, staging[thread], words(thread), from, to);
                }
            } finally {
                frame.forget(numbers);
                giveBack(staging[thread]);
            }
        }

        /** Whether one run of one loop does it. */
        private boolean isInPlace(long from, long to) {
            boolean inPlace = random == null && stages.size() == 1 && to - from <= Integer.MAX_VALUE;
            for (SlotView view : views) {
                inPlace &= view.isInPlace(from, to - from);
            }
            return inPlace;
        }

        private RandomWords.Block words(int thread) {
            if (random == null) {
                return null;
            }
            if (words[thread] == null) {
                words[thread] = random.block(BLOCK);
            }
            return words[thread].begin(call);
        }

        private void inBlocks(Frame frame, Object[] arrays, RandomWords.Block words, long from, long to) {
            for (long at = from; at < to; at += BLOCK) {
                int length = (int) Math.min(BLOCK, to - at);
                for (int k = 0; k < views.length; k++) {
                    place(frame, k, arrays, at, length);
                }
                if (words != null) {
                    words.put(frame, bits, at, length);
                }
                for (int i = 0; i < stages.size(); i++) {
                    stages.get(i).run(frame, length);
                }
                for (int k = 0; k < views.length; k++) {
                    if (slots.get(k).output() && frame.arrays[numbers[k]] == arrays[k]) {
                        views[k].write(arrays[k], at, length);
                    }
                }
            }
        }

        private void place(Frame frame, int k, Object[] arrays, long at, int length) {
            SlotView view = views[k];
            if (view.isInPlace(at, length)) {
                frame.put(numbers[k], view.array(), view.at(view.index(at)));
                return;
            }
            if (arrays[k] == null) {
                arrays[k] = blocks.take(slots.get(k).type());
            }
            if (!slots.get(k).output()) {
                view.read(at, length, arrays[k]);
            }
            frame.put(numbers[k], arrays[k], 0);
        }

        private void giveBack(Object[] arrays) {
            for (int k = 0; k < arrays.length; k++) {
                if (arrays[k] != null) {
                    blocks.give(slots.get(k).type(), arrays[k]);
                    arrays[k] = null;
                }
            }
        }
    }
}
