package io.github.axoncl.internal.cache;

import io.github.axoncl.internal.log.Log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Keeps small texts from one process to the next, in a directory of the user's own. Losing them costs time, never a result, so
 * nothing here throws: what cannot be read is not there, what cannot be written is not kept, and the debug log says why.
 *
 * <p>The directory is what the system property {@value #PROPERTY} names, which may be {@code off}; else {@code axoncl} in
 * {@code $XDG_CACHE_HOME}, {@code %LOCALAPPDATA%} (Windows), {@code ~/Library/Caches} (macOS) or {@code ~/.cache}. It is made
 * for the user alone; one that belongs to somebody else or that others may write to is refused.
 *
 * <p>A text is found by its kind and its key, which names all that it depends on: a text with another key, of another version
 * of the file's form, cut short or changed is as good as none, and the next write replaces it. Any thread may call any method;
 * of processes that write the same text, the last one wins.
 */
public final class UserCache {
    /** The system property with the directory, or {@code off}. */
    public static final String PROPERTY = "axoncl.cache";

    private static final Log LOG = Log.of(UserCache.class);
    /** The first line; another form of the file gets another number. */
    private static final String VERSION = "AxonCL cache 1";
    private static final String KEY = "key ";
    private static final String DIGEST = "sha256 ";
    private static final long LARGEST = 1 << 20;

    /** Null if nothing is kept. */
    private final Path directory;

    /** A cache in a directory, which need not exist.
     *
     * @param directory the directory, or null to keep nothing */
    UserCache(Path directory) {
        this.directory = directory;
    }

    /** The user's cache, as property and environment are now.
     *
     * @return the cache */
    public static UserCache ofUser() {
        return new UserCache(locate(System.getProperty(PROPERTY), System.getProperty("os.name", ""),
                System.getProperty("user.home", ""), System::getenv));
    }

    /** Where the cache is, or null. */
    static Path locate(String property, String system, String home, UnaryOperator<String> environment) {
        try {
            if (property != null && !property.isBlank()) {
                return property.strip().equalsIgnoreCase("off") ? null : Path.of(property.strip());
            }
            Path base = base(system.toLowerCase(Locale.ROOT), Path.of(home), environment);
            // A relative path would be another one in every working directory; the XDG specification says to ignore it.
            return base.isAbsolute() ? base.resolve("axoncl") : null;
        } catch (RuntimeException e) {
            LOG.debug("no cache directory", e);
            return null;
        }
    }

    private static Path base(String system, Path home, UnaryOperator<String> environment) {
        String xdg = environment.apply("XDG_CACHE_HOME");
        if (xdg != null && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg);
        }
        String local = environment.apply("LOCALAPPDATA");
        if (system.startsWith("windows")) {
            return local != null ? Path.of(local) : home.resolve("AppData").resolve("Local");
        }
        return system.startsWith("mac") ? home.resolve("Library").resolve("Caches") : home.resolve(".cache");
    }

    /** Looks for a text.
     *
     * @param kind what it is, a short word for the file's name
     * @param key  all that it depends on
     * @return its lines; empty if there is none, or none that can be trusted */
    public Optional<List<String>> read(String kind, String key) {
        if (directory == null) {
            return Optional.empty();
        }
        try {
            Path file = file(kind, key);
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            refuseForeign();
            return body(Files.readAllLines(file, StandardCharsets.UTF_8), key);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} for \"{}\" cannot be read from {}", kind, key, directory, e);
            return Optional.empty();
        }
    }

    /** Keeps a text in the place of an earlier one.
     *
     * @param kind  what it is, a short word for the file's name
     * @param key   all that it depends on
     * @param lines the text; no line holds a line break */
    public void write(String kind, String key, List<String> lines) {
        if (directory == null) {
            return;
        }
        try {
            makeDirectory();
            refuseForeign();
            List<String> all = new ArrayList<>(List.of(VERSION, KEY + oneLine(key), DIGEST + digest(lines)));
            all.addAll(lines);
            Path file = file(kind, key);
            Path temporary = Files.createTempFile(directory, kind, ".tmp");
            try {
                Files.write(temporary, all, StandardCharsets.UTF_8);
                move(temporary, file);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} for \"{}\" cannot be kept in {}", kind, key, directory, e);
        }
    }

    private Path file(String kind, String key) {
        return directory.resolve(kind + "-" + digest(List.of(oneLine(key))).substring(0, 16) + ".txt");
    }

    private static Optional<List<String>> body(List<String> all, String key) {
        boolean whole = all.size() >= 3 && all.get(0).equals(VERSION) && all.get(1).equals(KEY + oneLine(key))
                && all.get(2).equals(DIGEST + digest(all.subList(3, all.size())));
        return whole ? Optional.of(List.copyOf(all.subList(3, all.size()))) : Optional.empty();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String digest(List<String> lines) {
        try {
            byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void makeDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (isPosix(parent)) {
            Files.createDirectory(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectory(directory);
        }
    }

    private static boolean isPosix(Path path) {
        return path != null && path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    // What others could have written would decide what is executed where, and how fast.
    private void refuseForeign() throws IOException {
        if (!isPosix(directory)) {
            return;
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE) || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException(directory + " may be written to by others");
        }
        if (!Files.getOwner(directory).equals(Self.OWNER)) {
            throw new IOException(directory + " belongs to " + Files.getOwner(directory));
        }
    }

    /** Who runs this process. A user need not have a name, but every file that is made has an owner. */
    private static final class Self {
        private static final Object OWNER = owner();

        private static Object owner() {
            try {
                Path file = Files.createTempFile("axoncl-", ".tmp");
                try {
                    return Files.getOwner(file);
                } finally {
                    Files.delete(file);
                }
            } catch (IOException e) {
                LOG.debug("cannot tell who runs this process", e);
                return new Object();
            }
        }
    }
}
