package io.github.axoncl.internal.opencl;

/**
 * The best tilings of a device.
 *
 * @param light for light calls
 * @param heavy for heavy calls
 */
record Tuned(Tiling light, Tiling heavy) {
    /** The usual one for all. */
    static final Tuned NOT = new Tuned(Tiling.DEFAULT, Tiling.DEFAULT);

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
