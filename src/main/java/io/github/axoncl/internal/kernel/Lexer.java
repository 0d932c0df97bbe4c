package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/** Divides kernel text into tokens; the end of a {@code #define} is marked by a token of its own, {@code ;}. */
final class Lexer {
    private static final String[] SYMBOLS = {"<<=", ">>=", "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "++", "--", "+=",
        "-=", "*=", "/=", "&=", "|=", "^=", "->"};

    private final SourceText source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final int textEnd;
    private int at;

    private Lexer(SourceText source, int start, int end) {
        this.source = source;
        this.text = source.text();
        this.at = start;
        this.textEnd = end;
    }

    /** The tokens of a part of a text that begins at the beginning of a line. */
    static List<Token> tokens(SourceText source, int start, int end) {
        Lexer lexer = new Lexer(source, start, end);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        boolean lineStart = true;
        boolean inDefine = false;
        while (at < textEnd) {
            char c = text.charAt(at);
            if (c == '\n') {
                if (inDefine) {
                    add(Token.Kind.SYMBOL, ";", at);
                    inDefine = false;
                }
                lineStart = true;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw source.error(at, "this comment does not end");
                }
                at = end + 2;
            } else if (c == '#') {
                inDefine = define(lineStart);
            } else {
                lineStart = false;
                word(c);
            }
        }
        if (inDefine) {
            add(Token.Kind.SYMBOL, ";", at);
        }
        add(Token.Kind.END, "the end of the text", textEnd);
    }

    private boolean define(boolean lineStart) {
        if (!lineStart || !text.startsWith("#define", at)) {
            throw source.error(at, "of preprocessing only \"#define NAME literal\" belongs to the kernel language");
        }
        add(Token.Kind.DEFINE, "#define", at);
        at += "#define".length();
        return true;
    }

    private void word(char c) {
        int start = at;
        if (isNameStart(c)) {
            while (at < text.length() && isNamePart(text.charAt(at))) {
                at++;
            }
            add(Token.Kind.NAME, text.substring(start, at), start);
        } else if (isDigit(c) || c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            number();
            add(Token.Kind.NUMBER, text.substring(start, at), start);
        } else {
            add(Token.Kind.SYMBOL, symbol(c), start);
        }
    }

    /** Takes every character that can continue a number, so that a malformed one is reported whole. */
    private void number() {
        boolean hex = text.startsWith("0x", at) || text.startsWith("0X", at);
        char previous = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean sign = (c == '+' || c == '-')
                    && (hex ? previous == 'p' || previous == 'P' : previous == 'e' || previous == 'E');
            if (!isNamePart(c) && c != '.' && !sign) {
                break;
            }
            previous = c;
            at++;
        }
    }

    private String symbol(char c) {
        boolean mayBeLonger = at + 1 < text.length() && "=<>&|+-".indexOf(text.charAt(at + 1)) >= 0;
        if (mayBeLonger) {
            for (String symbol : SYMBOLS) {
                if (text.startsWith(symbol, at)) {
                    at += symbol.length();
                    return symbol;
                }
            }
        }
        if ("+-*/%&|^~!<>=?:;,.(){}[]".indexOf(c) < 0) {
            throw source.error(at, "the character '" + c + "' does not belong to the kernel language");
        }
        at++;
        return String.valueOf(c);
    }

    private void add(Token.Kind kind, String word, int offset) {
        tokens.add(new Token(kind, word, offset));
    }

    static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }
}
