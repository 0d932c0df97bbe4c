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
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

    /** A constant of the kernel language, or the file that the next lines are from. */
    private static final Pattern DIRECTIVE = Pattern.compile("^#(?:define (\\w+) |line \\d+ \"(.*)\"$)", Pattern.MULTILINE);
    private static final Set<String> LIBRARY = KernelLibrary.LANGUAGE.stream().map(KernelLibrary::sourceName)
            .collect(Collectors.toUnmodifiableSet());

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
        List<String> roots = new ArrayList<>(List.of(Formulas.CHAIN_RULE));
        StringBuilder macros = new StringBuilder(tiling.macros());
        for (Operation operation : Operation.values()) {
            String root = module.root(operation, precision);
            if (root != null && operation != Operation.BACKWARD) {
                String name = operation == Operation.BACKWARD_FROM_OUTPUT ? "DERIVATIVE_FROM_OUTPUT" : operation.name();
                macros.append("#define ").append(name).append(' ').append(root).append('\n');
                roots.add(root);
            }
        }
        if (module.backward() != null) {
            macros.append("#define BACKWARD ").append(module.backward()).append('\n');
            roots.add(module.backward());
        }
        if (Storage.isFor(type)) {
            roots.add(Storage.reader(type));
            roots.add(Storage.writer(type));
            macros.append("#define ELEMENT ushort\n#define LOAD(v) ").append(Storage.reader(type)).append("((uint) (v))\n")
                    .append("#define STORE(v) (ushort) ").append(Storage.writer(type)).append("(v)\n");
        } else {
            macros.append("#define ELEMENT ").append(module.real().text())
                    .append("\n#define LOAD(v) (v)\n#define STORE(v) (v)\n");
        }
        StringBuilder parameters = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (Parameter parameter : module.definition().parameters()) {
            String name = MovementText.named(parameter.name());
            parameters.append(", ").append(module.real().text()).append(' ').append(name);
            arguments.append(", ").append(name);
        }
        macros.append("#define PARAMETERS ").append(parameters).append("\n#define ARGUMENTS ").append(arguments).append('\n');
        return device.form() == KernelForm.GPU ? compose(device, module, roots, false, macros, "grid", "elementwise")
                : compose(device, module, roots, loops(device, tiling), macros, "elementwise");
    }

    /** The text for a signature that is not one of those above.
     *
     * @param movement its macros, already made
     * @param macros   their text
     * @param files    the movement */
    static String of(Device device, KernelModule module, MovementText movement, String macros, String... files) {
        return compose(device, module, new ArrayList<>(movement.roots()), device.form() == KernelForm.CPU, macros, files);
    }

    /** The functions stand first, so that no name in a user's text is a macro of the movement. */
    private static String compose(Device device, KernelModule module, List<String> roots, boolean loops, CharSequence macros,
                                  String... files) {
        StringBuilder text = head(device, module.real());
        if (!divides(device, module.real())) {
            roots.add(RECIPROCAL_BY_FMA);
        }
        boolean inline = device.form() == KernelForm.CPU;
        String functions = module.text(roots);
        text.append(inline ? INLINE : "").append(functions).append(inline ? INLINE_END : "");
        if (!module.definition().isBuiltIn()) {
            endConstants(text, functions, roots);
        }
        if (loops) {
            int bytes = module.real() == Type.Scalar.DOUBLE ? Double.BYTES : Float.BYTES;
            text.append("#define LOOPS ").append(VECTOR / bytes).append('\n');
        }
        text.append(macros);
        file(text, device.form() == KernelForm.CPU ? "loops" : "vectors");
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
        String reciprocal = divides(device, real) ? "reciprocal(b) (1.0f / (b))" : "reciprocal(b) " + RECIPROCAL_BY_FMA + "(b)";
        return new StringBuilder("#pragma OPENCL FP_CONTRACT OFF\n").append(fp64).append("#define ").append(reciprocal)
                .append('\n');
    }

    private static boolean divides(Device device, Type.Scalar real) {
        return real == Type.Scalar.DOUBLE || device.divides();
    }

    /** Ends the constants of all texts but the library's, whose names may mean something else in the movement. */
    private static void endConstants(StringBuilder text, String functions, List<String> roots) {
        boolean ends = false;
        Matcher directive = DIRECTIVE.matcher(functions);
        while (directive.find()) {
            String source = directive.group(2);
            String constant = directive.group(1);
            if (source != null) {
                ends = !LIBRARY.contains(source);
            } else if (ends && !roots.contains(constant)) {
                text.append("#undef ").append(constant).append('\n');
            }
        }
    }

    private static void file(StringBuilder text, String library) {
        text.append("#line 1 \"").append(KernelLibrary.sourceName(library)).append("\"\n").append(KernelLibrary.text(library))
                .append('\n');
    }
}
