// Gated linear unit: a sigmoid(b)                                                         Dauphin et al. 2017
// forward_of_sigmoid and derivative_of_sigmoid are those of sigmoid.cl.
float forward(float a, float b) { return gate_forward(a, forward_of_sigmoid(b)); }
gate_gradients backward(float a, float b, float dy) {
    return gate_backward(a, dy, forward_of_sigmoid(b), derivative_of_sigmoid(b));
}
