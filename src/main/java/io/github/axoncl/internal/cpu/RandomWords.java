package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.RowPieces;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Makes the random words of elements: the generator gives four at once, for the elements 4b to 4b + 3. */
final class RandomWords {
    private static final int WORDS = 4;

    private final List<String> names = new ArrayList<>();
    private final NamedLoop loop;
    private final Numbers uniforms;

    RandomWords(LoopCompiler compiler, KernelModule module, KernelSignature signature) {
        NamedLine line = Formulas.randomWords(module, signature);
        loop = NamedLoop.of(compiler, line, names, name -> new LoopShape.Port(Element.INT, 0));
        uniforms = new Numbers(signature, names);
    }

    /** What a thread needs for so many elements at once. */
    Block block(KernelCall call, int most) {
        return new Block(call, most);
    }

    /** The words of one call. Not shared. */
    final class Block {
        private final Frame frame = new Frame(names.size());
        private final int[] low;
        private final int[] high;
        private final int[][] words = new int[WORDS][];
        private final int[] bits;

        private Block(KernelCall call, int most) {
            uniforms.put(call, frame);
            low = new int[most];
            high = new int[most];
            frame.put(names.indexOf(RowPieces.part(Formulas.BLOCK_LOW, 0)), low, 0);
            frame.put(names.indexOf(RowPieces.part(Formulas.BLOCK_HIGH, 0)), high, 0);
            for (int k = 0; k < WORDS; k++) {
                words[k] = new int[most];
                frame.put(names.indexOf(Formulas.WORD + k), words[k], 0);
            }
            bits = new int[most];
        }

        /** The words of elements in succession. */
        int[] at(long first, int length) {
            long block = first / WORDS;
            int blocks = (int) ((first + length - 1) / WORDS - block) + 1;
            run(blocks, j -> block + j);
            for (int i = 0; i < length; i++) {
                long element = first + i;
                bits[i] = words[(int) (element % WORDS)][(int) (element / WORDS - block)];
            }
            return bits;
        }

        /** The words of any elements. */
        int[] at(IntToLongFunction element, int length) {
            run(length, i -> element.applyAsLong(i) / WORDS);
            for (int i = 0; i < length; i++) {
                bits[i] = words[(int) (element.applyAsLong(i) % WORDS)][i];
            }
            return bits;
        }

        private void run(int count, IntToLongFunction block) {
            for (int i = 0; i < count; i++) {
                long number = block.applyAsLong(i);
                low[i] = (int) number;
                high[i] = (int) (number >>> 32);
            }
            loop.run(frame, count);
        }
    }
}
