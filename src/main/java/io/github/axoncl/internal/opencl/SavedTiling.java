package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.kernel.KernelLibrary;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tilings that were measured on a device, kept in the user's cache for the same device, driver, environment and text. */
final class SavedTiling {
    private static final String KIND = "tiling";

    private final UserCache cache;
    private final Device device;

    SavedTiling(UserCache cache, Device device) {
        this.cache = cache;
        this.device = device;
    }

    /** What was kept; null if nothing was, or nothing that makes sense. */
    Tuned load() {
        List<String> lines = cache.read(KIND, key()).orElse(List.of());
        try {
            return lines.size() == 2 ? new Tuned(Tiling.parse(lines.get(0)), Tiling.parse(lines.get(1))) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Keeps them; null is not kept. */
    void keep(Tuned tuned) {
        if (tuned != null) {
            cache.write(KIND, key(), List.of(tuned.light().numbers(), tuned.heavy().numbers()));
        }
    }

    /** What is measured may change with the candidates and with the functions as well. */
    private String key() {
        String texts = KernelLibrary.text("loops") + KernelLibrary.text("elementwise")
                + Stream.of(Effort.values()).flatMap(effort -> effort.measured().stream())
                        .map(work -> work.function().definition().source()).collect(Collectors.joining())
                + Tiling.CANDIDATES;
        return SavedVerdicts.key(device, texts);
    }
}
