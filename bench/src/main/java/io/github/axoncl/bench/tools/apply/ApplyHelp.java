package io.github.axoncl.bench.tools.apply;

/** The part of apply's help that says what each family takes and writes, and what of it is divided into blocks. */
final class ApplyHelp {
    static final String OPERANDS = """
              softmax, log_softmax, logsumexp: --param mask=@FILE, float32 (added) or bool or uint8 (0 hides), of any shape \
            that NumPy broadcasts to that of in.npy; or mask=causal, by which the last query sees every key, or \
            mask=causal:N, by which query q sees the keys 0 to q + N: keys are the last axis, queries the one before. The \
            output of logsumexp, and its --grad, is without the axis.
              gumbel_softmax, dropout, alpha_dropout, zoneout, rrelu, stochastic_gelu, gumbel_noise: --seed. zoneout: \
            previous=@FILE for forward, and for backward --out dprevious.
              prelu, leaky_relu (slope), swish (beta), elu, celu (alpha): a number, or @FILE with one, or with one for each \
            index along --axis; then backward has --out dslope, dbeta or dalpha.
              these and every other element-wise function: bias=@FILE for f(x + bias), one number for each index along \
            --axis; forward has --out z, which is x + bias, and backward --out dbias. Behind any of them, unless a \
            parameter is a file: --dropout with --seed.
              glu, reglu, geglu, swiglu, bilinear: in.npy has both halves along --axis, the second being the gate \
            (gate=first: the first one); or gate=@FILE, and then backward has --out dgate.
              softmax_cross_entropy: targets=@FILE, an int32 class for each row (ignore=N leaves rows out) or float32 \
            probabilities. sigmoid_binary_cross_entropy: probabilities. Both: weights=@FILE, one for each index along \
            --axis; reduction=none, sum or mean (the default). backward gives the loss's gradient, without --grad, and has \
            --out loss.
              l1_l2: backward gives --grad with the penalty's gradient added, and has --out value.
              lstm: in.npy has zi, zf, zg and zo along --axis; c_before=@FILE; out.npy is h; --out c. backward: c=@FILE and \
            dc=@FILE, and --out dc_before. gru: in.npy has xr, xu and xn; from_state=@FILE (hr, hu and hn) and \
            h_before=@FILE; backward has --out dfrom_state and --out dh_before.

            Files may be larger than the memory: they are computed in blocks of whole rows. In one piece, of at most \
            2^29 - 1 elements, are losses, l1_l2, and backward with a parameter or a bias from a file, whose gradient is a \
            sum over the whole. Files that are used again and again (parameters, biases, weights, broadcast masks) are held \
            in memory, too.""";

    private ApplyHelp() {
    }
}
