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
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;
import org.jocl.cl_context;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Owns what is built in one context: builds a function's program when it is first needed, keeps it, and remembers a failure
 * with its log, so that the next call fails at once. Kernels are made per operation, because some drivers compile only then.
 * Decides the work-groups of maps; {@link RowTile} does for rows, {@link Tiling} for element-wise calls.
 */
final class Programs {
    private static final int ATTEMPTS = 4;
    /** clBuildProgram is not safe on every driver when two threads build, in whichever contexts. */
    private static final Object BUILDING = new Object();

    private final Cl cl;
    private final Device device;
    private final cl_context context;
    private final Map<Key, Built> programs = new ConcurrentHashMap<>();

    /** What one program is built for: the element-wise operations of a function, or one other operation on one kind of shape. */
    private record Key(KernelDefinition definition, Precision precision, DType type, KernelSignature signature, boolean unit,
                       MapTile map, RowTile tile, Tiling tiling) {
        static Key of(KernelCall call, Device device, Tiling tiling) {
            KernelSignature signature = call.signature();
            KernelDefinition definition = signature.definition();
            boolean alone = !isElementwise(signature);
            return new Key(definition, signature.precision(), signature.type(), alone ? signature : null,
                    alone && call.rows().inner() == 1,
                    alone && signature.form() == Form.MAP ? MapTile.of(call, device) : null,
                    alone && signature.form() != Form.MAP ? RowTile.of(call, device) : null, alone ? null : tiling);
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
        String failure;
        String log;
    }

    Programs(Cl cl, Device device, cl_context context) {
        this.cl = cl;
        this.device = device;
        this.context = context;
    }

    /** The kernel of a call; of an element-wise one that with one element per work-item.
     *
     * @throws KernelBuildException if the text cannot be compiled, now or at the first try
     * @throws ClException          if something else failed; the next call tries again */
    LaunchKernel kernel(KernelCall call) {
        return kernel(call, Tiling.DEFAULT);
    }

    /** The kernel of an element-wise call with any tiling. */
    LaunchKernel kernel(KernelCall call, Tiling tiling) {
        Key key = Key.of(call, device, tiling);
        Built built = programs.get(key);
        LaunchKernel kernel = built == null ? null : built.kernels.get(call.signature().operation());
        return kernel != null ? kernel : make(key, call.signature());
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
                kernel = key.signature() == null ? elementwise(built, key, signature.operation())
                        : signature.form() == Form.MAP ? map(built, key) : rowwise(built, key);
            } catch (KernelBuildException e) {
                built.failure = e.getMessage();
                built.log = e.log();
                throw e;
            }
            built.kernels.put(signature.operation(), kernel);
            return kernel;
        }
    }

    private LaunchKernel elementwise(Built built, Key key, Operation operation) {
        if (built.owned.isEmpty()) {
            built.owned.add(compile(key.definition().sourceName(),
                    ProgramText.elementwise(device, built.module, key.precision(), key.type(), key.tiling())));
        }
        List<Type.Scalar> values = Collections.nCopies(key.definition().parameters().size(), built.module.real());
        boolean loops = ProgramText.loops(device, key.tiling());
        return kernel(built.owned.get(0), "run_" + operation.id(), loops ? 1 : key.tiling().workGroup(),
                loops ? 0 : key.tiling().elements(), true, false, null, values);
    }

    private LaunchKernel map(Built built, Key key) {
        MapText movement = new MapText(built.module, key.signature(), key.unit());
        String macros = movement.macros(key.map());
        built.owned.add(compile(key.definition().sourceName(),
                ProgramText.of(device, built.module, movement, macros, "map")));
        LaunchKernel kernel = kernel(built.owned.get(0), "run_map", key.map().group(), key.map().loops() ? 0 : 1, false,
                key.map().together(), null, movement.values());
        if (movement.isRandom()) {
            boolean done = false;
            try {
                boolean loops = key.map().loops();
                kernel.setByFour(kernel(built.owned.get(0), "run_map_by_four", loops ? 1 : MapTile.BLOCKS, loops ? 0 : 4, false,
                        loops && key.map().together(), null, movement.values()));
                done = true;
            } finally {
                if (!done) {
                    Quietly.run("clReleaseKernel", kernel::release);
                }
            }
        }
        return kernel;
    }

    // A device or the compiled kernel may not allow work-groups as large as wanted.
    private LaunchKernel rowwise(Built built, Key key) {
        RowTile tile = key.tile().within(device.maxWorkGroup());
        while (true) {
            RowText movement = new RowText(built.module, key.signature(), key.unit());
            String macros = movement.macros(tile);
            cl_program program = compile(key.definition().sourceName(),
                    ProgramText.of(device, built.module, movement, macros, "rowwise"));
            LaunchKernel kernel = null;
            try {
                kernel = kernel(program, "run_rows", tile.group(), 1, false, false, tile, movement.values());
            } finally {
                if (kernel == null) {
                    Quietly.run("clReleaseProgram", () -> cl.clReleaseProgram(program));
                }
            }
            built.owned.add(program);
            if (kernel.localSize() == tile.group()) {
                return kernel;
            }
            tile = tile.within(kernel.localSize());
            Quietly.run("clReleaseKernel", kernel::release);
        }
    }

    /** Makes a kernel; its work-group is the wanted one or the largest power of two below that is allowed. */
    private LaunchKernel kernel(cl_program program, String name, long wanted, int perItem, boolean elementwise, boolean inLines,
                                RowTile tile, List<Type.Scalar> values) {
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
