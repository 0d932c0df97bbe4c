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
    /** How many operations are done for every element. */
    private final int operations;

    private NamedLoop(CompiledLoop loop, int operations, int[] operands, int[] uniforms, boolean... used) {
        this.loop = loop;
        this.operations = operations;
        this.operands = operands;
        this.uniforms = uniforms;
        this.used = used;
    }

    /** A loop that reads or writes all its operands.
     *
     * @param operands the names of its operands
     * @param uniforms the names of its uniforms
     * @param names    the table of names, which grows */
    static NamedLoop ofAll(CompiledLoop loop, int operations, List<String> operands, List<String> uniforms,
                           List<String> names) {
        int[] numbers = numbers(operands, names);
        boolean[] used = new boolean[names.size()];
        for (int number : numbers) {
            used[number] = true;
        }
        return new NamedLoop(loop, operations, numbers, numbers(uniforms, names), used);
    }

    /** Compiles a line.
     *
     * @param names the table of names, which grows
     * @param port  what the operand of a name is */
    static NamedLoop of(LoopCompiler compiler, NamedLine line, List<String> names, Function<String, LoopShape.Port> port) {
        LoopShape shape = shape(line, port);
        int[] operands = numbers(operands(line), names);
        boolean[] used = new boolean[names.size()];
        for (Value value : shape.line().values()) {
            if (value.code() == Opcode.INPUT) {
                used[operands[(int) value.bits()]] = true;
            }
        }
        for (int target : shape.targets()) {
            used[operands[target]] = true;
        }
        CompiledLoop loop = compiler.compile(shape);
        return new NamedLoop(loop, line.line().operations(), operands, numbers(line.uniforms(), names), used);
    }

    /** What is compiled of a line.
     *
     * @param port what the operand of a name is */
    static LoopShape shape(NamedLine line, Function<String, LoopShape.Port> port) {
        List<String> operands = operands(line);
        int[] targets = new int[line.outputs().size()];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = operands.indexOf(line.outputs().get(i));
        }
        List<LoopShape.Port> ports = new ArrayList<>();
        for (String operand : operands) {
            ports.add(port.apply(operand));
        }
        return new LoopShape(line.line(), targets, ports);
    }

    /** The names of a line's operands: what it reads, then what it only writes. */
    static List<String> operands(NamedLine line) {
        List<String> operands = new ArrayList<>(line.inputs());
        for (String output : line.outputs()) {
            number(operands, output);
        }
        return operands;
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
        return operations;
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
