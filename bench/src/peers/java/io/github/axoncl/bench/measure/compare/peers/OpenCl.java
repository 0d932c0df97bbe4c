package io.github.axoncl.bench.measure.compare.peers;

import java.util.Locale;
import java.util.stream.Stream;

/** Chooses the device that AxonCL is measured on too. */
final class OpenCl {
    private OpenCl() {
    }

    /** Whether a device, told by what it says of itself, is not one of the slow ones. */
    static boolean isWanted(String... words) {
        String all = String.join(" ", words).toLowerCase(Locale.ROOT);
        return Stream.of("oclgrind", "rusticl", "llvmpipe").noneMatch(all::contains);
    }
}
