// Gumbel noise: x + g, g = -log(-log u): the largest of such sums falls on each with the probability of softmax   Gumbel 1954
float forward(float x, uint bits) { return gumbel_plus(x, bits); }
