package io.github.axoncl.bench.shared;

/** What a command promised did not come true: exit code 1, told without a stack trace. */
public final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FailedException(String message) {
        super(message);
    }
}
