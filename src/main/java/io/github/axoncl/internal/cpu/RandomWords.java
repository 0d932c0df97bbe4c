package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.RowPieces;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** Makes the random words of elements: the generator gives four at once, for the elements 4b to 4b + 3. */
final class RandomWords {
    private static final int WORDS = 4;
    private static final LoopShape.Port WORD = new LoopShape.Port(Element.INT, 0);

    private final List<String> names = new ArrayList<>();
    private final NamedLoop begin;
    private final NamedLoop end;
    private final Numbers uniforms;

    RandomWords(LoopCompiler compiler, KernelModule module, KernelSignature signature) {
        begin = NamedLoop.of(compiler, Formulas.randomWordsBegun(module, signature), names, name -> WORD);
        end = NamedLoop.of(compiler, Formulas.randomWordsEnded(module, signature), names, name -> WORD);
        uniforms = new Numbers(signature, names);
    }

    /** What a thread needs for so many elements at once. */
    Block block(int most) {
        return new Block(most);
    }

    /** The words of one call at a time. Not shared. */
    final class Block {
        /** The number of the call's first element in the whole tensor. */
        private long first;
        private final Frame frame = new Frame(names.size());
        /** A number for each element, since all elements of rows side by side may be of different blocks. */
        private final int[] low;
        private final int[] high;
        private final int[][] words = new int[WORDS][];
        private final int[] bits;

        private Block(int most) {
            low = new int[most];
            high = new int[most];
            frame.put(names.indexOf(RowPieces.part(Formulas.BLOCK_LOW, 0)), low, 0);
            frame.put(names.indexOf(RowPieces.part(Formulas.BLOCK_HIGH, 0)), high, 0);
            for (int k = 0; k < WORDS; k++) {
                words[k] = new int[most];
                frame.put(names.indexOf(RowPieces.part(Formulas.BEGUN, k)), words[k], 0);
                frame.put(names.indexOf(RowPieces.part(Formulas.WORD, k)), words[k], 0);
            }
            bits = new int[most + 2 * WORDS];
        }

        /** Turns to a call.
         *
         * @return this */
        Block begin(KernelCall call) {
            first = (call.value(Formulas.ELEMENT_HIGH) << 32 | call.value(Formulas.ELEMENT_LOW))
                    + call.firstOuter() * call.rows().axis() * call.rows().inner();
            uniforms.put(call, frame);
            return this;
        }

        /** Puts the words of elements of the call in succession into a frame. */
        void put(Frame target, int number, long from, int length) {
            long element = first + from;
            long block = element / WORDS;
            int skipped = (int) (element % WORDS);
            int blocks = (skipped + length + WORDS - 1) / WORDS;
            for (int j = 0; j < blocks; j++) {
                low[j] = (int) (block + j);
                high[j] = (int) (block + j >>> 32);
            }
            begin.run(frame, blocks);
            end.run(frame, blocks);
            int[] word0 = words[0];
            int[] word1 = words[1];
            int[] word2 = words[2];
            int[] word3 = words[3];
            for (int j = 0; j < blocks; j++) {
                bits[WORDS * j] = word0[j];
                bits[WORDS * j + 1] = word1[j];
                bits[WORDS * j + 2] = word2[j];
                bits[WORDS * j + 3] = word3[j];
            }
            target.put(number, bits, skipped);
        }

        /** Puts the words of rows side by side into a frame: element k of row j is number starts[j] + steps(k) of the call.
         * Those that follow one another share what the generator gives at once. */
        void put(Frame target, int number, long[] starts, IntToLongFunction steps, int width, int length) {
            int count = 0;
            long last = -1;
            boolean alongRows = length > 1 && steps.applyAsLong(1) - steps.applyAsLong(0) == 1;
            int lines = alongRows ? starts.length : length;
            int places = alongRows ? length : starts.length;
            for (int line = 0; line < lines; line++) {
                for (int place = 0; place < places; place++) {
                    int j = alongRows ? line : place;
                    int k = alongRows ? place : line;
                    long element = first + steps.applyAsLong(k) + starts[j];
                    long block = element >>> 2;
                    if (block != last) {
                        low[count] = (int) block;
                        high[count] = (int) (block >>> 32);
                        last = block;
                        count++;
                    }
                    bits[k * width + j] = WORDS * (count - 1) + (int) (element & 3);
                }
            }
            begin.run(frame, count);
            end.run(frame, count);
            for (int k = 0; k < length; k++) {
                for (int i = k * width; i < k * width + starts.length; i++) {
                    bits[i] = words[bits[i] & 3][bits[i] >> 2];
                }
            }
            target.put(number, bits, 0);
        }
    }
}
