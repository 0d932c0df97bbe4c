package io.github.axoncl.bench.tools.npy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the Python literals that occur in headers: dictionaries, tuples and lists (both become a List), strings without
 * escapes, integers (Long), True and False. Anything else is an error with its column.
 */
final class PythonLiteral {
    /** NumPy nests three deep, for structured types; more is not a header but an attempt at the stack. */
    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        PythonLiteral reader = new PythonLiteral(text);
        Object value = reader.value(0);
        if (reader.peek() != 0) {
            throw reader.wrong("the end");
        }
        return value;
    }

    private Object value(int depth) {
        if (depth > DEEPEST) {
            throw new NpyException("column " + (at + 1) + ": nested too deep");
        }
        char first = peek();
        if (first == '{') {
            return dictionary(depth);
        } else if (first == '(' || first == '[') {
            return sequence(depth, first == '(' ? ')' : ']');
        } else if (first == '\'' || first == '"') {
            return string(first);
        } else if (first == '-' || digit(first)) {
            return integer();
        } else if (word("True")) {
            return true;
        } else if (word("False")) {
            return false;
        }
        throw wrong("a value");
    }

    private Map<Object, Object> dictionary(int depth) {
        Map<Object, Object> entries = new LinkedHashMap<>();
        at++;
        while (!taken('}')) {
            Object key = value(depth + 1);
            expect(':');
            if (entries.containsKey(key)) {
                throw new NpyException("column " + (at + 1) + ": the key " + show(key) + " occurs twice");
            }
            entries.put(key, value(depth + 1));
            if (peek() != '}') {
                expect(',');
            }
        }
        return entries;
    }

    private List<Object> sequence(int depth, char end) {
        List<Object> values = new ArrayList<>();
        boolean comma = true;
        at++;
        while (!taken(end)) {
            values.add(value(depth + 1));
            comma = taken(',');
            if (!comma && peek() != end) {
                throw wrong("',' or '" + end + "'");
            }
        }
        if (end == ')' && values.size() == 1 && !comma) {
            throw new NpyException("column " + at + ": (" + show(values.get(0)) + ") is not a tuple, a comma is missing");
        }
        return values;
    }

    private String string(char quote) {
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw new NpyException("column " + (at + 1) + ": the string has no end");
        }
        String content = text.substring(at + 1, end);
        if (content.indexOf('\\') >= 0) {
            throw new NpyException("column " + (at + 1) + ": a string with escapes");
        }
        at = end + 1;
        return content;
    }

    private Long integer() {
        int begin = at;
        do {
            at++;
        } while (at < text.length() && digit(text.charAt(at)));
        String digits = text.substring(begin, at);
        try {
            long value = Long.parseLong(digits);
            word("L");                                      // what Python 2 wrote behind long integers
            return value;
        } catch (NumberFormatException e) {
            throw new NpyException("column " + (begin + 1) + ": \"" + digits + "\" is not a number below 2^63");
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private boolean word(String word) {
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private boolean taken(char c) {
        boolean found = peek() == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c) {
        if (!taken(c)) {
            throw wrong("'" + c + "'");
        }
    }

    /** The next character that is not white space; 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private NpyException wrong(String expected) {
        String found = at < text.length() ? "\"" + printable(text.substring(at, Math.min(text.length(), at + 12))) + "\""
                : "the end";
        return new NpyException("column " + (at + 1) + ": expected " + expected + ", found " + found);
    }

    /** As Python would write it. */
    static String show(Object value) {
        if (value instanceof String text) {
            return "'" + printable(text) + "'";
        }
        return printable(String.valueOf(value));
    }

    /** Text of a foreign file for a message: no control characters, not endless. */
    static String printable(String text) {
        String shown = text.replaceAll("\\p{Cntrl}", "?");
        return shown.length() <= 80 ? shown : shown.substring(0, 77) + "...";
    }
}
