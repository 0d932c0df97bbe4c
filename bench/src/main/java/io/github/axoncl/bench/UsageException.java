package io.github.axoncl.bench;

/** The surroundings say something that has no meaning, such as an unknown backend in an environment variable: exit code 2. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
