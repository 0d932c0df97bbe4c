package io.github.axoncl.bench.measure.regret;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import java.util.List;

/** The functions of the table: one or two of each class whose cost is predicted alike, and of these some by which it was not
 * measured. */
enum RegretWork {
    RELU(Activation.RELU),
    HARD_SWISH(Activation.HARD_SWISH),
    SIGMOID(Activation.SIGMOID),
    FAST_GELU(Activation.GELU.fast()),
    GELU(Activation.GELU),
    MISH(Activation.MISH),
    RELU_BACKWARD(Activation.RELU),
    SILU_BACKWARD(Activation.SILU),
    SOFTMAX(null);

    static final List<RegretWork> FEW = List.of(RELU, SIGMOID, GELU, RELU_BACKWARD, SOFTMAX);
    private static final int MOST_COLUMNS = 1024;

    private final ActivationFunction function;

    RegretWork(ActivationFunction function) {
        this.function = function;
    }

    private boolean isBackward() {
        return name().endsWith("_BACKWARD");
    }

    int operands() {
        return isBackward() ? 3 : 2;
    }

    private static Rows rows(int n) {
        int columns = Math.min(n, MOST_COLUMNS);
        return Rows.of(n / columns, columns);
    }

    void run(Backend backend, List<Operand> operands) {
        Operand x = operands.get(0);
        Operand out = operands.get(operands.size() - 1);
        if (function == null) {
            backend.forward(RowActivation.SOFTMAX, rows((int) x.length()), x, out);
        } else if (isBackward()) {
            backend.backward(function, x, operands.get(1), out);
        } else {
            backend.forward(function, x, out);
        }
    }

    Explanation explain(Backend backend, int n, Residence residence) {
        return function == null ? backend.explain(RowActivation.SOFTMAX, Operation.FORWARD, rows(n), residence)
                : backend.explain(function, isBackward() ? Operation.BACKWARD : Operation.FORWARD, n, residence);
    }
}
