package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was compiled; compiles each once. */
final class CpuFunctions {
    private record Program(KernelDefinition definition, Type.Scalar real) {
    }

    private final LoopCompiler compiler;
    private final Blocks blocks;
    private final Map<Program, KernelModule> modules = new ConcurrentHashMap<>();
    private final Map<KernelSignature, MapLoops> maps = new ConcurrentHashMap<>();
    private final Map<KernelSignature, RowLoops> rowByRow = new ConcurrentHashMap<>();
    private final Map<KernelSignature, RowLoops> sideBySide = new ConcurrentHashMap<>();

    CpuFunctions(LoopCompiler compiler, Blocks blocks) {
        this.compiler = compiler;
        this.blocks = blocks;
    }

    /** The loop of an operation that computes every element by itself. */
    MapLoops map(KernelSignature signature) {
        MapLoops known = maps.get(signature);
        return known != null ? known : maps.computeIfAbsent(signature, key -> new MapLoops(compiler, blocks, module(key), key));
    }

    /** The loops of an operation that reduces over rows.
     *
     * @param beside whether rows are computed side by side */
    RowLoops rows(KernelSignature signature, boolean beside) {
        return (beside ? sideBySide : rowByRow).computeIfAbsent(signature,
                key -> new RowLoops(compiler, module(key), key, beside));
    }

    private KernelModule module(KernelSignature signature) {
        return modules.computeIfAbsent(new Program(signature.definition(), Storage.computing(signature.type())),
                key -> KernelModule.of(key.definition(), key.real()));
    }
}
