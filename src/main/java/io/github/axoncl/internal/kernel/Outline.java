package io.github.axoncl.internal.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one of the library's own texts declares and where, found without reading it: every declaration begins at the beginning
 * of a line, and no other line but a comment or a closing brace does. A test holds it against the parser.
 */
final class Outline {
    /** What a declaration declares. */
    enum Kind { CONSTANT, STRUCT, FUNCTION }

    /** A declaration that may not have been read yet: the text from its first character to the next one's. */
    record Piece(SourceText source, int start, int end, Kind kind) {
    }

    private final SourceText source;
    private final Map<String, Piece> pieces = new LinkedHashMap<>();
    private int start = -1;

    private Outline(SourceText source) {
        this.source = source;
    }

    /** The declarations by their names, in their order. */
    static Map<String, Piece> of(SourceText source) {
        Outline outline = new Outline(source);
        String text = source.text();
        for (int at = 0; at < text.length(); at = text.indexOf('\n', at) + 1) {
            char first = text.charAt(at);
            if (first == '#' || Lexer.isNameStart(first)) {
                outline.endAt(at);
                outline.start = at;
            }
            if (text.indexOf('\n', at) < 0) {
                break;
            }
        }
        outline.endAt(text.length());
        return outline.pieces;
    }

    private void endAt(int end) {
        if (start >= 0) {
            String text = source.text();
            Kind kind = text.charAt(start) == '#' ? Kind.CONSTANT : text.startsWith("typedef", start) ? Kind.STRUCT
                    : Kind.FUNCTION;
            String name = switch (kind) {
                case CONSTANT -> wordBehind(text.indexOf(' ', start));
                case STRUCT -> wordBehind(text.indexOf('}', start) + 1);
                case FUNCTION -> wordBefore(text.indexOf('(', start));
            };
            pieces.put(name, new Piece(source, start, end, kind));
        }
    }

    private String wordBehind(int at) {
        int from = at;
        while (source.text().charAt(from) == ' ') {
            from++;
        }
        int to = from;
        while (Lexer.isNamePart(source.text().charAt(to))) {
            to++;
        }
        return source.text().substring(from, to);
    }

    private String wordBefore(int at) {
        int from = at;
        while (Lexer.isNamePart(source.text().charAt(from - 1))) {
            from--;
        }
        return source.text().substring(from, at);
    }
}
