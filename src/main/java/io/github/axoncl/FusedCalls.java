package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.Objects;

/** What the calls of fused functions are made of. */
final class FusedCalls {
    private FusedCalls() {
    }

    /** y = f(x + bias); z = x + bias is written if it is not null. */
    static CallBuilder forward(FusedActivation<?> f, Rows rows, Operand x, Operand bias, Operand z, Operand y) {
        CallBuilder call = CallBuilder.of(Operation.FORWARD, f, Form.MAP, rows).in("x", Layout.EACH, x)
                .in("bias", Layout.AXIS, bias);
        if (z != null) {
            call.out("z", Layout.EACH, z);
        }
        return call.out("y", Layout.EACH, y);
    }

    /** dx and the bias's gradient; z is the sum of x and bias already if the bias is null. */
    static CallBuilder backward(FusedActivation<?> f, Rows rows, String name, Operand z, Operand bias, Operand dy, Operand dx,
                            Operand dbias) {
        CallBuilder call = CallBuilder.of(Operation.BACKWARD, f, Form.ALONG_OTHERS, rows).in("z", name, Layout.EACH, z);
        if (bias == null) {
            call.constant("adds", 0).constant("bias", 0);
        } else {
            call.in("bias", Layout.AXIS, bias).constant("adds", 1);
        }
        return call.in("dy", Layout.EACH, dy).out("dx", Layout.EACH, dx).out("dbias", Layout.AXIS, dbias);
    }

    /** A call of such a function that takes random decisions. */
    static CallBuilder random(CallBuilder call, BiasedStochasticActivation f, Rows rows, RandomSeed seed) {
        Objects.requireNonNull(seed, "seed");
        seed.addTo(call, rows.length());
        StochasticCalls.addNumbers(call, "f_", f.activation());
        return call;
    }

    /** y = alpha f(x) + beta y. */
    static CallBuilder forward(AccumulatedActivation f, Operand x, Operand y) {
        return CallBuilder.ofElements(Operation.FORWARD, f, x.length()).in("x", Layout.EACH, x)
                .in("y", Layout.EACH, y).scalar("alpha", f.alpha()).scalar("beta", f.beta()).out("result", "y", Layout.EACH, y);
    }

    /** The penalty's value. */
    static CallBuilder forward(PenaltyFunction f, Operand y, Operand value) {
        return CallBuilder.of(Operation.FORWARD, f, Form.ALONG_AXIS, Rows.of(1, y.length())).in("y", Layout.EACH, y)
                .out("value", Layout.ROW, value);
    }

    /** The penalty's value, and dy with its gradient. */
    static CallBuilder backward(PenaltyFunction f, Operand y, Operand dy, Operand value, Operand total) {
        return CallBuilder.of(Operation.BACKWARD, f, Form.ALONG_AXIS, Rows.of(1, y.length())).in("y", Layout.EACH, y)
                .in("dy", Layout.EACH, dy).out("value", Layout.ROW, value).out("dx", "total", Layout.EACH, total);
    }

    /** One step of an LSTM. */
    static CallBuilder lstm(Rows rows, Operand gates, Operand before, Operand c, Operand h) {
        return CallBuilder.of(Operation.FORWARD, RecurrentCell.LSTM, Form.MAP, rows)
                .inParts("gates", gates, "zi", "zf", "zg", "zo")
                .in("c_before", "cBefore", Layout.EACH, before).out("c", Layout.EACH, c).out("h", Layout.EACH, h);
    }

    /** Back through one step of an LSTM. */
    static CallBuilder lstmBackward(Rows rows, Operand gates, Operand before, Operand c, Operand dh, Operand dc, Operand dgates,
                                Operand dbefore) {
        return CallBuilder.of(Operation.BACKWARD, RecurrentCell.LSTM, Form.MAP, rows)
                .inParts("gates", gates, "zi", "zf", "zg", "zo")
                .in("c_before", "cBefore", Layout.EACH, before).in("c", Layout.EACH, c).in("dh", Layout.EACH, dh)
                .in("dc", Layout.EACH, dc).outParts("dgates", dgates, "dzi", "dzf", "dzg", "dzo")
                .out("dc_before", "dcBefore", Layout.EACH, dbefore);
    }

    /** One step of a GRU. */
    static CallBuilder gru(Rows rows, Operand fromInput, Operand fromState, Operand before, Operand h) {
        return CallBuilder.of(Operation.FORWARD, RecurrentCell.GRU, Form.MAP, rows)
                .inParts("fromInput", fromInput, "xr", "xu", "xn")
                .inParts("fromState", fromState, "hr", "hu", "hn").in("h_before", "hBefore", Layout.EACH, before)
                .out("h", Layout.EACH, h);
    }

    /** Back through one step of a GRU. */
    static CallBuilder gruBackward(Rows rows, Operand fromInput, Operand fromState, Operand before, Operand dh,
                                   Operand dfromInput, Operand dfromState, Operand dbefore) {
        return CallBuilder.of(Operation.BACKWARD, RecurrentCell.GRU, Form.MAP, rows)
                .inParts("fromInput", fromInput, "xr", "xu", "xn")
                .inParts("fromState", fromState, "hr", "hu", "hn").in("h_before", "hBefore", Layout.EACH, before)
                .in("dh", Layout.EACH, dh).outParts("dfromInput", dfromInput, "dxr", "dxu", "dxn")
                .outParts("dfromState", dfromState, "dhr", "dhu", "dhn").out("dh_before", "dhBefore", Layout.EACH, dbefore);
    }
}
