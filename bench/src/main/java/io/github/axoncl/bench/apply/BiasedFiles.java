package io.github.axoncl.bench.apply;

import io.github.axoncl.BiasedActivation;
import io.github.axoncl.Operation;
import java.io.IOException;

/** Element-wise functions of a sum with a bias, which has one number for each index along the axis. */
final class BiasedFiles {
    static final String BIAS = "bias";

    private BiasedFiles() {
    }

    static FileOperation of(BiasedActivation f, ApplyRequest request) throws IOException {
        FileShape shape = request.rows();
        request.input("x", shape.each());
        request.array(BIAS, shape.perIndex());
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.BACKWARD) {
            request.gradient("dy", shape.each());
            request.output("dx", shape.each());
            request.further("dbias", shape.perIndex());
            return request.undivided(shape, (backend, part) -> backend.backward(f, part.rows(), part.get("x"), part.get(BIAS),
                    part.get("dy"), part.get("dx"), part.get("dbias")));
        }
        request.output("y", shape.each());
        if (request.isAskedFor("z")) {
            request.further("z", shape.each());
            return request.operation(shape, (backend, part) -> backend.forward(f, part.rows(), part.get("x"), part.get(BIAS),
                    part.get("z"), part.get("y")));
        }
        return request.operation(shape,
                (backend, part) -> backend.forward(f, part.rows(), part.get("x"), part.get(BIAS), part.get("y")));
    }
}
