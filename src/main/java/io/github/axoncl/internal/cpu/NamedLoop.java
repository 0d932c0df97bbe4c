package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Value;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A compiled loop whose operands and uniforms are found by name in the tables of a {@link Frame}. */
final class NamedLoop {
    private final CompiledLoop loop;
    private final int[] operands;
    private final int[] uniforms;
    /** The names that are read or written, by number: an argument of a function need not matter to its result. */
    private final boolean[] used;

    private NamedLoop(CompiledLoop loop, int[] operands, int[] uniforms) {
        this.loop = loop;
        this.operands = operands;
        this.uniforms = uniforms;
        int last = -1;
        for (int number : operands) {
            last = Math.max(last, number);
        }
        this.used = new boolean[last + 1];
        for (Value value : loop.shape().line().values()) {
            if (value.code() == Opcode.INPUT) {
                used[operands[(int) value.bits()]] = true;
            }
        }
        for (int target : loop.shape().targets()) {
            used[operands[target]] = true;
        }
    }

    /** Compiles a line.
     *
     * @param names the table of names, which grows
     * @param port  what the operand of a name is */
    static NamedLoop of(LoopCompiler compiler, NamedLine line, List<String> names, Function<String, LoopShape.Port> port) {
        List<String> operands = new ArrayList<>(line.inputs());
        int[] targets = new int[line.outputs().size()];
        for (int i = 0; i < targets.length; i++) {
            String name = line.outputs().get(i);
            if (!operands.contains(name)) {
                operands.add(name);
            }
            targets[i] = operands.indexOf(name);
        }
        List<LoopShape.Port> ports = new ArrayList<>();
        for (String operand : operands) {
            ports.add(port.apply(operand));
        }
        LoopShape shape = new LoopShape(line.line(), targets, ports);
        return new NamedLoop(compiler.compile(shape), numbers(operands, names), numbers(line.uniforms(), names));
    }

    private static int[] numbers(List<String> wanted, List<String> names) {
        int[] numbers = new int[wanted.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(names, wanted.get(i));
        }
        return numbers;
    }

    /** The number of a name in a table, which grows if the name is new. */
    static int number(List<String> names, String name) {
        if (!names.contains(name)) {
            names.add(name);
        }
        return names.indexOf(name);
    }

    /** Whether what has this number is read or written. */
    boolean uses(int number) {
        return number >= 0 && number < used.length && used[number];
    }

    int operations() {
        return loop.shape().line().operations();
    }

    /** Computes so many elements of what is in the frame. */
    void run(Frame frame, int length) {
        for (int i = 0; i < operands.length; i++) {
            frame.handedArrays[i] = frame.arrays[operands[i]];
            frame.handedOffsets[i] = frame.offsets[operands[i]];
        }
        for (int i = 0; i < uniforms.length; i++) {
            frame.handedUniforms[i] = frame.uniforms[uniforms[i]];
        }
        loop.run(frame.handedArrays, frame.handedOffsets, length, frame.handedUniforms, frame.beside);
    }
}
