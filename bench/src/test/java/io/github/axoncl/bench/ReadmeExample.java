package io.github.axoncl.bench;

import io.github.axoncl.*;
import java.util.Arrays;

public class ReadmeExample {
    public static void main(String[] args) {
        float[] x = {-2f, -0.5f, 0f, 0.5f, 2f}, y = new float[5], dy = {1, 1, 1, 1, 1}, dx = new float[5];
        try (Backend backend = Backends.open()) {                          // the best OpenCL device, else the CPU
            backend.forward(Activation.GELU, x, y);                        // y = gelu(x)
            backend.backward(Activation.ELU.with(0.5), x, dy, dx);         // dx = dy elu'(x), alpha = 0.5
            backend.forward(RowActivation.SOFTMAX, Rows.of(1, 5), x, x);   // one row of five, in place
            System.out.println(Arrays.toString(y) + Arrays.toString(dx) + Arrays.toString(x));
        }
    }
}
