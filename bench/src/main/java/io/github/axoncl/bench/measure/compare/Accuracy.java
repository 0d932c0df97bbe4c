package io.github.axoncl.bench.measure.compare;

/**
 * The largest errors of a contender.
 *
 * @param contender who computed
 * @param function  what
 * @param backward  the gradient for dy = 1, or for given dy where rows are centred, instead of the output
 * @param maxUlp    over all inputs, in units of the exact value's last place
 * @param worst     the input with that error; where a row is, its first element
 * @param nearUlp   over inputs in [-20, 20] only
 * @param judged    the number of inputs
 */
record Accuracy(String contender, String function, boolean backward, double maxUlp, float worst, double nearUlp, int judged) {
}
