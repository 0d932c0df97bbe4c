package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Parameter;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Stages;
import io.github.axoncl.internal.kernel.Type;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What follows each other over a block of elements that are each computed by themselves: one loop, unless it would be too long
 * for the JVM's compiler. Made of a loop that is ready or compiled of the text.
 */
final class MapStages {
    /** The names of operands and uniforms, by their numbers in a {@link Frame}. */
    final List<String> names = new ArrayList<>();
    /** The slots that the loops read or write. */
    final List<Slot> slots = new ArrayList<>();
    final List<NamedLoop> loops = new ArrayList<>();
    /** What one loop leaves for another. */
    final Map<Integer, Element> passed = new LinkedHashMap<>();
    /** What makes random words, null if none are needed. */
    final RandomWords random;

    /** A loop that is ready. */
    MapStages(CompiledLoop loop, int operations, KernelSignature signature) {
        List<String> operands = new ArrayList<>();
        for (Slot slot : signature.slots()) {
            slots.add(slot);
            operands.add(slot.name());
        }
        loops.add(NamedLoop.ofAll(loop, operations, operands, parameters(signature), names));
        random = null;
    }

    /** What the text says. */
    MapStages(LoopCompiler compiler, KernelModule module, KernelSignature signature) {
        NamedLine line = Formulas.map(module, signature);
        boolean whole = isOneLoop(line);
        List<NamedLine> lines = whole ? List.of(line) : Instructions.stages(line, LoopCompiler.MAX_SIMD_OPERATIONS);
        Map<String, Type.Scalar> between = whole ? Map.of() : Stages.passed(lines);
        Function<String, LoopShape.Port> ports = ports(signature, between);
        for (NamedLine stage : lines) {
            loops.add(NamedLoop.of(compiler, stage, names, ports));
        }
        for (Map.Entry<String, Type.Scalar> name : between.entrySet()) {
            passed.put(names.indexOf(name.getKey()), Element.keeping(name.getValue()));
        }
        for (Slot slot : signature.slots()) {
            if (slot.output() ? line.outputs().contains(slot.name()) : line.inputs().contains(slot.name())) {
                slots.add(slot);
            }
        }
        random = names.contains(RowPieces.BITS) ? new RandomWords(compiler, module, signature) : null;
    }

    /** The loop of an element-wise operation, whose operands are the slots and whose uniforms are the parameters; null if it is
     * several. */
    static LoopShape oneLoop(KernelModule module, KernelSignature signature) {
        NamedLine line = Formulas.map(module, signature);
        List<String> operands = new ArrayList<>();
        for (Slot slot : signature.slots()) {
            operands.add(slot.name());
        }
        if (!NamedLoop.operands(line).equals(operands) || !line.uniforms().equals(parameters(signature))) {
            throw new IllegalStateException(signature + " takes " + line.inputs() + " and " + line.uniforms()
                    + ", not its slots and parameters in their order");
        }
        return isOneLoop(line) ? NamedLoop.shape(line, ports(signature, Map.of())) : null;
    }

    private static boolean isOneLoop(NamedLine line) {
        return new Instructions().of(line.line()) <= LoopCompiler.MAX_SIMD_OPERATIONS;
    }

    private static List<String> parameters(KernelSignature signature) {
        List<String> names = new ArrayList<>();
        for (Parameter parameter : signature.definition().parameters()) {
            names.add(parameter.name());
        }
        return names;
    }

    private static Function<String, LoopShape.Port> ports(KernelSignature signature, Map<String, Type.Scalar> between) {
        return new Function<>() {
            @Override
            public LoopShape.Port apply(String name) {
                Type.Scalar kept = between.get(name);
                return new LoopShape.Port(kept != null ? Element.keeping(kept) : element(signature, name), 0);
            }
        };
    }

    /** What an operand's elements are: those of a slot, or of something that is made for the loop. */
    private static Element element(KernelSignature signature, String name) {
        for (Slot slot : signature.slots()) {
            if (slot.name().equals(name)) {
                return Element.of(slot.type());
            }
        }
        return Element.INT;
    }
}
