package io.github.axoncl.oracle;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.internal.kernel.KernelModule;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** What a measured error belongs to: the text that computes one operation of a function. */
public final class ProgramText {
    private ProgramText() {
    }

    /** Whether an operation in the fast tier has a text of its own, and is not the accurate one by another name.
     *
     * @param definition the function
     * @param operation  the operation
     * @return true if so */
    public static boolean hasFast(KernelDefinition definition, Operation operation) {
        KernelModule module = KernelModule.of(definition);
        return !module.root(operation, Precision.FAST).equals(module.root(operation, Precision.ACCURATE));
    }

    /** The SHA-256 of what an operation in float32 is compiled of: the function's text and those it calls, directly or not.
     *
     * @param function  the function
     * @param operation what is computed of it
     * @return 64 hexadecimal digits */
    public static String sha256(KernelFunction function, Operation operation) {
        KernelModule module = KernelModule.of(function.definition());
        // Where in its file a text stands does not matter.
        String text = module.text(List.of(module.root(operation, function.precision()))).lines()
                .filter(line -> !line.startsWith("#line")).collect(Collectors.joining("\n"));
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of bytes.
     *
     * @param bytes the bytes
     * @return 64 hexadecimal digits */
    public static String sha256(byte... bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
