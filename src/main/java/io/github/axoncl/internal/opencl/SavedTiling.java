package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.kernel.KernelLibrary;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tilings that were measured on a device, one for each class of calls, kept in the user's cache for the same device,
 * driver, environment and text. */
final class SavedTiling {
    private static final String KIND = "tiling";

    private final UserCache cache;
    private final Device device;

    SavedTiling(UserCache cache, Device device) {
        this.cache = cache;
        this.device = device;
    }

    /** What was kept; null if nothing was, or nothing that makes sense. */
    Tiling load(WorkloadClass workload) {
        List<String> lines = cache.read(KIND, key(workload)).orElse(List.of());
        try {
            return lines.size() == 1 ? Tiling.parse(lines.get(0)) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Keeps a choice; null is not kept. */
    void keep(WorkloadClass workload, Tiling tiling) {
        if (tiling != null) {
            cache.write(KIND, key(workload), List.of(tiling.numbers()));
        }
    }

    /** What is measured may change with the candidates and with the functions as well. */
    private String key(WorkloadClass workload) {
        String texts = Stream.concat(ProgramText.MOVEMENTS.stream().map(KernelLibrary::text), workload.measured().stream()
                .map(work -> work.function().definition().source() + work.operation() + work.type() + work.axis() + ' '
                        + work.inner()))
                .collect(Collectors.joining("\n")) + workload.candidates(device.form());
        return SavedVerdicts.key(device, texts) + "; " + workload;
    }
}
