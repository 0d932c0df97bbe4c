// Leaky ReLU: x > 0 ? x : slope x                                                         Maas et al. 2013
real forward(real x, real slope) { return leaky(x, slope); }
real derivative(real x, real slope) { return leaky_derivative(x, slope); }
real derivative_from_output(real y, real slope) { return leaky_derivative(y, slope); }

// The slope as a learned parameter: its gradient is the sum of dy x over the x that are not above 0, the products being exact.
pair backward_term(float x, float dy) { return negative_side_term(x, dy, pair_of(x, 0.0f)); }
float backward_row(pair sum) { return row_value(sum); }
real backward_result(real x, real dy, real slope) { return chain_rule(dy, leaky_derivative(x, slope)); }
