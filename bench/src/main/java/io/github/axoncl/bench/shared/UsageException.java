package io.github.axoncl.bench.shared;

/** What was asked for has no meaning or is not supported, or a file is not what it should be: exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
