package io.github.axoncl.internal.kernel;

/** A word of kernel text and where it begins. */
record Token(Kind kind, String text, int offset) {
    enum Kind { NAME, NUMBER, SYMBOL, DEFINE, END }

    /** The offset behind the last character. */
    int end() {
        return offset + text.length();
    }

    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
    }
}
