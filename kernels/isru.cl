// Inverse square root unit: x / sqrt(1 + alpha x^2)                                       Carlile et al. 2017
float forward(float x, float alpha) { return root_unit(x, alpha); }
float derivative(float x, float alpha) { return root_unit_derivative(x, alpha); }
