package io.github.axoncl.internal.opencl;

/**
 * The best tilings of a device.
 *
 * @param light for light calls
 * @param heavy for heavy calls
 */
record Tuned(Tiling light, Tiling heavy) {
    /** One tiling for all. */
    static final Tuned NOT = new Tuned(Tiling.DEFAULT, Tiling.DEFAULT);
    /** A core of a CPU reads memory faster in several places at once than in one: a fifth less time on PoCL. */
    private static final Tuned OF_CPUS = new Tuned(new Tiling(256, 16, 4), Tiling.DEFAULT);

    /** What serves without a measurement. */
    static Tuned usual(Device device) {
        return device.vectorisesLanes() ? OF_CPUS : NOT;
    }

    Tiling of(Effort effort) {
        return effort == Effort.LIGHT ? light : heavy;
    }

    /** What differs from the usual one, in words. */
    String describe() {
        String ofLight = light.isDefault() ? "" : "long light calls in " + light;
        String ofHeavy = heavy.isDefault() ? "" : "long heavy calls in " + heavy;
        return ofLight + (ofLight.isEmpty() || ofHeavy.isEmpty() ? "" : ", ") + ofHeavy;
    }
}
