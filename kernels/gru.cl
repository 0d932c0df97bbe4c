// Gates of a gated recurrent unit: h = n + u (h_before - n), n = tanh(xn + r hn), r = s(xr + hr), u = s(xu + hu), s the sigmoid
//                                                                                                   Cho et al. 2014
// x... come from the input, h... from the state before; the reset gate r works on hn, which has its bias in it. All three gates
// of one step in one pass. 1 - u is s(-(xu + hu)), which loses nothing where u is near 1.
float forward(float xr, float xu, float xn, float hr, float hu, float hn, float h_before) {
    float n = tanh_of(fma(sigmoid_of(xr + hr), hn, xn));
    return fma(sigmoid_of(xu + hu), h_before - n, n);
}

typedef struct { float dxr; float dxu; float dxn; float dhr; float dhu; float dhn; float dh_before; } gru_gradients;
gru_gradients backward(float xr, float xu, float xn, float hr, float hu, float hn, float h_before, float dh) {
    float r = sigmoid_of(xr + hr);
    float v = fma(r, hn, xn);
    float dn = (dh * sigmoid_of(-(xu + hu))) * tanh_of_d_x(v);
    float dr = (dn * hn) * sigmoid_of_d_x(xr + hr);
    float du = (dh * (h_before - tanh_of(v))) * sigmoid_of_d_x(xu + hu);
    gru_gradients g = { dr, du, dn, dr, du, dn * r, dh * sigmoid_of(xu + hu) };
    return g;
}
