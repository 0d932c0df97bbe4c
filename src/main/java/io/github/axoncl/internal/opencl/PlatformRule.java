package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.log.Log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides which platforms must not even be asked for their devices, because the question itself would harm the JVM.
 *
 * <p>PoCL before 4.0 installs a handler for SIGFPE in clGetDeviceIDs, after which Java's integer division by zero no longer
 * throws. It leaves the signal alone if POCL_SIGFPE_HANDLER is 0 in the environment when the process starts.
 */
final class PlatformRule {
    private static final Log LOG = Log.of(PlatformRule.class);
    private static final Pattern POCL = Pattern.compile("\\bPoCL (\\d+)\\.", Pattern.CASE_INSENSITIVE);
    /** The environment variable that keeps PoCL from the signal. */
    static final String VARIABLE = "POCL_SIGFPE_HANDLER";
    private static final String ADVICE = "refused: PoCL before 4.0 breaks Java's integer division by zero; "
            + "before starting the JVM: export " + VARIABLE + "=0";
    private static final Pattern POCL_LIBRARY = Pattern.compile("libpocl\\.so\\.2\\.(\\d+)");
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final AtomicBoolean WARNED = new AtomicBoolean();
    private static volatile int sink;

    private PlatformRule() {
    }

    /** Why the platform must not be touched, or null if it may. */
    static String refusal(String platformVersion, String sigfpeHandler) {
        Matcher pocl = POCL.matcher(platformVersion);
        if (!pocl.find() || Integer.parseInt(pocl.group(1)) >= 4 || "0".equals(sigfpeHandler)) {
            return null;
        }
        return ADVICE;
    }

    /** {@link #refusal} with a warning, the first time. */
    static String refuse(String platformVersion, String sigfpeHandler) {
        String refusal = refusal(platformVersion, sigfpeHandler);
        if (refusal != null && WARNED.compareAndSet(false, true)) {
            LOG.warn("OpenCL platform \"{}\" is {}", platformVersion, refusal);
        }
        return refusal;
    }

    /** Why the platforms must not even be listed, or null if they may: the loader ocl-icd counts the devices of all platforms
     * to sort them if there are several, which is the harmful question. The file name tells PoCL's version: 2.10 is PoCL
     * 3.1. */
    static String refusalToList() {
        if (!System.getProperty("os.name", "").startsWith("Linux") || "0".equals(System.getenv(VARIABLE))
                || "none".equals(System.getenv("OCL_ICD_PLATFORM_SORT"))) {
            return null;
        }
        String vendors = System.getenv("OCL_ICD_VENDORS");
        String refusal = refusalToList(Path.of(vendors == null ? "/etc/OpenCL/vendors" : vendors));
        if (refusal != null && WARNED.compareAndSet(false, true)) {
            LOG.warn("OpenCL is {}", refusal);
        }
        return refusal;
    }

    static String refusalToList(Path vendors) {
        int platforms = 0;
        boolean oldPocl = false;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(vendors, "*.icd")) {
            for (Path file : files) {
                platforms++;
                Matcher library = POCL_LIBRARY.matcher(Files.readString(file));
                oldPocl |= library.find() && Integer.parseInt(library.group(1)) <= 10;
            }
        } catch (IOException e) {
            return null;                                // no directory: one library, or nothing that could be sorted
        }
        return oldPocl && platforms > 1 ? ADVICE : null;
    }

    /** Why a platform's devices must not be chosen without being asked for, or null.
     *
     * <p>PoCL compiles with LLVM inside the process, which puts handlers of its own in the place of the JVM's for SIGSEGV, the
     * signal by which the JVM stops its threads. Two threads in that handler at once end the process (seen with PoCL 3.1 within
     * seconds of building kernels beside garbage collections). The JVM's libjsig, loaded first, keeps the JVM's handlers. */
    static String reservation(String platform) {
        return reservation(platform, Files.isReadable(MAPS) && !readMaps().contains("libjsig"));
    }

    static String reservation(String platform, boolean unprotected) {
        return unprotected && platform.equals("Portable Computing Language")
                ? "PoCL's compiler can end the JVM; before starting it: export LD_PRELOAD=$JAVA_HOME/lib/libjsig.so" : null;
    }

    private static String readMaps() {
        try {
            return Files.readString(MAPS);
        } catch (IOException e) {
            return "";
        }
    }

    /** Whether integer division by zero still throws; asked after a platform's devices were listed. */
    static boolean divisionWorks() {
        for (int i = 0; i < 8; i++) {
            try {
                sink = divide(i, 0);
                return false;
            } catch (ArithmeticException expected) {
                sink = i;
            }
        }
        return true;
    }

    private static int divide(int a, int b) {
        return a / b;
    }
}
