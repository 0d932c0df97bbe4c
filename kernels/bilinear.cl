// Bilinear gate: a b                                                                      Mnih and Hinton 2007
float forward(float a, float b) { return gate_forward(a, b); }
gate_gradients backward(float a, float b, float dy) { return gate_backward(a, dy, b, 1.0f); }
