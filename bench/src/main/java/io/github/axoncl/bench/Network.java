package io.github.axoncl.bench;

import static org.ejml.dense.row.CommonOps_FDRM.addEquals;
import static org.ejml.dense.row.CommonOps_FDRM.mult;
import static org.ejml.dense.row.CommonOps_FDRM.multTransA;
import static org.ejml.dense.row.CommonOps_FDRM.multTransB;
import static org.ejml.dense.row.CommonOps_FDRM.sumCols;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/**
 * A network with one hidden ReLU layer and a softmax output. EJML multiplies the matrices, an AxonCL backend computes the
 * activations; everything is float32 and in a fixed order, so equal bits of the activations give equal weights.
 */
final class Network {
    private final Backend backend;
    final FMatrixRMaj w1;
    final FMatrixRMaj b1;
    final FMatrixRMaj w2;
    final FMatrixRMaj b2;

    Network(Backend backend, int inputs, int hidden, int outputs, Random random) {
        this.backend = backend;
        this.w1 = randomWeights(inputs, hidden, random);
        this.b1 = new FMatrixRMaj(1, hidden);
        this.w2 = randomWeights(hidden, outputs, random);
        this.b2 = new FMatrixRMaj(1, outputs);
    }

    /** What one batch makes of the layers: a row per image. */
    record Pass(FMatrixRMaj z1, FMatrixRMaj h, FMatrixRMaj z2, FMatrixRMaj p) {
    }

    /** Probabilities of the digits for every row of x. */
    Pass forward(FMatrixRMaj x) {
        FMatrixRMaj z1 = affine(x, w1, b1);
        FMatrixRMaj h = like(z1);
        backend.forward(Activation.RELU, z1.data, h.data);

        FMatrixRMaj z2 = affine(h, w2, b2);
        FMatrixRMaj p = like(z2);
        backend.forward(RowActivation.SOFTMAX, Rows.of(p.numRows, p.numCols), z2.data, p.data);
        return new Pass(z1, h, z2, p);
    }

    /** One step of gradient descent on a batch; returns its mean cross-entropy before the step. */
    double train(FMatrixRMaj x, byte[] labels, float rate) {
        Pass pass = forward(x);
        int batch = x.numRows;
        double loss = 0;
        FMatrixRMaj dz2 = pass.p.copy();                      // of softmax with cross-entropy: p - target
        for (int row = 0; row < batch; row++) {
            int target = dz2.getIndex(row, labels[row]);
            loss -= Math.log(pass.p.data[target]);
            dz2.data[target] -= 1;
        }
        FMatrixRMaj dh = new FMatrixRMaj(batch, w2.numRows);
        multTransB(dz2, w2, dh);
        FMatrixRMaj dz1 = like(dh);
        backend.backward(Activation.RELU, pass.z1.data, dh.data, dz1.data);

        update(w2, b2, pass.h, dz2, -rate / batch);
        update(w1, b1, x, dz1, -rate / batch);
        return loss / batch;
    }

    private static void update(FMatrixRMaj w, FMatrixRMaj b, FMatrixRMaj in, FMatrixRMaj dz, float factor) {
        FMatrixRMaj dw = like(w);
        multTransA(in, dz, dw);
        addEquals(w, factor, dw);
        addEquals(b, factor, sumCols(dz, null));
    }

    /** x w + b, b added to every row. */
    private static FMatrixRMaj affine(FMatrixRMaj x, FMatrixRMaj w, FMatrixRMaj b) {
        FMatrixRMaj z = new FMatrixRMaj(x.numRows, w.numCols);
        mult(x, w, z);
        for (int i = 0; i < z.data.length; i++) {
            z.data[i] += b.data[i % w.numCols];
        }
        return z;
    }

    private static FMatrixRMaj like(FMatrixRMaj m) {
        return new FMatrixRMaj(m.numRows, m.numCols);
    }

    private static FMatrixRMaj randomWeights(int inputs, int outputs, Random random) {
        FMatrixRMaj w = new FMatrixRMaj(inputs, outputs);
        float limit = (float) Math.sqrt(6.0 / inputs);
        for (int i = 0; i < w.data.length; i++) {
            w.data[i] = (2 * random.nextFloat() - 1) * limit;
        }
        return w;
    }
}
