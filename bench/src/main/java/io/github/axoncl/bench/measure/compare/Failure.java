package io.github.axoncl.bench.measure.compare;

/**
 * What could not be measured, and why.
 *
 * @param who  the peer or contender
 * @param what the subject, or "" for all of it
 * @param why  the reason
 */
record Failure(String who, String what, String why) {
    @Override
    public String toString() {
        return who + (what.isEmpty() ? "" : ", " + what) + ": " + why;
    }
}
