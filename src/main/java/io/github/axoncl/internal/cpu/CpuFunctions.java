package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keeps what was compiled; compiles each once. */
final class CpuFunctions {
    private record Program(KernelDefinition definition, Type.Scalar real) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Program that && definition == that.definition && real == that.real;
        }

        @Override
        public int hashCode() {
            return definition.hashCode() * 31 + real.ordinal();
        }
    }

    private final LoopCompiler compiler;
    private final Blocks blocks;
    /** The loop that turns rows, made when it is first needed. */
    private CompiledLoop turning;
    private final Map<Program, KernelModule> modules = new ConcurrentHashMap<>();
    private final Map<KernelSignature, MapLoops> maps = new ConcurrentHashMap<>();
    private final Map<KernelSignature, RowLoops> rowByRow = new ConcurrentHashMap<>();
    private final Map<KernelSignature, RowLoops> sideBySide = new ConcurrentHashMap<>();
    private final Function<KernelSignature, MapLoops> newMap = new Function<>() {
        @Override
        public MapLoops apply(KernelSignature signature) {
            ReadyLoop ready = ReadyLoop.of(signature);
            if (ready == null) {
                Preparation.begin();
                return new MapLoops(blocks, new MapStages(compiler, module(signature), signature), signature);
            }
            CompiledLoop loop = compiler.make(ready, new Supplier<>() {
                @Override
                public LoopShape get() {
                    return MapStages.oneLoop(module(signature), signature);
                }
            });
            return new MapLoops(blocks, new MapStages(loop, ready.operations(), signature), signature);
        }
    };
    private final Function<Program, KernelModule> newModule = new Function<>() {
        @Override
        public KernelModule apply(Program program) {
            return KernelModule.of(program.definition(), program.real());
        }
    };

    CpuFunctions(LoopCompiler compiler, Blocks blocks) {
        this.compiler = compiler;
        this.blocks = blocks;
    }

    /** The loop of an operation that computes every element by itself. */
    MapLoops map(KernelSignature signature) {
        MapLoops known = maps.get(signature);
        return known != null ? known : maps.computeIfAbsent(signature, newMap);
    }

    /** The loops of an operation that reduces over rows.
     *
     * @param beside whether rows are computed side by side */
    RowLoops rows(KernelSignature signature, boolean beside) {
        Map<KernelSignature, RowLoops> loops = beside ? sideBySide : rowByRow;
        RowLoops known = loops.get(signature);
        if (known == null) {
            Preparation.begin();
            known = loops.computeIfAbsent(signature,
                    key -> new RowLoops(compiler, module(key), key, beside ? turning() : null));
        }
        return known;
    }

    private synchronized CompiledLoop turning() {
        if (turning == null) {
            turning = Turning.loop(compiler);
        }
        return turning;
    }

    private KernelModule module(KernelSignature signature) {
        Program program = new Program(signature.definition(), Storage.computing(signature.type()));
        return modules.computeIfAbsent(program, newModule);
    }
}
