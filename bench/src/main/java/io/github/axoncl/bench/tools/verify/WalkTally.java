package io.github.axoncl.bench.tools.verify;

/**
 * What is known of the errors on some of the floats: adds up in any order.
 *
 * @param values    how many floats
 * @param aboveHalf how many errors are above 0.5 ULP
 * @param aboveOne  how many are above 1 ULP
 * @param maxUlp    the largest error
 * @param worst     the bits of the input that has it, as an unsigned number the smallest one
 * @param checksum  the sum that becomes the golden checksum
 */
record WalkTally(long values, long aboveHalf, long aboveOne, double maxUlp, int worst, long checksum) {
    static final WalkTally NOTHING = new WalkTally(0, 0, 0, -1, 0, 0);
    private static final int PARTS = 6;

    WalkTally plus(WalkTally other) {
        int order = Double.compare(maxUlp, other.maxUlp);
        boolean mine = order > 0 || order == 0 && Integer.compareUnsigned(worst, other.worst) <= 0;
        return new WalkTally(values + other.values, aboveHalf + other.aboveHalf, aboveOne + other.aboveOne,
                mine ? maxUlp : other.maxUlp, mine ? worst : other.worst, checksum + other.checksum);
    }

    float worstInput() {
        return Float.intBitsToFloat(worst);
    }

    String toLine() {
        return values + " " + aboveHalf + " " + aboveOne + " " + Double.toHexString(maxUlp) + " " + Integer.toHexString(worst)
                + " " + Long.toHexString(checksum);
    }

    /** What {@link #toLine} wrote. */
    static WalkTally ofLine(String line) {
        String[] parts = line.split(" ");
        if (parts.length != PARTS) {
            throw new IllegalArgumentException(line);
        }
        return new WalkTally(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]),
                Double.parseDouble(parts[3]), Integer.parseUnsignedInt(parts[4], 16), Long.parseUnsignedLong(parts[5], 16));
    }
}
