package io.github.axoncl.bench;

/** What a command promised did not come true: exit code 1, told without a stack trace. */
final class FailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FailedException(String message) {
        super(message);
    }
}
