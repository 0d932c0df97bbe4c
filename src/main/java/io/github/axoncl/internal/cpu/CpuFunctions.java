package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was compiled, by function and operation; compiles each once. */
final class CpuFunctions {
    private record Key(KernelDefinition definition, Operation operation) {
    }

    private final LoopCompiler compiler;
    private final Map<KernelDefinition, KernelModule> modules = new ConcurrentHashMap<>();
    private final Map<Key, CompiledLoop> elementwise = new ConcurrentHashMap<>();
    private final Map<Key, RowLoops> rowwise = new ConcurrentHashMap<>();

    CpuFunctions(LoopCompiler compiler) {
        this.compiler = compiler;
    }

    /** The loop of an element-wise operation: operands x, dy where there is one, and the output. */
    CompiledLoop elementwise(KernelDefinition definition, Operation operation) {
        return elementwise.computeIfAbsent(new Key(definition, operation), key -> compiler.compile(LoopShape.elementwise(
                Formulas.elementwise(module(definition), operation), operation.takesGradient() ? 2 : 1)));
    }

    /** The loops of a row-wise operation. */
    RowLoops rowwise(KernelDefinition definition, Operation operation) {
        return rowwise.computeIfAbsent(new Key(definition, operation),
                key -> new RowLoops(compiler, module(definition), operation));
    }

    private KernelModule module(KernelDefinition definition) {
        return modules.computeIfAbsent(definition, KernelModule::of);
    }
}
