package io.github.axoncl.internal.cpu;

/** Whether this JVM can run the SIMD form, and if not, why. */
final class Simd {
    private static final String MODULE = "jdk.incubator.vector";
    /** The species of vectors of the size that is best. */
    static final String PREFERRED = "SPECIES_PREFERRED";

    /** Whether the module is there; all else is found out when SIMD is first needed, as the module's classes take long to
     * load. */
    static final boolean PRESENT = isPresent();

    private Simd() {
    }

    private static boolean isPresent() {
        for (Module module : ModuleLayer.boot().modules()) {
            if (module.getName().equals(MODULE)) {
                return true;
            }
        }
        return false;
    }

    /** Null if the SIMD form can run, else the reason. */
    static String obstacle() {
        return Found.OBSTACLE;
    }

    /** The floats of a vector; 0 without SIMD. */
    static int lanes() {
        return Found.LANES;
    }

    /** The class of the vectors of a species. */
    static Class<?> vectorType(String elements, String species) {
        return (Class<?>) ask(elements, species, "vectorType");
    }

    /** The class of the masks of the preferred vectors. */
    static Class<?> maskType(String elements) {
        return ask(elements, PREFERRED, "maskAll", true).getClass();
    }

    /** By reflection: the module may be absent, and the library must compile without it. */
    private static Object ask(String elements, String species, String question, Object... arguments) {
        Class<?>[] types = arguments.length == 0 ? new Class<?>[0] : new Class<?>[] {boolean.class};
        try {
            Object asked = Class.forName(MODULE + "." + elements + "Vector").getField(species).get(null);
            return Class.forName(MODULE + ".VectorSpecies").getMethod(question, types).invoke(asked, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Found {
        static final String OBSTACLE = obstacle();
        static final int LANES = OBSTACLE == null ? (int) ask("Float", PREFERRED, "length") : 0;

        private static String obstacle() {
            if (!PRESENT) {
                return "the JVM was started without --add-modules " + MODULE;
            }
            if (!Fma.HARDWARE) {
                return "the processor has no fused multiply-add";
            }
            try {
                int lanes = (int) ask("Float", PREFERRED, "length");
                return lanes < 4 || lanes > LoopShape.LANES ? "vectors of " + lanes + " floats are not supported" : null;
            } catch (LinkageError | IllegalStateException e) {
                return MODULE + " cannot be used: " + e;
            }
        }
    }
}
