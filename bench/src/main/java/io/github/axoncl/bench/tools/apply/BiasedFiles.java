package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.BiasedActivation;
import io.github.axoncl.BiasedStochasticActivation;
import io.github.axoncl.Operation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.bench.tools.apply.FileOperation.Computation;
import java.io.IOException;

/** Functions of a sum with a bias, which has one number for each index along the axis: element-wise ones, with dropout or
 * without. */
final class BiasedFiles {
    static final String BIAS = "bias";

    private BiasedFiles() {
    }

    static FileOperation of(BiasedActivation f, ApplyRequest request) throws IOException {
        return of(request, new Calls(
                (backend, part) -> backend.forward(f, part.rows(), part.get("x"), part.get(BIAS), part.get("y")),
                (backend, part) -> backend.forward(f, part.rows(), part.get("x"), part.get(BIAS), part.get("z"), part.get("y")),
                (backend, part) -> backend.backward(f, part.rows(), part.get("x"), part.get(BIAS), part.get("dy"),
                        part.get("dx"), part.get("dbias"))));
    }

    static FileOperation of(BiasedStochasticActivation f, ApplyRequest request) throws IOException {
        RandomSeed seed = request.seed();
        return of(request, new Calls(
                (backend, part) -> backend.forward(f, part.rows(), part.from(seed), part.get("x"), part.get(BIAS),
                        part.get("y")),
                (backend, part) -> backend.forward(f, part.rows(), part.from(seed), part.get("x"), part.get(BIAS),
                        part.get("z"), part.get("y")),
                (backend, part) -> backend.backward(f, part.rows(), part.from(seed), part.get("x"), part.get(BIAS),
                        part.get("dy"), part.get("dx"), part.get("dbias"))));
    }

    /** What is computed: y; y, and z too; the gradients. */
    private record Calls(Computation forward, Computation keeping, Computation backward) {
    }

    private static FileOperation of(ApplyRequest request, Calls calls) throws IOException {
        FileShape shape = request.rows();
        request.input("x", shape.each());
        request.array(BIAS, shape.perIndex());
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.BACKWARD) {
            request.gradient("dy", shape.each());
            request.output("dx", shape.each());
            request.further("dbias", shape.perIndex());
            return request.undivided(shape, calls.backward());
        }
        request.output("y", shape.each());
        boolean keeps = request.isAskedFor("z");
        if (keeps) {
            request.further("z", shape.each());
        }
        return request.operation(shape, keeps ? calls.keeping() : calls.forward());
    }
}
