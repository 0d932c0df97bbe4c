package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelLibrary;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;
import io.github.axoncl.internal.kernel.Type;

import java.util.ArrayList;
import java.util.List;

/**
 * Composes what a driver compiles: those functions of the text and the library that are needed, and the movement of memory,
 * with line directives so that a driver's message names the file a reader can open. Also decides the build options; none of
 * them may relax arithmetic.
 */
final class ProgramText {
    /** The library's texts that move memory, those for drivers of CPUs and those for GPUs. */
    static final List<String> MOVEMENTS = List.of("loops", "elementwise", "map", "rowwise", "vectors", "grid", "row_grid",
            "row_registers", "row_segments");

    /** Functions are inlined by the compiler's front end. PoCL optimises each function before it inlines them, turns the two
     * floats of a pair into a small vector, and then cannot vectorise loops. For drivers of that kind alone: the front end of
     * NVIDIA (drivers 535 to 555) refuses the pragma. */
    private static final String INLINE = """
            #ifdef __clang__
            #pragma clang attribute push (__attribute__((always_inline)), apply_to = function)
            #endif
            """;
    private static final String INLINE_END = """
            #ifdef __clang__
            #pragma clang attribute pop
            #endif
            """;

    /** The bytes that the loops of element-wise kernels compute at once: the widest vector. */
    private static final int VECTOR = 64;

    private static final String RECIPROCAL_BY_FMA = "reciprocal_by_fma";

    private ProgramText() {
    }

    static String options(Device device) {
        String standard = device.info().version().matches("OpenCL 1\\.[01]( .*)?") ? "" : "-cl-std=CL1.2";
        return (standard + (device.divides() ? " -cl-fp32-correctly-rounded-divide-sqrt" : "")).strip();
    }

    /** Whether the work-items of element-wise kernels go through many elements in a loop: unless another tiling is asked for,
     * where the compiler makes vectors of that. */
    static boolean loops(Device device, Tiling tiling) {
        return tiling.isDefault() && device.vectorisesLanes();
    }

    /** The text for element-wise operations of one tier on elements of one type. */
    static String elementwise(Device device, KernelModule module, Precision precision, DType type, Tiling tiling) {
        StringBuilder text = head(device, module.real()).append(tiling.macros());
        if (device.form() == KernelForm.GPU) {
            file(text, "vectors");
            file(text, "grid");
        } else {
            loops(text, module, loops(device, tiling));
        }
        List<String> roots = new ArrayList<>(List.of(Formulas.CHAIN_RULE));
        for (Operation operation : Operation.values()) {
            String root = module.root(operation, precision);
            if (root != null && operation != Operation.BACKWARD) {
                String name = operation == Operation.BACKWARD_FROM_OUTPUT ? "DERIVATIVE_FROM_OUTPUT" : operation.name();
                text.append("#define ").append(name).append(' ').append(root).append('\n');
                roots.add(root);
            }
        }
        if (module.backward() != null) {
            text.append("#define BACKWARD ").append(module.backward()).append('\n');
            roots.add(module.backward());
        }
        if (Storage.isFor(type)) {
            roots.add(Storage.reader(type));
            roots.add(Storage.writer(type));
            text.append("#define ELEMENT ushort\n#define LOAD(v) ").append(Storage.reader(type)).append("((uint) (v))\n")
                    .append("#define STORE(v) (ushort) ").append(Storage.writer(type)).append("(v)\n");
        } else {
            text.append("#define ELEMENT ").append(module.real().text())
                    .append("\n#define LOAD(v) (v)\n#define STORE(v) (v)\n");
        }
        return function(text, device, module, roots);
    }

    private static void loops(StringBuilder text, KernelModule module, boolean many) {
        if (many) {
            int bytes = module.real() == Type.Scalar.DOUBLE ? Double.BYTES : Float.BYTES;
            text.append("#define LOOPS ").append(VECTOR / bytes).append('\n');
        }
        file(text, "loops");
    }

    /** The text for a signature that is not one of those above.
     *
     * @param movement its macros, already made
     * @param macros   their text
     * @param files    the movement */
    static String of(Device device, KernelModule module, MovementText movement, String macros, String... files) {
        StringBuilder text = head(device, module.real());
        List<String> roots = new ArrayList<>(movement.roots());
        language(text, device, module, roots);
        if (device.form() == KernelForm.CPU) {
            loops(text, module, true);
        } else {
            file(text, "vectors");
        }
        text.append(macros);
        for (String file : files) {
            file(text, file);
        }
        return text.toString();
    }

    static String smoke(Device device) {
        StringBuilder text = head(device, Type.Scalar.FLOAT).append("typedef float real;\n");
        file(text, "math");
        file(text, "smoke");
        return text.toString();
    }

    /** Division by 1 is correctly rounded in double on every device. */
    private static StringBuilder head(Device device, Type.Scalar real) {
        String fp64 = real == Type.Scalar.DOUBLE ? "#pragma OPENCL EXTENSION cl_khr_fp64 : enable\n" : "";
        String reciprocal = divides(device, real) ? "reciprocal(b) (1.0f / (b))" : "reciprocal " + RECIPROCAL_BY_FMA;
        return new StringBuilder("#pragma OPENCL FP_CONTRACT OFF\n").append(fp64).append("#define ").append(reciprocal)
                .append('\n');
    }

    private static boolean divides(Device device, Type.Scalar real) {
        return real == Type.Scalar.DOUBLE || device.divides();
    }

    private static String function(StringBuilder text, Device device, KernelModule module, List<String> roots) {
        StringBuilder parameters = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (Parameter parameter : module.definition().parameters()) {
            parameters.append(", ").append(module.real().text()).append(' ').append(parameter.name());
            arguments.append(", ").append(parameter.name());
        }
        text.append("#define PARAMETERS ").append(parameters).append("\n#define ARGUMENTS ").append(arguments).append('\n');
        language(text, device, module, roots);
        file(text, "elementwise");
        return text.toString();
    }

    /** The functions that are needed. */
    private static void language(StringBuilder text, Device device, KernelModule module, List<String> roots) {
        if (!divides(device, module.real())) {
            roots.add(RECIPROCAL_BY_FMA);
        }
        boolean inline = device.form() == KernelForm.CPU;
        text.append(inline ? INLINE : "").append(module.text(roots)).append(inline ? INLINE_END : "");
    }

    private static void file(StringBuilder text, String library) {
        text.append("#line 1 \"").append(KernelLibrary.sourceName(library)).append("\"\n").append(KernelLibrary.text(library))
                .append('\n');
    }
}
