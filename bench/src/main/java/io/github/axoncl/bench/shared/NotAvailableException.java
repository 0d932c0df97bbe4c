package io.github.axoncl.bench.shared;

/** A backend that was asked for cannot be had: exit code 3. */
public final class NotAvailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotAvailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
