package io.github.axoncl.internal.opencl;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(PlatformRule.class);
    private static final Pattern POCL = Pattern.compile("\\bPoCL (\\d+)\\.", Pattern.CASE_INSENSITIVE);
    private static final String VARIABLE = "POCL_SIGFPE_HANDLER";
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
        return "refused: PoCL before 4.0 breaks Java's integer division by zero; start the JVM with export " + VARIABLE + "=0";
    }

    static String refusal(String platformVersion) {
        String refusal = refusal(platformVersion, System.getenv(VARIABLE));
        if (refusal != null && WARNED.compareAndSet(false, true)) {
            LOG.warn("OpenCL platform \"{}\" is {}", platformVersion, refusal);
        }
        return refusal;
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
