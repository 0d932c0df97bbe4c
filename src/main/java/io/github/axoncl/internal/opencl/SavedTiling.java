package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.kernel.KernelLibrary;

import java.util.List;
import java.util.stream.Collectors;

/** The tiling that was measured on a device, kept in the user's cache for the same device, driver, environment and text. */
final class SavedTiling {
    private static final String KIND = "tiling";

    private final UserCache cache;
    private final Device device;

    SavedTiling(UserCache cache, Device device) {
        this.cache = cache;
        this.device = device;
    }

    /** What was kept; null if nothing was, or nothing that makes sense. */
    Tiling load() {
        List<String> lines = cache.read(KIND, key()).orElse(List.of());
        try {
            return lines.size() == 1 ? Tiling.parse(lines.get(0)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Keeps it; null is not kept. */
    void keep(Tiling tiling) {
        if (tiling != null) {
            cache.write(KIND, key(), List.of(tiling.numbers()));
        }
    }

    /** What is measured may change with the candidates and with the functions as well. */
    private String key() {
        String texts = KernelLibrary.text("loops") + KernelLibrary.text("elementwise")
                + TilingChoice.FUNCTIONS.stream().map(f -> f.definition().source()).collect(Collectors.joining())
                + Tiling.CANDIDATES;
        return SavedVerdicts.key(device, texts);
    }
}
