package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Operation;
import java.io.IOException;

/** One step of a recurrent cell: the input has its gates side by side along the axis. */
final class RecurrentFiles {
    private RecurrentFiles() {
    }

    static FileOperation lstm(ApplyRequest request) throws IOException {
        FileShape gates = request.rows();
        FileShape units = gates.part(4);
        request.input("gates", gates.each());
        request.array("c_before", units.each());
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.FORWARD) {
            request.output("h", units.each());
            request.further("c", units.each());
            return request.operation(units, (backend, part) -> backend.lstmForward(part.rows(), part.get("gates"),
                    part.get("c_before"), part.get("c"), part.get("h")));
        }
        request.array("c", units.each());
        request.gradient("dh", units.each());
        request.array("dc", units.each());
        request.output("dgates", gates.each());
        request.further("dc_before", units.each());
        return request.operation(units, (backend, part) -> backend.lstmBackward(part.rows(), part.get("gates"),
                part.get("c_before"), part.get("c"), part.get("dh"), part.get("dc"), part.get("dgates"),
                part.get("dc_before")));
    }

    static FileOperation gru(ApplyRequest request) throws IOException {
        FileShape gates = request.rows();
        FileShape units = gates.part(3);
        request.input("from_input", gates.each());
        request.array("from_state", gates.each());
        request.array("h_before", units.each());
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.FORWARD) {
            request.output("h", units.each());
            return request.operation(units, (backend, part) -> backend.gruForward(part.rows(), part.get("from_input"),
                    part.get("from_state"), part.get("h_before"), part.get("h")));
        }
        request.gradient("dh", units.each());
        request.output("dfrom_input", gates.each());
        request.further("dfrom_state", gates.each());
        request.further("dh_before", units.each());
        return request.operation(units, (backend, part) -> backend.gruBackward(part.rows(), part.get("from_input"),
                part.get("from_state"), part.get("h_before"), part.get("dh"), part.get("dfrom_input"), part.get("dfrom_state"),
                part.get("dh_before")));
    }
}
