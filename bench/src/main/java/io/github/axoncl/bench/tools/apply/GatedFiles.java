package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.GatedFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.shared.UsageException;
import java.io.IOException;

/** Gated functions: what passes and its gate are two files, or the halves of one along the axis. */
final class GatedFiles {
    private static final String GATE = "gate";

    private GatedFiles() {
    }

    static FileOperation of(GatedFunction f, ApplyRequest request) throws IOException {
        Operation operation = request.operation(Operation.FORWARD, Operation.BACKWARD);
        if (request.isFile(GATE)) {
            return twoFiles(f, operation, request);
        }
        return switch (request.text(GATE, "second")) {
            case "second" -> halves(f, operation, request);
            case "first" -> halves(f.gateFirst(), operation, request);
            default -> throw new UsageException("--param gate=" + request.text(GATE, "")
                    + ": must be first or second, for a half of the input, or @FILE.npy");
        };
    }

    private static FileOperation twoFiles(GatedFunction f, Operation operation, ApplyRequest request) throws IOException {
        FileShape shape = request.elementwise();
        request.input("a", shape.each());
        request.array(GATE, shape.each());
        if (operation == Operation.FORWARD) {
            request.output("y", shape.each());
            return request.operation(shape,
                    (backend, part) -> backend.forward(f, part.get("a"), part.get(GATE), part.get("y")));
        }
        request.gradient("dy", shape.each());
        request.output("da", shape.each());
        request.further("dgate", shape.each());
        return request.operation(shape, (backend, part) -> backend.backward(f, part.get("a"), part.get(GATE), part.get("dy"),
                part.get("da"), part.get("dgate")));
    }

    private static FileOperation halves(GatedFunction f, Operation operation, ApplyRequest request) throws IOException {
        FileShape both = request.rows();
        FileShape half = both.part(2);
        request.input("ab", both.each());
        if (operation == Operation.FORWARD) {
            request.output("y", half.each());
            return request.operation(half, (backend, part) -> backend.forward(f, part.rows(), part.get("ab"), part.get("y")));
        }
        request.gradient("dy", half.each());
        request.output("dab", both.each());
        return request.operation(half,
                (backend, part) -> backend.backward(f, part.rows(), part.get("ab"), part.get("dy"), part.get("dab")));
    }
}
