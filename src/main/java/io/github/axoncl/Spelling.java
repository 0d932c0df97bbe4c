package io.github.axoncl;

/** Tells which names a mistyped one may have meant. */
final class Spelling {
    private Spelling() {
    }

    /** Whether a few typing mistakes lead from one name to the other: at most one in three letters of the longer. */
    static boolean isNear(String typed, String name) {
        return typed.length() < 100 && distance(typed, name) <= Math.max(typed.length(), name.length()) / 3;
    }

    /** How many letters must be put in, taken out or changed: Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
