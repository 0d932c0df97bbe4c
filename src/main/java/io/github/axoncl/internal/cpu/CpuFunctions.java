package io.github.axoncl.internal.cpu;

import io.github.axoncl.DType;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was compiled, by function and operation; compiles each once. */
final class CpuFunctions {
    private record Key(KernelDefinition definition, Operation operation, Precision precision, DType type) {
    }

    private record Program(KernelDefinition definition, Type.Scalar real) {
    }

    private final LoopCompiler compiler;
    private final Map<Program, KernelModule> modules = new ConcurrentHashMap<>();
    private final Map<Key, CompiledLoop> elementwise = new ConcurrentHashMap<>();
    private final Map<Key, RowLoops> rowwise = new ConcurrentHashMap<>();

    CpuFunctions(LoopCompiler compiler) {
        this.compiler = compiler;
    }

    /** The loop of an element-wise operation: operands x, dy where there is one, and the output. */
    CompiledLoop elementwise(KernelFunction function, Operation operation, DType type) {
        Key wanted = new Key(function.definition(), operation, function.precision(), type);
        CompiledLoop known = elementwise.get(wanted);
        return known != null ? known : elementwise.computeIfAbsent(wanted, this::compile);
    }

    private CompiledLoop compile(Key key) {
        KernelModule module = module(key.definition(), Storage.computing(key.type()));
        return compiler.compile(LoopShape.elementwise(
                Formulas.elementwise(module, key.operation(), key.precision(), key.type()), key.operation().takesGradient() ? 2 : 1));
    }

    /** The loops of a row-wise operation. */
    RowLoops rowwise(KernelDefinition definition, Operation operation) {
        return rowwise.computeIfAbsent(new Key(definition, operation, Precision.ACCURATE, DType.FLOAT32),
                key -> new RowLoops(compiler, module(definition, Type.Scalar.FLOAT), operation));
    }

    private KernelModule module(KernelDefinition definition, Type.Scalar real) {
        return modules.computeIfAbsent(new Program(definition, real), key -> KernelModule.of(key.definition(), key.real()));
    }
}
