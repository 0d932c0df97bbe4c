package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;

import java.util.List;

/** A walk over the tokens of one text. */
final class Cursor {
    private final SourceText source;
    private final List<Token> tokens;
    private int at;

    /** A walk over a part of a text. */
    Cursor(SourceText source, int start, int end) {
        this.source = source;
        this.tokens = Lexer.tokens(source, start, end);
    }

    SourceText source() {
        return source;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token peekThird() {
        return tokens.get(Math.min(at + 2, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    /** Where the last token that was taken ends. */
    int end() {
        return Math.min(tokens.get(at - 1).end(), source.text().length());
    }

    boolean accept(String symbol) {
        if (peek().is(symbol)) {
            next();
            return true;
        }
        return false;
    }

    Token expect(String symbol, String rule) {
        Token token = next();
        if (!token.is(symbol)) {
            throw error(token, "\"" + symbol + "\" expected before \"" + token.text() + "\": " + rule);
        }
        return token;
    }

    Token name(String what) {
        Token token = next();
        if (token.kind() != Token.Kind.NAME) {
            throw error(token, "\"" + token.text() + "\" is not the name of " + what);
        }
        return token;
    }

    KernelBuildException error(Token token, String message) {
        return source.error(token.offset(), message);
    }
}
