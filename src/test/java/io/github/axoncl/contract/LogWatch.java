package io.github.axoncl.contract;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test during which a warning was logged that this JVM's backend gives no reason for. slf4j-simple writes to whatever
 * {@code System.err} is at the moment, so that is read along.
 */
public final class LogWatch implements BeforeAllCallback, AfterEachCallback {
    private static final Pattern ENTRY = Pattern.compile("(TRACE|DEBUG|INFO|WARN|ERROR) .*");
    private static final Pattern WARNING = Pattern.compile("(WARN|ERROR) .*", Pattern.DOTALL);
    /** Warnings and errors, each with the lines that follow it: its stack trace. */
    private static final List<StringBuilder> ENTRIES = new ArrayList<>();
    private static final PrintStream ERR = new PrintStream(new Tee(System.err), true, StandardCharsets.UTF_8);

    static {
        System.setErr(ERR);
    }

    /** What goes to the console, line by line also into {@link #ENTRIES}. */
    private static final class Tee extends OutputStream {
        private final PrintStream console;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Tee(PrintStream console) {
            this.console = console;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            console.write(bytes, from, length);
            for (int i = from; i < from + length; i++) {
                read(bytes[i]);
            }
        }

        private void read(byte b) {
            if (b == '\n') {
                add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(b);
            }
        }

        @Override
        public void flush() {
            console.flush();
        }
    }

    private static void add(String line) {
        synchronized (ENTRIES) {
            if (ENTRY.matcher(line).matches()) {
                ENTRIES.add(new StringBuilder(line));
            } else if (!ENTRIES.isEmpty()) {
                ENTRIES.get(ENTRIES.size() - 1).append('\n').append(line);
            }
        }
    }

    /** Takes the warnings with this text out of those the test will be judged by.
     *
     * @param text a part of the warning
     * @return the warnings with their stack traces, oldest first */
    public static List<String> take(String text) {
        List<String> taken = new ArrayList<>();
        synchronized (ENTRIES) {
            for (Iterator<StringBuilder> all = ENTRIES.iterator(); all.hasNext();) {
                String entry = all.next().toString();
                if (WARNING.matcher(entry).matches() && entry.contains(text)) {
                    taken.add(entry);
                    all.remove();
                }
            }
        }
        return taken;
    }

    /** How many warnings have this text; their stack traces may still be on the way.
     *
     * @param text a part of the warning
     * @return the number */
    public static int count(String text) {
        synchronized (ENTRIES) {
            return (int) ENTRIES.stream().filter(entry -> WARNING.matcher(entry).matches() && entry.indexOf(text) >= 0).count();
        }
    }

    /** What tests of other suites left in the same JVM is not this class's fault. */
    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (ENTRIES) {
            ENTRIES.clear();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(System.err).as("System.err, where the log is read").isSameAs(ERR);
        BackendUnderTest.current().reasonableWarnings().forEach(LogWatch::take);
        List<String> left = take("");
        synchronized (ENTRIES) {
            ENTRIES.clear();
        }
        assertThat(left).as("unexpected warnings").isEmpty();
    }
}
