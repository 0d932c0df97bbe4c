package io.github.axoncl.bench.shared.network;

import static org.ejml.dense.row.CommonOps_FDRM.addEquals;
import static org.ejml.dense.row.CommonOps_FDRM.mult;
import static org.ejml.dense.row.CommonOps_FDRM.multTransA;
import static org.ejml.dense.row.CommonOps_FDRM.multTransB;
import static org.ejml.dense.row.CommonOps_FDRM.sumCols;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Loss;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/**
 * A fully connected network: hidden layers with one activation function and a softmax output. EJML multiplies the matrices, an
 * AxonCL backend does the rest, fused: bias and activation, their gradients, and the loss with its gradient. Everything is
 * float32 and in a fixed order, so equal bits of what AxonCL computes give equal weights.
 */
public final class Network {
    private final Backend backend;
    private final ActivationFunction activation;
    private final List<Layer> layers = new ArrayList<>();

    /** Weights are even in [-limit, limit], biases 0.
     *
     * @param sizes the number of inputs, of units in each hidden layer, and of outputs
     * @param start the limit of a layer's weights */
    public Network(Backend backend, ActivationFunction activation, int[] sizes, Start start, Random random) {
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
    public interface Start {
        /** He et al. 2015, for rectifiers. */
        Start HE = (in, out) -> Math.sqrt(6.0 / in);
        /** Glorot and Bengio 2010. */
        Start GLOROT = (in, out) -> Math.sqrt(6.0 / (in + out));

        double limit(int in, int out);
    }

    /** Weights and biases, or the gradients with respect to them. */
    public record Layer(FMatrixRMaj w, FMatrixRMaj b) {
    }

    /** What one batch makes of the layers, a row per image: z of every layer, and what goes into every layer. */
    public record Pass(List<FMatrixRMaj> z, List<FMatrixRMaj> in) {
        /** What the last layer gives. */
        public FMatrixRMaj logits() {
            return z.get(z.size() - 1);
        }
    }

    /** The gradient of the summed cross-entropy of a batch, and that sum. */
    public record Gradient(List<Layer> layers, double loss) {
    }

    /** The layers, the first hidden one first. */
    public List<Layer> layers() {
        return layers;
    }

    /** The logits of the digits for every row of x. */
    public Pass forward(FMatrixRMaj x) {
        List<FMatrixRMaj> inputs = new ArrayList<>(List.of(x));
        List<FMatrixRMaj> z = new ArrayList<>();
        for (Layer layer : layers) {
            FMatrixRMaj product = new FMatrixRMaj(x.numRows, layer.w.numCols);
            mult(inputs.get(z.size()), layer.w, product);
            Operand sum = Operand.of(product.data);
            z.add(product);
            if (z.size() < layers.size()) {
                FMatrixRMaj h = like(product);
                backend.forward(activation.withBias(), rows(product), sum, Operand.of(layer.b.data), sum, Operand.of(h.data));
                inputs.add(h);
            } else {
                backend.forward(Activation.IDENTITY.withBias(), rows(product), sum, Operand.of(layer.b.data), sum);
            }
        }
        return new Pass(z, inputs);
    }

    private static Rows rows(FMatrixRMaj m) {
        return Rows.of(m.numRows, m.numCols);
    }

    /** The gradient with respect to every weight and bias, for the first labels, one for each row of x. */
    public Gradient gradient(FMatrixRMaj x, byte[] labels) {
        Pass pass = forward(x);
        FMatrixRMaj logits = pass.logits();
        int[] classes = new int[x.numRows];
        for (int row = 0; row < classes.length; row++) {
            classes[row] = labels[row];
        }
        float[] loss = new float[1];
        FMatrixRMaj dz = like(logits);
        backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows(logits), Targets.classes(Operand.of(classes)), Reduction.SUM,
                Operand.of(logits.data), Operand.of(loss), Operand.of(dz.data));
        FMatrixRMaj db = sumCols(dz, null);
        Layer[] gradients = new Layer[layers.size()];
        for (int i = layers.size() - 1; i >= 0; i--) {
            FMatrixRMaj dw = like(layers.get(i).w);
            multTransA(pass.in.get(i), dz, dw);
            gradients[i] = new Layer(dw, db);
            if (i > 0) {
                FMatrixRMaj dh = new FMatrixRMaj(dz.numRows, layers.get(i).w.numRows);
                multTransB(dz, layers.get(i).w, dh);
                dz = like(dh);
                db = new FMatrixRMaj(1, dh.numCols);
                backend.backward(activation.withBias(), rows(dh), Operand.of(pass.z.get(i - 1).data), Operand.of(dh.data),
                        Operand.of(dz.data), Operand.of(db.data));
            }
        }
        return new Gradient(List.of(gradients), loss[0]);
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

    /** The share of digits for which the right one has the largest logit. */
    public double accuracy(Digits digits) {
        FMatrixRMaj p = forward(digits.images()).logits();
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

    private static FMatrixRMaj like(FMatrixRMaj m) {
        return new FMatrixRMaj(m.numRows, m.numCols);
    }
}
