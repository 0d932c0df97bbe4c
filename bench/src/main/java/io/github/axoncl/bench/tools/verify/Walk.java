package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.oracle.ClosedForm;
import io.github.axoncl.oracle.ClosedForms;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Golden;
import io.github.axoncl.oracle.GoldenCase;
import io.github.axoncl.oracle.Ulp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/** Judges a function at every float, or at every so manieth one, by its oracle. */
final class Walk {
    /** The patterns are shared among threads, and kept when the process ends, in blocks of this many. */
    static final long BLOCK = 1L << 25;
    static final int BLOCKS = (int) (Golden.PATTERNS / BLOCK);

    private final Backend backend;
    private final GoldenCase judged;
    private final Formula formula;
    private final double[] parameters;
    private final List<ClosedForm> closedForms;
    private final long stride;
    private final int callLength;

    /** A walk.
     *
     * @param backend    what is judged
     * @param judged     of which function and operation
     * @param stride     every how manieth pattern is judged
     * @param callLength the number of elements in one call */
    Walk(Backend backend, GoldenCase judged, long stride, int callLength) {
        this.backend = backend;
        this.judged = judged;
        this.formula = judged.formula();
        this.parameters = judged.parameters();
        this.closedForms = judged.hasDefaults() ? ClosedForms.of(judged.function().id(), judged.operation()) : List.of();
        this.stride = stride;
        this.callLength = callLength;
    }

    /** Walks through the blocks that are not finished.
     *
     * @param state    the finished ones
     * @param threads  how many threads walk
     * @param progress told of every number of patterns that was passed
     * @return the sum over all blocks */
    WalkTally run(WalkState state, int threads, LongConsumer progress) throws IOException {
        Map<Integer, WalkTally> before = state.finished();
        progress.accept(before.size() * BLOCK);
        AtomicInteger next = new AtomicInteger();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> walkers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                walkers.add(executor.submit(() -> {
                    Walker walker = new Walker(progress);
                    for (int block = next.getAndIncrement(); block < BLOCKS; block = next.getAndIncrement()) {
                        if (!before.containsKey(block)) {
                            state.add(block, walker.walk(block));
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> walker : walkers) {
                walker.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        } finally {
            executor.shutdownNow();
        }
        return state.finished().values().stream().reduce(WalkTally.NOTHING, WalkTally::plus);
    }

    /** One thread's arrays, and its sums in the block at hand. */
    private final class Walker {
        private final LongConsumer progress;
        private final float[] x = new float[callLength];
        private final float[] y = new float[callLength];
        private final double[] exact = new double[callLength];
        private long values;
        private long aboveHalf;
        private long aboveOne;
        private double maxUlp;
        private int worst;
        private long checksum;

        Walker(LongConsumer progress) {
            this.progress = progress;
        }

        WalkTally walk(int block) {
            values = 0;
            aboveHalf = 0;
            aboveOne = 0;
            maxUlp = -1;
            checksum = 0;
            long end = (block + 1) * BLOCK;
            long told = block * BLOCK;
            for (long first = (told + stride - 1) / stride * stride; first < end; first += callLength * stride) {
                int length = (int) Math.min(callLength, (end - first + stride - 1) / stride);
                Golden.inputs(first, stride, x, length);
                Golden.compute(backend, judged, Operand.of(x, 0, length), Operand.of(y, 0, length));
                checksum += Golden.sum(first, stride, y, length);
                exact(length);
                judge(length);
                if (first - told >= 1 << 20) {
                    progress.accept(first - told);
                    told = first;
                }
            }
            progress.accept(end - told);
            return new WalkTally(values, aboveHalf, aboveOne, maxUlp, worst, checksum);
        }

        /** Inputs of one sign ascend or descend: if both ends lie in an interval, so does all between. */
        private void exact(int length) {
            float first = x[0];
            float last = x[length - 1];
            if (Float.isFinite(first) && Float.isFinite(last) && Math.copySign(1, first) == Math.copySign(1, last)) {
                for (ClosedForm form : closedForms) {
                    if (form.contains(first) && form.contains(last)) {
                        for (int i = 0; i < length; i++) {
                            exact[i] = form.at(x[i]);
                        }
                        return;
                    }
                }
            }
            for (int i = 0; i < length; i++) {
                exact[i] = formula.at(x[i], parameters);
            }
        }

        /** A result that is the exact value's float has an error of at most a half, which is no news once that was seen; one
         * that is the exact value has none. Most calls hold nothing else. */
        private void judge(int length) {
            values += length;
            maxUlp = Math.max(maxUlp, 0);
            if (maxUlp < 0.5 ? isExact(length) : isNearest(length)) {
                return;
            }
            for (int i = 0; i < length; i++) {
                if (y[i] != (float) exact[i] || maxUlp < 0.5 && y[i] != exact[i]) {
                    judgeOne(i);
                }
            }
        }

        private boolean isExact(int length) {
            int different = 0;
            for (int i = 0; i < length; i++) {
                different += y[i] == exact[i] ? 0 : 1;
            }
            return different == 0;
        }

        private boolean isNearest(int length) {
            int different = 0;
            for (int i = 0; i < length; i++) {
                different += y[i] == (float) exact[i] ? 0 : 1;
            }
            return different == 0;
        }

        private void judgeOne(int i) {
            double error = Ulp.error(y[i], exact[i]);
            aboveHalf += error > 0.5 ? 1 : 0;
            aboveOne += error > 1 ? 1 : 0;
            if (error > maxUlp) {
                maxUlp = error;
                worst = Float.floatToRawIntBits(x[i]);
            }
        }
    }
}
