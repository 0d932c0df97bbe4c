// ReGLU: a relu(b)                                                                        Shazeer 2020
// forward_of_relu and derivative_of_relu are those of relu.cl.
float forward(float a, float b) { return gate_forward(a, forward_of_relu(b)); }
gate_gradients backward(float a, float b, float dy) {
    return gate_backward(a, dy, forward_of_relu(b), derivative_of_relu(b));
}
