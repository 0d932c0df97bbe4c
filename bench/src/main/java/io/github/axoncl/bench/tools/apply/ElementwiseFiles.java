package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Operation;
import java.io.IOException;

/** Element-wise functions. */
final class ElementwiseFiles {
    private ElementwiseFiles() {
    }

    static FileOperation of(ActivationFunction f, ApplyRequest request) throws IOException {
        FileShape shape = request.elementwise();
        Operation operation = request.operation(Operation.values());
        request.input("x", shape.each());
        if (operation.takesGradient()) {
            request.gradient("dy", shape.each());
        }
        request.output("y", shape.each());
        return request.operation(shape, (backend, part) -> {
            switch (operation) {
                case FORWARD -> backend.forward(f, part.get("x"), part.get("y"));
                case DERIVATIVE -> backend.derivative(f, part.get("x"), part.get("y"));
                case BACKWARD -> backend.backward(f, part.get("x"), part.get("dy"), part.get("y"));
                case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(f, part.get("x"), part.get("dy"), part.get("y"));
            }
        });
    }
}
