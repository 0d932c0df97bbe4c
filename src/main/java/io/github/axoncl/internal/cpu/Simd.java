package io.github.axoncl.internal.cpu;

/** Whether this JVM can run the SIMD form, and if not, why. */
final class Simd {
    private static final String MODULE = "jdk.incubator.vector";

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

    private static final class Found {
        static final String OBSTACLE = obstacle();
        static final int LANES = OBSTACLE == null ? lanes() : 0;

        private static String obstacle() {
            if (!PRESENT) {
                return "the JVM was started without --add-modules " + MODULE;
            }
            if (!Fma.HARDWARE) {
                return "the processor has no fused multiply-add";
            }
            try {
                int lanes = lanes();
                return lanes < 4 || lanes > LoopShape.LANES ? "vectors of " + lanes + " floats are not supported" : null;
            } catch (LinkageError | IllegalStateException e) {
                return MODULE + " cannot be used: " + e;
            }
        }

        /** By reflection: the module may be absent, and the library must compile without it. */
        private static int lanes() {
            try {
                Object species = Class.forName(MODULE + ".FloatVector").getField("SPECIES_PREFERRED").get(null);
                return (int) Class.forName(MODULE + ".VectorSpecies").getMethod("length").invoke(species);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
