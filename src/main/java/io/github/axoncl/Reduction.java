package io.github.axoncl;

/** What becomes of the losses of a call. */
public enum Reduction {
    /** Each remains. */
    NONE,
    /** Their sum. */
    SUM,
    /** Their sum divided by how many there are. With class indices by the sum of the class weights of the rows that are not
     * ignored, which is their number where there are no weights: NaN if it is 0. */
    MEAN
}
