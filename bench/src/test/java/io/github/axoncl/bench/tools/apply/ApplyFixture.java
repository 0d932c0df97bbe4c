package io.github.axoncl.bench.tools.apply;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.bench.Workbench;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A folder of files whose bytes are NumPy's, and the command apply on them. */
abstract class ApplyFixture {
    private static final String DICTIONARY = "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }";

    @TempDir
    Path folder;
    final StringWriter err = new StringWriter();
    int blockSize = FileCall.BLOCK_SIZE;

    /** Exit code 2, a message with a part, and no file more or less than before. */
    void refused(String part, String... arguments) throws IOException {
        err.getBuffer().setLength(0);
        List<Path> before = files();
        assertEquals(2, apply(arguments), err::toString);
        assertTrue(err.toString().contains(part), err::toString);
        assertEquals(before, files());
    }

    List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    int apply(String... arguments) {
        ApplyCommand command = new ApplyCommand();
        command.blockSize = blockSize;
        return execute(command, arguments);
    }

    int execute(ApplyCommand command, String... arguments) {
        List<String> resolved = new ArrayList<>();
        for (String argument : arguments) {
            boolean file = argument.endsWith(".npy") || argument.endsWith(".cl") || List.of(".", "taken").contains(argument);
            int name = argument.startsWith(".") ? 0 : argument.indexOf('=') + 1;
            name += argument.startsWith("@", name) ? 1 : 0;
            resolved.add(file ? argument.substring(0, name) + folder.resolve(argument.substring(name)) : argument);
        }
        if (!resolved.contains("--backend")) {
            resolved.addAll(0, List.of("--backend", "cpu"));            // these are tests of files, not of backends
        }
        CommandLine line = Workbench.handled(new CommandLine(command));
        return line.setErr(new PrintWriter(err, true)).execute(resolved.toArray(String[]::new));
    }

    /** A float32 file of this shape with these values, bit for bit; every NaN is one. */
    void assertFile(String name, String shape, float... expected) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        assertEquals(DICTIONARY.formatted("<f4", "False", shape),
                new String(bytes, 10, 118, StandardCharsets.US_ASCII).strip());
        float[] found = new float[expected.length];
        ByteBuffer.wrap(bytes, 128, bytes.length - 128).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(found);
        assertArrayEquals(bits(expected), bits(found), () -> name + ": " + Arrays.toString(expected) + " expected, found "
                + Arrays.toString(found));
        assertEquals(128 + 4 * expected.length, bytes.length);
    }

    private static int[] bits(float... values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToIntBits(values[i]));
        return bits;
    }

    /** Writes a file of numbers that depend on its name, about half of them below 0; returns them. */
    float[] floats(String name, String shape, int length) throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (random.nextInt(-4000, 4000) / 1000.0);
        }
        Files.write(folder.resolve(name), npy(1, "<f4", "False", shape, values));
        return values;
    }

    /** Writes a file of int32. */
    void ints(String name, String shape, int... values) throws IOException {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asIntBuffer().put(values);
        Files.write(folder.resolve(name), npy(1, "<i4", shape, data.array()));
    }

    /** Writes a file of flags, {@code |u1} or {@code |b1}. */
    void flags(String name, String type, String shape, byte... values) throws IOException {
        Files.write(folder.resolve(name), npy(1, type, shape, values));
    }

    static byte[] npy(int version, String type, String fortran, String shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return npy(version, DICTIONARY.formatted(type, fortran, shape), data.array());
    }

    private static byte[] npy(int version, String type, String shape, byte... data) {
        return npy(version, DICTIONARY.formatted(type, "False", shape), data);
    }

    /** A file as NumPy writes it: magic, version, length, dictionary, padding to 64 bytes, data. */
    private static byte[] npy(int version, String dictionary, byte... data) {
        int lengthBytes = version == 1 ? 2 : 4;
        int padding = 63 - (8 + lengthBytes + dictionary.length()) % 64;
        byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        byte[] length = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(text.length).array();
        bytes.writeBytes(Arrays.copyOf(length, lengthBytes));
        bytes.writeBytes(text);
        bytes.writeBytes(data);
        return bytes.toByteArray();
    }
}
