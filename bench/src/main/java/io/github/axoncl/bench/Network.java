package io.github.axoncl.bench;

import static org.ejml.dense.row.CommonOps_FDRM.addEquals;
import static org.ejml.dense.row.CommonOps_FDRM.mult;
import static org.ejml.dense.row.CommonOps_FDRM.multTransA;
import static org.ejml.dense.row.CommonOps_FDRM.multTransB;
import static org.ejml.dense.row.CommonOps_FDRM.sumCols;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/**
 * A fully connected network: hidden layers with one activation function and a softmax output. EJML multiplies the matrices, an
 * AxonCL backend computes the activations; everything is float32 and in a fixed order, so equal bits of the activations give
 * equal weights.
 */
final class Network {
    private final Backend backend;
    private final ActivationFunction activation;
    private final List<Layer> layers = new ArrayList<>();

    /** Weights are even in [-limit, limit], biases 0.
     *
     * @param sizes the number of inputs, of units in each hidden layer, and of outputs
     * @param start the limit of a layer's weights */
    Network(Backend backend, ActivationFunction activation, int[] sizes, Start start, Random random) {
        this.backend = backend;
        this.activation = activation;
        for (int i = 1; i < sizes.length; i++) {
            FMatrixRMaj w = new FMatrixRMaj(sizes[i - 1], sizes[i]);
            float limit = (float) start.limit(sizes[i - 1], sizes[i]);
            for (int k = 0; k < w.data.length; k++) {
                w.data[k] = (2 * random.nextFloat() - 1) * limit;
            }
            layers.add(new Layer(w, new FMatrixRMaj(1, sizes[i])));
        }
    }

    /** The largest weight at the beginning, from the numbers of inputs and outputs of a layer. */
    @FunctionalInterface
    interface Start {
        /** He et al. 2015, for rectifiers. */
        Start HE = (in, out) -> Math.sqrt(6.0 / in);
        /** Glorot and Bengio 2010. */
        Start GLOROT = (in, out) -> Math.sqrt(6.0 / (in + out));

        double limit(int in, int out);
    }

    /** Weights and biases, or the gradients with respect to them. */
    record Layer(FMatrixRMaj w, FMatrixRMaj b) {
    }

    /** What one batch makes of the layers, a row per image: z of every layer, and what goes into every layer. */
    record Pass(List<FMatrixRMaj> z, List<FMatrixRMaj> in, FMatrixRMaj p) {
    }

    /** The gradient of the summed cross-entropy of a batch, and that sum. */
    record Gradient(List<Layer> layers, double loss) {
    }

    List<Layer> layers() {
        return layers;
    }

    /** Probabilities of the digits for every row of x. */
    Pass forward(FMatrixRMaj x) {
        List<FMatrixRMaj> inputs = new ArrayList<>(List.of(x));
        List<FMatrixRMaj> z = new ArrayList<>();
        for (Layer layer : layers) {
            FMatrixRMaj affine = affine(inputs.get(z.size()), layer);
            z.add(affine);
            if (z.size() < layers.size()) {
                FMatrixRMaj h = like(affine);
                backend.forward(activation, affine.data, h.data);
                inputs.add(h);
            }
        }
        FMatrixRMaj last = z.get(z.size() - 1);
        FMatrixRMaj p = like(last);
        backend.forward(RowActivation.SOFTMAX, Rows.of(p.numRows, p.numCols), last.data, p.data);
        return new Pass(z, inputs, p);
    }

    /** The gradient with respect to every weight and bias. */
    Gradient gradient(FMatrixRMaj x, byte[] labels) {
        Pass pass = forward(x);
        double loss = 0;
        FMatrixRMaj dz = pass.p.copy();                       // of softmax with cross-entropy: p - target
        for (int row = 0; row < dz.numRows; row++) {
            int target = dz.getIndex(row, labels[row]);
            loss -= Math.log(pass.p.data[target]);
            dz.data[target] -= 1;
        }
        Layer[] gradients = new Layer[layers.size()];
        for (int i = layers.size() - 1; i >= 0; i--) {
            FMatrixRMaj dw = like(layers.get(i).w);
            multTransA(pass.in.get(i), dz, dw);
            gradients[i] = new Layer(dw, sumCols(dz, null));
            if (i > 0) {
                FMatrixRMaj dh = new FMatrixRMaj(dz.numRows, layers.get(i).w.numRows);
                multTransB(dz, layers.get(i).w, dh);
                dz = like(dh);
                backend.backward(activation, pass.z.get(i - 1).data, dh.data, dz.data);
            }
        }
        return new Gradient(List.of(gradients), loss);
    }

    /** One step of gradient descent on a batch; returns its mean cross-entropy before the step. */
    double train(FMatrixRMaj x, byte[] labels, float rate) {
        Gradient gradient = gradient(x, labels);
        for (int i = 0; i < layers.size(); i++) {
            addEquals(layers.get(i).w, -rate / x.numRows, gradient.layers.get(i).w);
            addEquals(layers.get(i).b, -rate / x.numRows, gradient.layers.get(i).b);
        }
        return gradient.loss / x.numRows;
    }

    /** The share of digits for which the right one has the largest probability. */
    double accuracy(Digits digits) {
        FMatrixRMaj p = forward(digits.images()).p;
        int right = 0;
        for (int row = 0; row < p.numRows; row++) {
            int best = 0;
            for (int column = 1; column < p.numCols; column++) {
                best = p.get(row, column) > p.get(row, best) ? column : best;
            }
            right += best == digits.labels()[row] ? 1 : 0;
        }
        return (double) right / p.numRows;
    }

    /** x w + b, b added to every row. */
    private static FMatrixRMaj affine(FMatrixRMaj x, Layer layer) {
        FMatrixRMaj z = new FMatrixRMaj(x.numRows, layer.w.numCols);
        mult(x, layer.w, z);
        for (int i = 0; i < z.data.length; i++) {
            z.data[i] += layer.b.data[i % layer.w.numCols];
        }
        return z;
    }

    private static FMatrixRMaj like(FMatrixRMaj m) {
        return new FMatrixRMaj(m.numRows, m.numCols);
    }
}
