package io.github.axoncl.internal.kernel;

import io.github.axoncl.Backend;
import io.github.axoncl.KernelBuildException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the texts under {@code kernels/lib}. */
public final class KernelLibrary {
    /** The files in the kernel language, in the order in which they build on each other and names are looked for in them. The
     * others are for devices only. */
    public static final List<String> LANGUAGE = List.of("math", "elementary", "fast", "normal", "gates", "rows", "random",
            "storage", "math64");

    private KernelLibrary() {
    }

    /** The name under which errors in a library text are reported. */
    public static String sourceName(String name) {
        return "kernels/lib/" + name + ".cl";
    }

    /** The text of a library file, for example {@code math}. */
    public static String text(String name) {
        return read(sourceName(name));
    }

    /** The name under which errors in a joining text are reported. */
    static String fusedName(String name) {
        return "kernels/fused/" + name + ".cl";
    }

    /** A text that joins functions, for example {@code chain}. */
    static String fused(String name) {
        return read(fusedName(name));
    }

    private static String read(String path) {
        try (InputStream in = Backend.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new KernelBuildException(path + " is missing from the library's jar", "");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
