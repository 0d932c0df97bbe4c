package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Operation;
import io.github.axoncl.PenaltyFunction;
import java.io.IOException;

/** Penalties on activations: a sum over the whole file. */
final class PenaltyFiles {
    private PenaltyFiles() {
    }

    static FileOperation of(PenaltyFunction f, ApplyRequest request) throws IOException {
        FileShape shape = request.elementwise();
        request.input("y", shape.each());
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.FORWARD) {
            request.output("value", FileShape.one());
            return request.undivided(shape, (backend, part) -> backend.forward(f, part.get("y"), part.get("value")));
        }
        request.gradient("dy", shape.each());
        request.output("total", shape.each());
        request.further("value", FileShape.one());
        return request.undivided(shape,
                (backend, part) -> backend.backward(f, part.get("y"), part.get("dy"), part.get("value"), part.get("total")));
    }
}
