package io.github.axoncl.internal.kernel;

/** A word of kernel text and where it begins. */
record Token(Kind kind, String text, int offset) {
    enum Kind { NAME, NUMBER, SYMBOL, DEFINE, END }

    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
    }
}
