package io.github.axoncl.oracle;

/** A sum of doubles with an error of about one rounding of the result. Neumaier 1974. */
final class CompensatedSum {
    private double sum;
    private double lost;

    void add(double term) {
        double next = sum + term;
        lost += Math.abs(sum) >= Math.abs(term) ? (sum - next) + term : (term - next) + sum;
        sum = next;
    }

    double value() {
        return Double.isFinite(sum) ? sum + lost : sum;
    }
}
