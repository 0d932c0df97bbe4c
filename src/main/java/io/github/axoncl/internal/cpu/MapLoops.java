package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Spare;
import io.github.axoncl.internal.kernel.RowPieces;

import java.util.List;
import java.util.Map;

/** The loop of an operation that computes every element by itself, and the way of its operands. */
final class MapLoops {
    private static final int BLOCK = Blocks.LENGTH;
    /** A piece of work has at least this many operations, about 20 microseconds: far above what handing it over costs. */
    private static final long OPERATIONS_PER_PIECE = 1 << 20;
    private static final int SPARE = 4;

    private final KernelSignature signature;
    private final Blocks blocks;
    private final Spare<Run> spare = new Spare<>(SPARE);
    private final MapStages stages;
    private final List<Slot> slots;
    private final int[] numbers;
    private final int bits;
    private final Numbers uniforms;
    /** The fewest elements that are worth being handed to another thread. */
    private final long grain;

    MapLoops(Blocks blocks, MapStages stages, KernelSignature signature) {
        this.blocks = blocks;
        this.stages = stages;
        this.signature = signature;
        this.slots = stages.slots;
        numbers = new int[slots.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = stages.names.indexOf(slots.get(k).name());
        }
        bits = stages.names.indexOf(RowPieces.BITS);
        uniforms = new Numbers(signature, stages.names);
        int operations = 0;
        for (NamedLoop loop : stages.loops) {
            operations += loop.operations();
        }
        grain = OPERATIONS_PER_PIECE / (operations + 8) / BLOCK * BLOCK + BLOCK;
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
                Frame frame = new Frame(stages.names.size());
                for (Map.Entry<Integer, Element> one : stages.passed.entrySet()) {
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
                    stages.loops.get(0).run(frame, (int) (to - from));
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
            boolean inPlace = stages.random == null && stages.loops.size() == 1 && to - from <= Integer.MAX_VALUE;
            for (SlotView view : views) {
                inPlace &= view.isInPlace(from, to - from);
            }
            return inPlace;
        }

        private RandomWords.Block words(int thread) {
            if (stages.random == null) {
                return null;
            }
            if (words[thread] == null) {
                words[thread] = stages.random.block(BLOCK);
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
                for (int i = 0; i < stages.loops.size(); i++) {
                    stages.loops.get(i).run(frame, length);
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
