package io.github.axoncl.bench.tools.npy;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** An open {@code .npy} file whose header and size were checked: format versions 1.0, 2.0 and 3.0. */
public final class NpyInput implements Closeable {
    /** Version 2.0 allows 4 GiB of header; NumPy itself refuses more than 10,000 characters unless told otherwise. */
    private static final int LONGEST_HEADER = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final NpyHeader header;
    private final long dataOffset;

    private NpyInput(Path file, FileChannel channel, NpyHeader header, long dataOffset) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataOffset = dataOffset;
    }

    /** Opens a file and checks it.
     *
     * @param file  the file
     * @param types the types that its elements may have
     * @return the open file
     * @throws NpyException if it does not exist, is not a file, or is not of the supported kind
     * @throws IOException  if it cannot be read */
    public static NpyInput open(Path file, NpyType... types) throws IOException {
        if (!Files.exists(file)) {
            throw new NpyException(file, "there is no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new NpyException(file, "not a regular file" + (Files.isDirectory(file) ? " but a folder" : ""));
        }
        if (!Files.isReadable(file)) {
            throw new NpyException(file, "may not be read");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return open(file, channel, types);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static NpyInput open(Path file, FileChannel channel, NpyType... types) throws IOException {
        byte[] magic = bytes(file, channel, NpyHeader.MAGIC.length, "its magic string");
        if (!Arrays.equals(magic, NpyHeader.MAGIC)) {
            throw new NpyException(file, "not a .npy file: it begins with " + NpyException.show(
                    new String(magic, StandardCharsets.ISO_8859_1)) + (magic[0] == 'P' && magic[1] == 'K'
                    ? " (.npz archives are not supported)" : ", not with '\\x93NUMPY'"));
        }
        byte[] version = bytes(file, channel, 2, "its version");
        if (version[0] < 1 || version[0] > 3 || version[1] != 0) {
            throw new NpyException(file, "format version " + (version[0] & 0xFF) + "." + (version[1] & 0xFF)
                    + "; 1.0, 2.0 and 3.0 are supported");
        }
        int width = version[0] == 1 ? 2 : 4;
        byte[] length = Arrays.copyOf(bytes(file, channel, width, "the length of its header"), 4);
        int headerLength = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (headerLength < 0 || headerLength > LONGEST_HEADER) {
            throw new NpyException(file, "a header of " + Integer.toUnsignedString(headerLength) + " bytes; at most "
                    + LONGEST_HEADER + " are supported");
        }
        NpyHeader header = header(file, bytes(file, channel, headerLength, "its header"), version[0], types);
        NpyInput input = new NpyInput(file, channel, header, channel.position());
        input.checkSize();
        return input;
    }

    private static NpyHeader header(Path file, byte[] bytes, int version, NpyType... types) {
        Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        try {
            return NpyHeader.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString(), types);
        } catch (CharacterCodingException e) {
            throw new NpyException(file, "the header is not UTF-8");
        } catch (NpyException e) {
            throw new NpyException(file, "header: " + e.getMessage());
        }
    }

    private void checkSize() throws IOException {
        long expected = header.bytes();
        long found = channel.size() - dataOffset;
        if (found < expected) {
            throw new NpyException(file, "truncated: shape " + header + " needs " + expected + " bytes of data, found "
                    + found);
        }
        if (found > expected) {
            throw new NpyException(file, "shape " + header + " needs " + expected + " bytes of data, but " + (found - expected)
                    + " more bytes follow");
        }
    }

    private static byte[] bytes(Path file, FileChannel channel, int count, String what) throws IOException {
        long left = channel.size() - channel.position();
        if (left < count) {
            throw new NpyException(file, "not a .npy file: it ends within " + what + " (" + channel.size() + " bytes)");
        }
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(file + ": became shorter while it was read");
            }
        }
        return buffer.array();
    }

    /** The name that the file was opened by.
     *
     * @return the path */
    public Path file() {
        return file;
    }

    /** What the file holds.
     *
     * @return the header */
    public NpyHeader header() {
        return header;
    }

    /** Reads some elements into the beginning of a block.
     *
     * @param first the index of the first
     * @param count how many
     * @param block where to; of the file's type
     * @throws IOException if they cannot be read */
    public void read(long first, int count, Block block) throws IOException {
        try {
            block.fill(channel, dataOffset + first * header.type().bytes(), count);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
