package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.log.Log;
import org.jocl.LibUtils;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Properties;

/**
 * Decides whether JOCL can be used in this process, and loads its native library from a place nobody else can write to.
 *
 * <p>JOCL extracts its library to {@code java.io.tmpdir} under a fixed name and loads a file that is already there unchecked:
 * on a shared host another user could plant one, and two processes race. Here the library is written to a fresh private
 * directory, compared with the one in the jar, and {@code java.io.tmpdir} points to that directory while JOCL's class
 * initialises. An OpenCL library that is missing or broken is a reason, not an exception.
 */
final class JoclLibrary {
    private static final Log LOG = Log.of(JoclLibrary.class);
    /** The version of JOCL that AxonCL is written for. */
    static final String VERSION = "2.0.6";
    private static final String BASE_NAME = "JOCL_" + VERSION.replace('.', '_');
    private static final String PROPERTIES = "/META-INF/maven/org.jocl/jocl/pom.properties";
    private static final String TEMPORARY = "java.io.tmpdir";

    /** Empty when loaded, null before the first try. */
    private static String failure;

    private JoclLibrary() {
    }

    /** Loads JOCL at the first call.
     *
     * @return null if it is loaded, else why not */
    static synchronized String load() {
        if (failure == null) {
            failure = tryLoad();
            if (!failure.isEmpty()) {
                LOG.debug("OpenCL is not available: {}", failure);
            }
        }
        return failure.isEmpty() ? null : failure;
    }

    // Every kind of linkage error can come from here: unsatisfied links the first time, missing classes later.
    private static String tryLoad() {
        Path directory = null;
        try {
            String refusal = refusal(version());
            if (refusal != null) {
                return refusal;
            }
            directory = extract();
            initialise(directory);
            return "";
        } catch (LinkageError | UnsupportedOperationException e) {
            return "the OpenCL library could not be loaded: " + firstLine(e);
        } catch (IOException | ClassNotFoundException | SecurityException e) {
            return "JOCL's native library could not be prepared: " + firstLine(e);
        } finally {
            remove(directory);
        }
    }

    /** The version in JOCL's jar, or null where a program was packed without it. */
    static String version() throws IOException {
        try (InputStream in = LibUtils.class.getResourceAsStream(PROPERTIES)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version");
        }
    }

    /** Why a version of JOCL must not be used, or null if it may or is not known. The native library of an older one has another
     * name, so it would be loaded from where others can write; some have none for ARM. */
    static String refusal(String version) {
        try {
            if (version == null || Version.parse(version).compareTo(Version.parse(VERSION)) >= 0) {
                return null;
            }
        } catch (IllegalArgumentException e) {
            return null;                                // a build of somebody's own
        }
        return "JOCL " + version + " is too old, AxonCL needs " + VERSION + "; another dependency brings it, so write in the POM: "
                + "<dependency><groupId>org.jocl</groupId><artifactId>jocl</artifactId><version>" + VERSION
                + "</version></dependency>";
    }

    /** The private directory with the library, or null where JOCL has none for this system and will say so itself. */
    private static Path extract() throws IOException {
        String file = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(BASE_NAME));
        byte[] expected;
        try (InputStream in = LibUtils.class.getResourceAsStream("/lib/" + file)) {
            if (in == null) {
                return null;
            }
            expected = in.readAllBytes();
        }
        Path directory = Files.createTempDirectory("axoncl-", privateAccess());
        Path library = directory.resolve(file);
        Files.write(library, expected);
        if (!Arrays.equals(expected, Files.readAllBytes(library))) {
            throw new IOException(library + " is not what was written there");
        }
        return directory;
    }

    private static FileAttribute<?>[] privateAccess() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))};
    }

    // Another thread that reads java.io.tmpdir meanwhile sees the private directory; JOCL offers no other way.
    private static void initialise(Path directory) throws ClassNotFoundException {
        String before = System.getProperty(TEMPORARY);
        try {
            if (directory != null) {
                System.setProperty(TEMPORARY, directory.toString());
            }
            Class.forName("org.jocl.CL", true, JoclLibrary.class.getClassLoader());
        } finally {
            if (directory != null) {
                if (before == null) {
                    System.clearProperty(TEMPORARY);
                } else {
                    System.setProperty(TEMPORARY, before);
                }
            }
        }
    }

    /** A loaded library may be deleted on Unix; on Windows the file stays open, so it goes when the process ends, if it can. */
    private static void remove(Path directory) {
        if (directory == null) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                if (!file.toFile().delete()) {
                    directory.toFile().deleteOnExit();
                    file.toFile().deleteOnExit();
                }
            }
        } catch (IOException e) {
            LOG.debug("{} stays behind", directory, e);
        }
        directory.toFile().delete();
    }

    /** JOCL packs whole stack traces into its messages; the line that names the cause is enough. */
    private static String firstLine(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage());
        int end = message.indexOf('\n');
        return cause.getClass().getSimpleName() + ": " + (end < 0 ? message : message.substring(0, end)).strip();
    }
}
