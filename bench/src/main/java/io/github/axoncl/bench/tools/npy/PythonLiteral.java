package io.github.axoncl.bench.tools.npy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the dictionary of a header. Its values are String, Boolean, or for a tuple a List of Long. */
final class PythonLiteral {
    private static final String STRING = "'[^'\\\\]*'|\"[^\"\\\\]*\"";
    private static final Pattern ENTRY = Pattern.compile("\\G\\s*(" + STRING + ")\\s*:\\s*(" + STRING
            + "|True|False|\\([^()]*\\))\\s*(?:,\\s*|\\z)");
    /** Python 2 wrote an L behind long integers. */
    private static final Pattern INTEGER = Pattern.compile("\\s*(\\d{1,18})L?\\s*");

    private PythonLiteral() {
    }

    static Map<String, Object> dictionary(String text) {
        check(text.strip().matches("(?s)\\{.*}"), text, "not a dictionary in braces");
        String inside = text.strip().substring(1, text.strip().length() - 1);
        Map<String, Object> entries = new HashMap<>();
        int end = 0;
        for (Matcher entry = ENTRY.matcher(inside); entry.find(); end = entry.end()) {
            String key = entry.group(1).substring(1, entry.group(1).length() - 1);
            check(entries.put(key, value(entry.group(2))) == null, key, "the key occurs twice");
        }
        check(inside.substring(end).isBlank(), inside.substring(end), "expected 'key': value and a comma or the end; a value is "
                + "a string without escapes (a structured type is none), True, False or a tuple of integers");
        return entries;
    }

    private static Object value(String text) {
        String inside = text.substring(1, text.length() - 1);
        if (text.charAt(0) != '(') {
            return text.equals("True") ? Boolean.TRUE : text.equals("False") ? Boolean.FALSE : inside;
        }
        check(inside.isBlank() || inside.contains(","), text, "not a tuple, a comma is missing");
        return inside.isBlank() ? List.of() : Stream.of(inside.replaceFirst(",\\s*\\z", "").split(",", -1)).map(number -> {
            Matcher integer = INTEGER.matcher(number);
            check(integer.matches(), number, "not an extent, an integer from 0 on with at most 18 digits");
            return Long.valueOf(integer.group(1));
        }).toList();
    }

    private static void check(boolean holds, String text, String rule) {
        if (!holds) {
            throw new NpyException(NpyException.show(text) + ": " + rule);
        }
    }
}
