package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Value;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Runs both forms of a loop on scratch data until SIMD is the faster one, which it is only when the JVM has compiled it. Used
 * by one thread.
 */
final class WarmUp {
    /** In so many rounds the scalar form is compiled, so that it is no easy rival. */
    private static final int FIRST_ROUNDS = 3;
    private static final int WINS = 2;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** After so many rounds, both forms were compiled long ago: 16 million runs of each. */
    private static final int MOST_ROUNDS = 80_000;
    private static final int FEW = 4;

    private final CompiledLoop loop;
    private final Loop simd;
    private final int lanes;
    private final Object[] arrays;
    private final int[] offsets;
    private final double[] values;
    private final int length;
    private int rounds;
    private int wins;
    private long spent;

    WarmUp(CompiledLoop loop, LoopShape shape, Loop simd) {
        this.loop = loop;
        this.simd = simd;
        lanes = shape.simdLanes();
        int longest = 4 * LoopShape.LANES;
        for (LoopShape.Port port : shape.operands()) {
            longest = Math.max(longest, port.period() * LoopShape.BESIDE);
        }
        length = longest;
        Random random = new Random(1);
        arrays = new Object[shape.operands().size()];
        for (int k = 0; k < arrays.length; k++) {
            arrays[k] = scratch(shape.operands().get(k).element(), length, random);
            if (k > 0 && shape.isListed(k - 1)) {
                Arrays.setAll((int[]) arrays[k], i -> length - 1 - i);
            }
        }
        offsets = new int[arrays.length];
        int parameters = 0;
        for (Value value : shape.line().values()) {
            if (value.code() == Opcode.PARAMETER) {
                parameters = Math.max(parameters, (int) value.bits() + 1);
            }
        }
        values = new double[parameters];
        // All different, lest a condition for all elements hold that seldom does and the scalar form have nothing to do.
        Arrays.setAll(values, i -> i + 1);
    }

    /** Whether there is no hope left that the SIMD form will be the faster one. */
    boolean isOver() {
        return rounds >= MOST_ROUNDS || spent >= LONGEST_NANOS;
    }

    /** Goes on for a while, and has the SIMD form used when it is the faster one, twice in succession.
     *
     * @return whether that is so */
    boolean isReadyAfter(long nanos) {
        long start = System.nanoTime();
        long now = start;
        while (now - start < nanos && rounds < MOST_ROUNDS) {
            long scalarTime = time(loop.scalar());
            wins = time(simd) < scalarTime ? wins + 1 : 0;
            rounds++;
            if (wins >= WINS && rounds >= FIRST_ROUNDS) {
                loop.use(simd, lanes);
                return true;
            }
            now = System.nanoTime();
        }
        spent += now - start;
        return false;
    }

    private static Object scratch(Element element, int length, Random random) {
        Object array = element.newArray(length);
        for (int i = 0; i < length; i++) {
            switch (element) {
                case FLOAT -> ((float[]) array)[i] = (float) (random.nextGaussian() * 10);
                case DOUBLE -> ((double[]) array)[i] = random.nextGaussian() * 10;
                case SHORT -> ((short[]) array)[i] = (short) random.nextInt();
                // Bits, and small numbers that equal others now and then, lest a branch of the scalar form be never taken.
                case INT -> ((int[]) array)[i] = i % 2 == 0 ? random.nextInt() : random.nextInt(FEW);
                case BYTE -> ((byte[]) array)[i] = (byte) random.nextInt();
                case LONG -> ((long[]) array)[i] = random.nextLong();
            }
        }
        return array;
    }

    private long time(Loop form) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 40; i++) {
                form.run(arrays, offsets, 0, length, values, LoopShape.BESIDE);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }
}
