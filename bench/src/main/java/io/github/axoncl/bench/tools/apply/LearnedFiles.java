package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.tools.npy.NpyInput;
import io.github.axoncl.bench.tools.npy.NpyType;
import java.io.IOException;

/** Element-wise functions whose parameter is a file: one number for all, or one for each index along the axis. */
final class LearnedFiles {
    private LearnedFiles() {
    }

    static FileOperation of(ActivationFunction f, String name, ApplyRequest request) throws IOException {
        NpyInput parameter = request.file(name, NpyType.FLOAT32);
        boolean single = parameter.header().elements() == 1;
        FileShape shape = single ? request.elementwise() : request.rows();
        ArrayShape numbers = single ? new ArrayShape(parameter.header().shape(), 0, "one number") : shape.perIndex();
        request.input("x", shape.each());
        request.array(name, parameter, numbers);
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.FORWARD) {
            request.output("y", shape.each());
            return request.operation(shape,
                    (backend, part) -> backend.forward(f, part.rows(), part.get("x"), part.get(name), part.get("y")));
        }
        request.gradient("dy", shape.each());
        request.output("dx", shape.each());
        request.further("d" + name, numbers);
        return request.undivided(shape, (backend, part) -> backend.backward(f, part.rows(), part.get("x"), part.get(name),
                part.get("dy"), part.get("dx"), part.get("d" + name)));
    }
}
