package io.github.axoncl.internal.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.System.Logger.Level;

/**
 * A logger of slf4j (1.7 or 2), or of {@link System.Logger} where slf4j is neither on the class path nor among the modules.
 *
 * <p>A text has a {@code {}} for each argument. A last argument that is a {@link Throwable} has none: it is logged with its stack
 * trace. Only methods that both versions of slf4j have may be called here.
 */
public abstract class Log {
    private Log() {
    }

    /** The logger with the name of a class.
     *
     * @param owner the class
     * @return its logger; never fails for want of slf4j */
    public static Log of(Class<?> owner) {
        try {
            return new Slf4j(owner.getName());
        } catch (LinkageError e) {
            return new Platform(owner.getName());
        }
    }

    public abstract void trace(String text, Object... arguments);

    public abstract void debug(String text, Object... arguments);

    public abstract void info(String text, Object... arguments);

    public abstract void warn(String text, Object... arguments);

    public abstract void error(String text, Object... arguments);

    /** Linked when the first logger is made, which fails where there is no slf4j. */
    private static final class Slf4j extends Log {
        private final Logger logger;

        Slf4j(String name) {
            logger = LoggerFactory.getLogger(name);
        }

        @Override
        public void trace(String text, Object... arguments) {
            logger.trace(text, arguments);
        }

        @Override
        public void debug(String text, Object... arguments) {
            logger.debug(text, arguments);
        }

        @Override
        public void info(String text, Object... arguments) {
            logger.info(text, arguments);
        }

        @Override
        public void warn(String text, Object... arguments) {
            logger.warn(text, arguments);
        }

        @Override
        public void error(String text, Object... arguments) {
            logger.error(text, arguments);
        }
    }

    private static final class Platform extends Log {
        private final System.Logger logger;

        Platform(String name) {
            logger = System.getLogger(name);
        }

        @Override
        public void trace(String text, Object... arguments) {
            log(Level.TRACE, text, arguments);
        }

        @Override
        public void debug(String text, Object... arguments) {
            log(Level.DEBUG, text, arguments);
        }

        @Override
        public void info(String text, Object... arguments) {
            log(Level.INFO, text, arguments);
        }

        @Override
        public void warn(String text, Object... arguments) {
            log(Level.WARNING, text, arguments);
        }

        @Override
        public void error(String text, Object... arguments) {
            log(Level.ERROR, text, arguments);
        }

        private void log(Level level, String text, Object... arguments) {
            if (!logger.isLoggable(level)) {
                return;
            }
            StringBuilder message = new StringBuilder();
            int from = 0;
            for (Object argument : arguments) {
                int place = text.indexOf("{}", from);
                if (place >= 0) {
                    message.append(text, from, place).append(argument);
                    from = place + 2;
                }
            }
            message.append(text, from, text.length());
            boolean failed = arguments.length > 0 && arguments[arguments.length - 1] instanceof Throwable;
            logger.log(level, message.toString(), failed ? (Throwable) arguments[arguments.length - 1] : null);
        }
    }
}
