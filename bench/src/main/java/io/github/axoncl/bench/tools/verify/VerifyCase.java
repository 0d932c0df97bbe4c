package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import java.util.ArrayList;
import java.util.List;

/**
 * One function with one operation on rows of one kind.
 *
 * @param title   function, operation, type if it is not float32, and shape
 * @param type    the type of the elements
 * @param prepare makes the inputs for about as many values
 */
record VerifyCase(String title, DType type, Preparation prepare) {

    /** Makes a trial; the CPU reference computes inputs where the operation starts from another one's output. */
    interface Preparation {
        Trial of(int samples, Backend reference);
    }

    VerifyCase(String title, Preparation prepare) {
        this(title, DType.FLOAT32, prepare);
    }

    /** Every function of every family, with its default parameters and with others, every operation. */
    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>(ElementwiseCases.all());
        cases.addAll(RowCases.all());
        cases.addAll(LossCases.all());
        cases.addAll(GatedCases.all());
        cases.addAll(LearnedCases.all());
        cases.addAll(StochasticCases.all());
        cases.addAll(FusedCases.all());
        cases.addAll(DropoutCases.all());
        cases.addAll(RecurrentCases.all());
        cases.addAll(TypeCases.all());
        return cases;
    }
}
