package io.github.axoncl;

import io.github.axoncl.internal.auto.Opening;
import io.github.axoncl.internal.kernel.Composition;
import io.github.axoncl.internal.kernel.UserKernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;

/**
 * Opens backends: the one place that knows which there are.
 *
 * <p><b>Blocking.</b> Opening a device that is asked for, or all, looks for devices and tests them, which takes from a
 * fraction of a second to some seconds; nothing is compiled that only a function needs. A backend that is left to choose does
 * so in the background, when calls long enough for a device have been made, and computes on the CPU until it has done so;
 * {@link Backend#allocate}, {@link Backend#info} and {@link Backend#explain} wait for it. <b>Threads.</b> Any thread may call
 * any method; every call opens a backend of its own. <b>Errors.</b> A forced choice that cannot be honoured is a {@link
 * DeviceException}; nothing else is.
 */
public final class Backends {
    private static final String PROPERTY = "axoncl.backend";
    private static final String VARIABLE = "AXONCL_BACKEND";

    private Backends() {
    }

    /** The best OpenCL device, or the CPU if there is none. Never fails for want of a GPU.
     *
     * @return the backend; close it
     * @throws DeviceException if the property or the environment forces a choice that cannot be honoured */
    public static Backend open() {
        return open(BackendOptions.defaults());
    }

    /** A backend by options.
     *
     * @param options what to choose and to use
     * @return the backend; close it
     * @throws DeviceException          if a forced choice cannot be honoured; the message says why
     * @throws IllegalArgumentException if the property or the environment holds none of the known texts */
    public static Backend open(BackendOptions options) {
        Objects.requireNonNull(options, "options");
        if (options.backend() != null) {
            return Opening.open(options.backend(), "the options", options);
        }
        String property = System.getProperty(PROPERTY);
        if (property != null) {
            String origin = "the system property " + PROPERTY;
            return Opening.open(BackendOptions.checkChoice(property, origin), origin, options);
        }
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            String origin = "the environment variable " + VARIABLE;
            return Opening.open(BackendOptions.checkChoice(variable, origin), origin, options);
        }
        return Opening.open("auto", "default", options);
    }

    /** Every OpenCL platform and device that can be seen, accepted or not, best first.
     *
     * @return the devices, each with the verdict on it; empty if there is no OpenCL */
    public static List<DeviceInfo> devices() {
        return Opening.devices();
    }

    /** A user's definition with its derivative, derived and checked if the text has none. */
    static KernelDefinition complete(KernelDefinition definition) {
        String addition = UserKernel.completion(definition);
        if (addition.isEmpty()) {
            return definition;
        }
        KernelDefinition whole = new KernelDefinition(definition.id(), definition.sourceName(), definition.source() + addition,
                definition.parameters());
        UserKernel.checkDerived(whole);
        return whole;
    }

    /** g(f(x)).
     *
     * @param elementwise whether g is an element-wise function as f is; else a stochastic one */
    static KernelDefinition chain(ActivationFunction f, KernelFunction g, boolean elementwise) {
        Map<String, KernelFunction> parts = new LinkedHashMap<>();
        parts.put("f", Objects.requireNonNull(f, "f"));
        parts.put("g", g);
        return compose("chain", g.id() + "_after_" + f.id(), parts, elementwise);
    }

    /** The parameter values of g(f(x)). */
    static double[] chained(ActivationFunction f, KernelFunction g) {
        return DoubleStream.concat(DoubleStream.of(f.definition().arguments(f)), DoubleStream.of(g.definition().arguments(g)))
                .toArray();
    }

    /** Functions joined to one.
     *
     * @param joining     the joining text
     * @param id          the name of the whole
     * @param parts       the functions by their names in the joining text; their tiers matter, their parameter values do not
     * @param elementwise whether the whole is an element-wise function
     * @return the definition, always the same for the same parts */
    static KernelDefinition compose(String joining, String id, Map<String, KernelFunction> parts, boolean elementwise) {
        List<Object> key = new ArrayList<>(List.of(joining));
        parts.values().forEach(part -> key.addAll(List.of(part.definition(), part.precision())));
        KernelDefinition first = parts.values().iterator().next().definition();
        return first.composition(key, k -> {
            Composition.Text text = Composition.of(joining, parts, elementwise);
            return elementwise ? new KernelDefinition(id, id + ".cl", text.text(), text.parameters())
                    : KernelDefinition.ofPieces(id, id + ".cl", text.text(), text.parameters());
        });
    }
}
