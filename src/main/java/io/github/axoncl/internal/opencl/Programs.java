package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;
import org.jocl.cl_context;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Owns what is built in one context: builds a function's program when it is first needed, keeps it, and remembers a failure
 * with its log, so that the next call fails at once. Kernels are made per operation, because some drivers compile only then.
 * How the work of a kernel is divided is said by a {@link KernelTile}.
 */
final class Programs {
    private static final int ATTEMPTS = 4;
    /** The lengths of rows that have a program of their own, for each signature: where lengths are always others, building would
     * take longer than it saves. */
    private static final int MOST_LENGTHS = 64;
    /** clBuildProgram is not safe on every driver when two threads build, in whichever contexts. */
    private static final Object BUILDING = new Object();

    private final Cl cl;
    private final Device device;
    private final cl_context context;
    private final Map<Key, Built> programs = new ConcurrentHashMap<>();
    private final Map<KernelSignature, RowNeeds> needs = new ConcurrentHashMap<>();
    private final Map<KernelSignature, Set<Integer>> lengths = new ConcurrentHashMap<>();

    /** What one program is built for: the element-wise operations of a function, or one other operation on one kind of shape. */
    private record Key(KernelDefinition definition, Precision precision, DType type, KernelSignature signature, boolean unit,
                       KernelTile tile) {
        static Key of(KernelCall call, KernelTile tile) {
            KernelSignature signature = call.signature();
            boolean alone = !isElementwise(signature);
            return new Key(signature.definition(), signature.precision(), signature.type(), alone ? signature : null,
                    alone && call.rows().inner() == 1, tile);
        }
    }

    /** Whether a call is one of those whose kernels have a {@link Tiling}. */
    static boolean isElementwise(KernelSignature signature) {
        return signature.definition().isElementwise() && signature == signature.definition().signature(signature.operation(),
                signature.precision(), signature.type());
    }

    /** What building came to: a program and the kernels that were needed so far, or a failure. */
    private static final class Built {
        final List<cl_program> owned = new ArrayList<>();
        final Map<Operation, LaunchKernel> kernels = new ConcurrentHashMap<>();
        KernelModule module;
        Tiling tiling;
        String failure;
        String log;
    }

    Programs(Cl cl, Device device, cl_context context) {
        this.cl = cl;
        this.device = device;
        this.context = context;
    }

    /** The kernel of a call.
     *
     * @param tile how its work is divided
     * @throws KernelBuildException if the text cannot be compiled, now or at the first try
     * @throws ClException          if something else failed; the next call tries again */
    LaunchKernel kernel(KernelCall call, KernelTile tile) {
        Key key = Key.of(call, tile);
        Built built = programs.get(key);
        LaunchKernel kernel = built == null ? null : built.kernels.get(call.signature().operation());
        return kernel != null ? kernel : make(key, call.signature());
    }

    /** Whether a grid of rows may have its program: the text depends on no length, or not on one too many. */
    boolean takesLength(KernelSignature signature, RowGrid grid) {
        if (grid.length() == 0 || !device.buildsQuickly()) {
            return grid.length() == 0;
        }
        Set<Integer> taken = lengths.computeIfAbsent(signature, s -> ConcurrentHashMap.newKeySet());
        return taken.contains(grid.length()) || taken.size() < MOST_LENGTHS && taken.add(grid.length());
    }

    /** What a function of rows needs.
     *
     * @throws KernelBuildException if the text has not what the operation needs */
    RowNeeds needs(KernelSignature signature) {
        return needs.computeIfAbsent(signature, s -> RowNeeds.of(s, new RowPieces(KernelModule.of(s.definition(),
                Storage.computing(s.type())), s)));
    }

    private LaunchKernel make(Key key, KernelSignature signature) {
        synchronized (BUILDING) {
            Built built = programs.computeIfAbsent(key, k -> new Built());
            LaunchKernel kernel = built.kernels.get(signature.operation());
            if (kernel != null) {
                return kernel;
            }
            if (built.failure != null) {
                throw new KernelBuildException(built.failure, built.log);
            }
            try {
                if (built.module == null) {
                    built.module = KernelModule.of(key.definition(), Storage.computing(key.type()));
                }
                kernel = make(built, key, signature.operation());
            } catch (KernelBuildException e) {
                built.failure = e.getMessage();
                built.log = e.log();
                throw e;
            }
            built.kernels.put(signature.operation(), kernel);
            return kernel;
        }
    }

    private LaunchKernel make(Built built, Key key, Operation operation) {
        KernelTile tile = key.tile();
        if (tile instanceof MapTile loops) {
            return mapLoops(built, key, loops);
        } else if (tile instanceof Tiling tiling && ProgramText.loops(device, tiling)) {
            return elementwise(built, key, operation, tiling);
        }
        // A device or the compiled kernel may not allow work-groups as large as wanted, and the text depends on them.
        tile = tile.within(device.maxWorkGroup());
        while (true) {
            LaunchKernel kernel = tile instanceof Tiling tiling ? elementwise(built, key, operation, tiling)
                    : tile instanceof MapGrid grid ? map(built, key, grid)
                    : tile instanceof RowGrid grid ? rows(built, key, grid) : rowwise(built, key, (RowTile) tile);
            long allowed = kernel.localSize();
            for (LaunchKernel earlier : kernel.earlier()) {
                allowed = Math.min(allowed, earlier.localSize());
            }
            if (allowed == tile.group()) {
                return kernel;
            }
            tile = tile.within(allowed);
            Quietly.run("clReleaseKernel", kernel::release);
        }
    }

    private LaunchKernel elementwise(Built built, Key key, Operation operation, Tiling tiling) {
        // All operations are in one text, unless one needs smaller work-groups.
        if (built.owned.isEmpty() || !tiling.equals(built.tiling)) {
            built.tiling = tiling;
            built.owned.add(compile(key.definition().sourceName(),
                    ProgramText.elementwise(device, built.module, key.precision(), key.type(), tiling)));
        }
        List<Type.Scalar> values = Collections.nCopies(key.definition().parameters().size(), built.module.real());
        boolean loops = ProgramText.loops(device, tiling);
        return kernel(built.owned.get(built.owned.size() - 1), "run_" + operation.id(), loops ? 1 : tiling.workGroup(),
                loops ? 0 : tiling.elements(), true, false, null, values);
    }

    private LaunchKernel map(Built built, Key key, MapGrid grid) {
        MapText movement = new MapText(built.module, key.signature(), key.unit());
        cl_program program = program(built, key, movement, movement.macros(grid), "map");
        return kernel(program, "run_map", grid.group(), grid.elements(), false, false, null, movement.values());
    }

    private LaunchKernel mapLoops(Built built, Key key, MapTile loops) {
        MapText movement = new MapText(built.module, key.signature(), key.unit());
        cl_program program = program(built, key, movement, movement.macros(loops), "map");
        LaunchKernel kernel = kernel(program, "run_map", 1, 0, false, loops.together(), null, movement.values());
        if (movement.isRandom()) {
            boolean done = false;
            try {
                kernel.setByFour(kernel(program, "run_map_by_four", 1, 0, false, loops.together(), null, movement.values()));
                done = true;
            } finally {
                if (!done) {
                    Quietly.run("clReleaseKernel", kernel::release);
                }
            }
        }
        return kernel;
    }

    private LaunchKernel rowwise(Built built, Key key, RowTile tile) {
        RowText movement = new RowText(built.module, key.signature(), key.unit());
        cl_program program = program(built, key, movement, movement.macros(tile), "rowwise");
        return kernel(program, "run_rows", tile.group(), 1, false, false, tile, movement.values());
    }

    private LaunchKernel rows(Built built, Key key, RowGrid grid) {
        RowGridText movement = new RowGridText(built.module, key.signature(), key.unit(), grid);
        cl_program program = program(built, key, movement, movement.macros(), "row_grid", movement.file());
        List<LaunchKernel> made = new ArrayList<>();
        boolean done = false;
        try {
            for (String name : movement.kernels()) {
                made.add(kernel(program, name, grid.group(), 1, false, false, grid, movement.values()));
            }
            LaunchKernel last = made.get(made.size() - 1);
            last.setEarlier(made.subList(0, made.size() - 1));
            done = true;
            return last;
        } finally {
            if (!done) {
                made.forEach(kernel -> Quietly.run("clReleaseKernel", kernel::release));
            }
        }
    }

    private cl_program program(Built built, Key key, MovementText movement, String macros, String... files) {
        cl_program program = compile(key.definition().sourceName(), ProgramText.of(device, built.module, movement, macros, files));
        built.owned.add(program);
        return program;
    }

    /** Makes a kernel; its work-group is the wanted one or the largest power of two below that is allowed. */
    private LaunchKernel kernel(cl_program program, String name, long wanted, int perItem, boolean elementwise, boolean inLines,
                                KernelTile tile, List<Type.Scalar> values) {
        cl_kernel kernel = cl.clCreateKernel(program, name);
        long size = 0;
        try {
            long allowed = Math.max(1, cl.clGetKernelWorkGroupSize(kernel, device.id()));
            size = Math.min(wanted, Long.highestOneBit(allowed));
            return new LaunchKernel(cl, kernel, size, perItem, elementwise, inLines, tile, values);
        } finally {
            if (size == 0) {
                Quietly.run("clReleaseKernel", () -> cl.clReleaseKernel(kernel));
            }
        }
    }

    /** Compiles a text. Warnings are ignored; an error carries the whole log. */
    cl_program compile(String name, String text) {
        synchronized (BUILDING) {
            for (int attempt = 1;; attempt++) {
                try {
                    return compileOnce(name, text);
                } catch (KernelBuildException e) {
                    if (attempt == ATTEMPTS || !mayPass(e.log())) {
                        throw e;
                    }
                }
            }
        }
    }

    // PoCL fails without a log when two processes write to its cache. With that text (seen with PoCL 3.1) it fails when the
    // temporary file of its compiler is gone before it is renamed, which happens beside other threads now and then.
    private static boolean mayPass(String log) {
        return log.isEmpty() || log.contains("unable to rename temporary");
    }

    private cl_program compileOnce(String name, String text) {
        cl_program program = cl.clCreateProgramWithSource(context, text);
        boolean done = false;
        try {
            cl.clBuildProgram(program, device.id(), ProgramText.options(device));
            done = true;
            return program;
        } catch (ClException e) {
            if (!ClErrors.isBuildFailure(e.code())) {
                throw e;
            }
            String log = log(program);
            throw new KernelBuildException(name + ": " + e.getMessage() + " on " + device.info().name()
                    + (log.isEmpty() ? "" : "\n" + log), log);
        } finally {
            if (!done) {
                Quietly.run("clReleaseProgram", () -> cl.clReleaseProgram(program));
            }
        }
    }

    private String log(cl_program program) {
        try {
            return cl.clGetProgramBuildLog(program, device.id());
        } catch (ClException e) {
            return "";
        }
    }

    private void release(Built built) {
        built.kernels.values().forEach(kernel -> Quietly.run("clReleaseKernel", kernel::release));
        built.kernels.clear();
        built.owned.forEach(program -> Quietly.run("clReleaseProgram", () -> cl.clReleaseProgram(program)));
        built.owned.clear();
    }

    void close() {
        programs.values().forEach(this::release);
        programs.clear();
    }
}
