package io.github.axoncl.oracle;

import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.internal.kernel.KernelLibrary;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a measured error belongs to: the text that computes one operation of a function. */
public final class ProgramText {
    private ProgramText() {
    }

    /** The SHA-256 of the text.
     *
     * @param function  the function
     * @param operation what is computed of it
     * @return 64 hexadecimal digits */
    public static String sha256(KernelFunction function, Operation operation) {
        StringBuilder text = new StringBuilder(operation.id());
        KernelLibrary.LANGUAGE.forEach(name -> text.append(KernelLibrary.text(name)));
        return sha256(text.append(function.definition().source()).toString().getBytes(StandardCharsets.UTF_8));
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
