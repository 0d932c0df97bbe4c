package io.github.axoncl.contract;

import io.github.axoncl.Backend;

import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A call that must be refused.
 *
 * @param call    the call
 * @param type    exactly what it throws
 * @param message the whole message
 */
record Mistake(Consumer<Backend> call, Class<? extends Exception> type, String message) {

    static Mistake mistake(Consumer<Backend> call, Class<? extends Exception> type, String message) {
        return new Mistake(call, type, message);
    }

    static Mistake mistake(Consumer<Backend> call, String message) {
        return mistake(call, IllegalArgumentException.class, message);
    }

    /** Makes the call.
     *
     * @param operands arrays of zeros, which must stay so */
    void assertRefused(Backend backend, float[]... operands) {
        assertThatThrownBy(() -> call.accept(backend)).isExactlyInstanceOf(type).hasMessage(message);
        for (float[] operand : operands) {
            assertThat(operand).containsOnly(0);
        }
    }

    @Override
    public String toString() {
        return message;
    }
}
