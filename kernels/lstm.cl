// Gates of a long short-term memory: c = s(zf) c_before + s(zi) tanh zg, h = s(zo) tanh c, s the sigmoid
//                                                                    Hochreiter and Schmidhuber 1997, Gers et al. 2000
// All four gates of one step in one pass. Sums of products are one product and one fma; everything else is rounded by itself.
typedef struct { float c; float h; } lstm_state;
lstm_state forward(float zi, float zf, float zg, float zo, float c_before) {
    float c = fma(sigmoid_of(zf), c_before, sigmoid_of(zi) * tanh_of(zg));
    lstm_state s = { c, sigmoid_of(zo) * tanh_of(c) };
    return s;
}

// dc is what the next step says of c. total is the whole gradient with respect to c.
typedef struct { float dzi; float dzf; float dzg; float dzo; float dc_before; } lstm_gradients;
lstm_gradients backward(float zi, float zf, float zg, float zo, float c_before, float c, float dh, float dc) {
    float total = fma(dh * sigmoid_of(zo), tanh_of_d_x(c), dc);
    lstm_gradients g = { (total * tanh_of(zg)) * sigmoid_of_d_x(zi), (total * c_before) * sigmoid_of_d_x(zf),
                         (total * sigmoid_of(zi)) * tanh_of_d_x(zg), (dh * tanh_of(c)) * sigmoid_of_d_x(zo),
                         total * sigmoid_of(zf) };
    return g;
}
