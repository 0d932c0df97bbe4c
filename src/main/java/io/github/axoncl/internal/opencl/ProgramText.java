package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Parameter;
import io.github.axoncl.internal.kernel.KernelLibrary;
import io.github.axoncl.internal.kernel.KernelModule;

/**
 * Composes what a driver compiles: the library, the function, the movement of memory, with line directives so that a driver's
 * message names the file a reader can open. Also decides the build options; none of them may relax arithmetic.
 */
final class ProgramText {
    /** Functions are inlined by the compiler's front end. A driver that optimises each function before it inlines them (PoCL)
     * turns the two floats of a pair into a small vector, and then cannot vectorise over work-items. */
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

    private ProgramText() {
    }

    static String options(Device device) {
        String standard = device.info().version().matches("OpenCL 1\\.[01]( .*)?") ? "" : "-cl-std=CL1.2";
        return (standard + (device.info().correctlyRoundedDivide() ? " -cl-fp32-correctly-rounded-divide-sqrt" : "")).strip();
    }

    static String elementwise(Device device, KernelModule module) {
        StringBuilder text = head(device);
        define(text, module, "derivative", "HAS_DERIVATIVE");
        define(text, module, "derivative_from_output", "HAS_DERIVATIVE_FROM_OUTPUT");
        return function(text, module.definition(), "elementwise");
    }

    /** The text for rows that {@code items} work-items share. */
    static String rowwise(Device device, KernelModule module, long items) {
        StringBuilder text = head(device);
        define(text, module, "backward_from_output_term", "HAS_BACKWARD_FROM_OUTPUT");
        text.append("#define ITEMS ").append(items).append('\n');
        return function(text, module.definition(), "rowwise");
    }

    static String smoke(Device device) {
        StringBuilder text = head(device);
        file(text, KernelLibrary.sourceName("math"), KernelLibrary.text("math"));
        file(text, KernelLibrary.sourceName("smoke"), KernelLibrary.text("smoke"));
        return text.toString();
    }

    private static StringBuilder head(Device device) {
        String reciprocal = device.info().correctlyRoundedDivide() ? "reciprocal(b) (1.0f / (b))"
                : "reciprocal reciprocal_by_fma";
        return new StringBuilder("#pragma OPENCL FP_CONTRACT OFF\n#define ").append(reciprocal).append('\n');
    }

    private static void define(StringBuilder text, KernelModule module, String function, String macro) {
        if (module.has(function)) {
            text.append("#define ").append(macro).append('\n');
        }
    }

    private static String function(StringBuilder text, KernelDefinition definition, String movement) {
        StringBuilder parameters = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (Parameter parameter : definition.parameters()) {
            parameters.append(", float ").append(parameter.name());
            arguments.append(", ").append(parameter.name());
        }
        text.append("#define PARAMETERS ").append(parameters).append("\n#define ARGUMENTS ").append(arguments).append('\n');
        text.append(INLINE);
        KernelLibrary.LANGUAGE.forEach(name -> file(text, KernelLibrary.sourceName(name), KernelLibrary.text(name)));
        file(text, definition.sourceName(), definition.source());
        text.append(INLINE_END);
        file(text, KernelLibrary.sourceName(movement), KernelLibrary.text(movement));
        return text.toString();
    }

    private static void file(StringBuilder text, String name, String content) {
        String quoted = '"' + name.replace('\\', '/').replace('"', '\'') + '"';
        text.append("#line 1 ").append(quoted).append('\n').append(content).append('\n');
    }
}
