package io.github.axoncl.internal.cpu;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.internal.kernel.KernelModule;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A step of the library's build: writes the {@link ReadyLoop}s of its element-wise functions, by the compiler of all others.
 */
final class ReadyLoopWriter {
    private ReadyLoopWriter() {
    }

    /** Writes the classes beside those of this package and deletes those of functions that are no more.
     *
     * @param arguments the folder of the library's classes */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]).resolve(ReadyLoop.class.getPackageName().replace('.', '/'));
        Map<String, byte[]> files = new TreeMap<>();
        for (KernelSignature signature : signatures()) {
            byte[] bytes = bytes(signature);
            if (bytes != null) {
                String name = ReadyLoop.className(signature);
                files.put(name.substring(name.lastIndexOf('.') + 1) + ".class", bytes);
            }
        }
        try (DirectoryStream<Path> known = Files.newDirectoryStream(folder, ReadyLoop.PREFIX + "*.class")) {
            for (Path file : known) {
                if (!files.containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            // A file that is written anew makes Maven compile the tests again.
            if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), entry.getValue())) {
                Files.write(file, entry.getValue());
            }
        }
    }

    /** The operations for which there may be a loop. */
    static List<KernelSignature> signatures() {
        List<KernelSignature> signatures = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            KernelDefinition definition = activation.definition();
            for (Operation operation : Operation.values()) {
                for (Precision precision : Precision.values()) {
                    if ((operation != Operation.BACKWARD_FROM_OUTPUT || definition.hasDerivativeFromOutput())
                            && (precision == Precision.ACCURATE || definition.hasFast())) {
                        signatures.add(definition.signature(operation, precision, DType.FLOAT32));
                    }
                }
            }
        }
        return signatures;
    }

    /** The class file of an operation's loop, or null if it takes several. */
    static byte[] bytes(KernelSignature signature) {
        LoopShape shape = MapStages.oneLoop(KernelModule.of(signature.definition()), signature);
        return shape == null ? null : LoopClass.ready(ReadyLoop.className(signature), shape);
    }
}
