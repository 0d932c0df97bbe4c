package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.TestKernels;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.oracle.Philox;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** The generator's loops, scalar and SIMD, against the answers that its authors published and against its definition. */
class RandomWordsTest {
    private static final int BLOCKS = 4 * Simd.lanes();
    /** Counter, key, words: kat_vectors of Random123. */
    private static final long[][] KNOWN = {
        {0, 0, 0, 0, 0, 0, 0x6627e8d5L, 0xe169c58dL, 0xbc57ac4cL, 0x9b00dbd8L},
        {0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL, 0xffffffffL,
            0x408f276dL, 0x41c83b0eL, 0xa20bc7c6L, 0x6d5451fdL},
        {0x243f6a88L, 0x85a308d3L, 0x13198a2eL, 0x03707344L, 0xa4093822L, 0x299f31d0L,
            0xd16cfe09L, 0x94fdccebL, 0x5001e420L, 0x24126ea1L}};

    @Test
    void theDefinitionGivesThePublishedAnswers() {
        for (long[] answer : KNOWN) {
            assertThat(Philox.words(Arrays.copyOf(answer, 4), answer[4], answer[5]))
                    .containsExactly(Arrays.copyOfRange(answer, 6, 10));
        }
    }

    @Test
    void bothFormsGiveThePublishedAnswers() {
        for (long[] answer : KNOWN) {
            for (int vectors = 0; vectors <= 2; vectors++) {
                long[][] words = words(vectors, answer[0], answer[1], 0, answer[2], answer[3], answer[4], answer[5]);
                for (long[] block : words) {
                    assertThat(block).as("%d vectors", vectors).containsExactly(Arrays.copyOfRange(answer, 6, 10));
                }
            }
        }
    }

    @Test
    void bothFormsGiveTheDefinition() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            long[] c = random.longs(6, 0, 1L << 32).toArray();
            for (int vectors = 0; vectors <= 2; vectors++) {
                long[][] words = words(vectors, c[0], c[1], 1, c[2], c[3], c[4], c[5]);
                for (int j = 0; j < words.length; j++) {
                    assertThat(words[j]).containsExactly(
                            Philox.words(new long[] {c[0] + j & 0xFFFFFFFFL, c[1], c[2], c[3]}, c[4], c[5]));
                }
            }
        }
    }

    /** The words of some blocks.
     *
     * @param vectors how many vectors a step of the SIMD form has; 0 for the scalar form
     * @param step    how much the low half of the block's number grows from one to the next */
    private static long[][] words(int vectors, long low, long high, int step, long offsetLow, long offsetHigh, long... key) {
        KernelSignature signature = TestKernels.signature(StochasticActivation.DROPOUT);
        KernelModule module = KernelModule.of(signature.definition());
        Map<String, int[]> arrays = new HashMap<>();
        int[] lows = arrays.computeIfAbsent("block_low#0", name -> new int[BLOCKS]);
        for (int j = 0; j < BLOCKS; j++) {
            lows[j] = (int) (low + (long) j * step);
        }
        Arrays.fill(arrays.computeIfAbsent("block_high#0", name -> new int[BLOCKS]), (int) high);
        Map<String, Double> numbers = Map.of("offset_low", (double) offsetLow, "offset_high", (double) offsetHigh,
                "seed_low", (double) key[0], "seed_high", (double) key[1]);
        run(vectors, Formulas.randomWordsBegun(module, signature), arrays, numbers);
        run(vectors, Formulas.randomWordsEnded(module, signature), arrays, numbers);
        long[][] words = new long[BLOCKS][4];
        for (int j = 0; j < BLOCKS; j++) {
            for (int k = 0; k < 4; k++) {
                words[j][k] = Integer.toUnsignedLong(arrays.get("word#" + k)[j]);
            }
        }
        return words;
    }

    private static void run(int vectors, NamedLine line, Map<String, int[]> arrays, Map<String, Double> numbers) {
        List<String> operands = new ArrayList<>(line.inputs());
        operands.addAll(line.outputs());
        int[] targets = line.outputs().stream().mapToInt(operands::indexOf).toArray();
        LoopShape shape = new LoopShape(line.line(), targets,
                operands.stream().map(name -> new LoopShape.Port(Element.INT, 0)).toList());
        assertThat(VectorCode.obstacle(shape)).isNull();
        Loop loop = vectors == 0 ? LoopClass.scalar(shape) : LoopClass.simd(shape, vectors);
        int done = loop.run(operands.stream().map(name -> arrays.computeIfAbsent(name, n -> new int[BLOCKS])).toArray(),
                new int[operands.size()], 0, BLOCKS, line.uniforms().stream().mapToDouble(numbers::get).toArray());
        assertThat(done).isEqualTo(BLOCKS);
    }
}
