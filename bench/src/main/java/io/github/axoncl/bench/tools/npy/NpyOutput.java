package io.github.axoncl.bench.tools.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A {@code .npy} file that appears under its name whole or not at all: it is written under another name in the same folder and
 * moved when {@link #commit} is called; closed before, it is removed.
 */
public final class NpyOutput implements Closeable {
    private final Path file;
    private final Path temporary;
    private final FileChannel channel;
    private boolean committed;
    /** What was there before; null if nothing was or if it is not kept. */
    private Path old;

    private NpyOutput(Path file, Path temporary, FileChannel channel) {
        this.file = file;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Where the file will be, links followed.
     *
     * @param file the name given
     * @return the path to write to
     * @throws NpyException if nothing can be written under that name
     * @throws IOException  if the file system fails */
    public static Path target(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new NpyException(file, "not a regular file" + (Files.isDirectory(target) ? " but a folder" : "")
                    + "; the output must be one");
        }
        if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
            throw new NpyException(file, "there is no folder " + target.getParent() + " to write to");
        }
        return target;
    }

    /** Begins a file.
     *
     * @param file   its path, as from {@link #target}
     * @param header what it will hold
     * @return the open file
     * @throws IOException if it cannot be written */
    public static NpyOutput create(Path file, NpyHeader header) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp");
        FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        temporary.toFile().deleteOnExit();                  // for the user who interrupts the program
        NpyOutput output = new NpyOutput(file, temporary, channel);
        try {
            copyPermissions(file, temporary);
            ByteBuffer bytes = ByteBuffer.wrap(header.encoded());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return output;
        } catch (IOException | RuntimeException | Error e) {
            output.close();
            throw e;
        }
    }

    /** A file that is replaced keeps who may read it. */
    private static void copyPermissions(Path from, Path to) throws IOException {
        PosixFileAttributeView target = Files.getFileAttributeView(to, PosixFileAttributeView.class);
        if (target != null && Files.exists(from)) {
            target.setPermissions(Files.getPosixFilePermissions(from));
        }
    }

    /** Appends the first elements of a block.
     *
     * @param block the elements; its content is undefined afterwards
     * @param count how many
     * @throws IOException if they cannot be written */
    public void append(Block block, int count) throws IOException {
        try {
            block.drain(channel, count);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** Makes the file appear. Everything is on the disk before the name is.
     *
     * @throws IOException if that fails; the name is then as it was */
    public void commit() throws IOException {
        complete();
        appear();
    }

    /** The content is on the disk, under the other name. */
    void complete() throws IOException {
        channel.force(true);
        channel.close();
    }

    void appear() throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        committed = true;
    }

    /** Keeps what is there now, for {@link #disappear}. */
    void keepOld() throws IOException {
        if (Files.exists(file)) {
            Path kept = temporary.resolveSibling(temporary.getFileName() + ".old.tmp");
            try {
                Files.createLink(kept, file);
            } catch (UnsupportedOperationException | FileSystemException e) {
                Files.copy(file, kept, StandardCopyOption.COPY_ATTRIBUTES);     // a file system without links
            }
            old = kept;
        }
    }

    /** Puts back what was there before the file appeared; if that fails, it remains beside it. */
    void disappear() throws IOException {
        Path kept = old;
        old = null;
        if (committed && kept != null) {
            Files.move(kept, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else if (committed) {
            Files.delete(file);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) {
            Files.deleteIfExists(temporary);
        }
        if (old != null) {
            Files.deleteIfExists(old);
        }
    }
}
