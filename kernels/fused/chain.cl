// y = g(f(x)): two functions as one, each with its own parameters; g may take random decisions, such as dropout's
//
// f_... and g_... are the functions that are joined; NAME_backward multiplies dy by a derivative. Every step is rounded as it is
// when the two are computed one after the other, so the results are the same bits.
float forward(float x) { return g_forward(f_forward(x)); }
float derivative(float x) { return f_backward(x, g_derivative(f_forward(x))); }
float backward(float x, float dy) { return f_backward(x, g_backward(f_forward(x), dy)); }
