package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Operation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import java.io.IOException;

/** Functions that take random decisions. They depend on an element's number in the whole file, so blocks make no difference. */
final class StochasticFiles {
    private static final String PREVIOUS = "previous";

    private StochasticFiles() {
    }

    static FileOperation of(StochasticFunction f, ApplyRequest request) throws IOException {
        Operation operation = request.operation(Operation.FORWARD, Operation.BACKWARD);
        RandomSeed seed = request.seed();
        FileShape shape = request.elementwise();
        boolean two = f.definition() == StochasticActivation.ZONEOUT.definition();
        request.input("x", shape.each());
        if (operation == Operation.FORWARD) {
            if (two) {
                request.array(PREVIOUS, shape.each());
            }
            request.output("y", shape.each());
            return request.operation(shape, (backend, part) -> {
                if (two) {
                    backend.forward(f, part.from(seed), part.get("x"), part.get(PREVIOUS), part.get("y"));
                } else {
                    backend.forward(f, part.from(seed), part.get("x"), part.get("y"));
                }
            });
        }
        request.gradient("dy", shape.each());
        request.output("dx", shape.each());
        if (two) {
            request.further("dprevious", shape.each());
        }
        return request.operation(shape, (backend, part) -> {
            if (two) {
                backend.backwardBoth(f, part.from(seed), part.get("dy"), part.get("dx"), part.get("dprevious"));
            } else {
                backend.backward(f, part.from(seed), part.get("x"), part.get("dy"), part.get("dx"));
            }
        });
    }
}
