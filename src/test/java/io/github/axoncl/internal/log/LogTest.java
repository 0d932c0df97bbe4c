package io.github.axoncl.internal.log;

import io.github.axoncl.contract.LogWatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(LogWatch.class)
class LogTest {
    private static final Throwable CAUSE = new Throwable("trace");

    /** Keeps what java.util.logging, which is behind {@link System.Logger}, is given. */
    private static final class Kept extends Handler {
        private final List<LogRecord> records = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            records.add(entry);
        }

        @Override
        public void flush() {
        }

        @Override
        public void close() {
        }
    }

    @Test
    void whatIsLoggedGoesToSlf4jUnderTheNameOfTheClass() {
        Log.of(LogTest.class).warn("{} of {}", 1, "two", CAUSE);
        assertThat(LogWatch.take("LogTest - 1 of two")).singleElement().asString().contains("Throwable: trace");
    }

    @Test
    void withoutSlf4jItGoesToTheLoggersOfTheJdk() throws ReflectiveOperationException, IOException {
        Logger jdk = Logger.getLogger(LogTest.class.getName());
        Kept kept = new Kept();
        jdk.addHandler(kept);
        jdk.setUseParentHandlers(false);
        jdk.setLevel(Level.ALL);
        URL library = Log.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader alone = new URLClassLoader(new URL[] {library}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = alone.loadClass(Log.class.getName());
            Object log = type.getMethod("of", Class.class).invoke(null, LogTest.class);
            for (String level : List.of("trace", "debug", "info", "warn", "error")) {
                type.getMethod(level, String.class, Object[].class).invoke(log, "{} of {}: {x} isn't {0}",
                        new Object[] {1, "two", CAUSE});
            }
            jdk.setLevel(Level.WARNING);
            type.getMethod("info", String.class, Object[].class).invoke(log, "not asked for", new Object[0]);
            type.getMethod("warn", String.class, Object[].class).invoke(log, "{} and {}", new Object[] {null});
        } finally {
            jdk.removeHandler(kept);
            jdk.setUseParentHandlers(true);
            jdk.setLevel(null);
        }
        assertThat(kept.records).extracting(LogRecord::getLevel).containsExactly(Level.FINER, Level.FINE, Level.INFO,
                Level.WARNING, Level.SEVERE, Level.WARNING);
        LogRecord last = kept.records.remove(5);
        assertThat(kept.records).allMatch(entry -> entry.getMessage().equals("1 of two: {x} isn't {0}")
                && entry.getThrown() == CAUSE);
        assertThat(last.getMessage()).isEqualTo("null and {}");
        assertThat(last.getThrown()).isNull();
    }
}
