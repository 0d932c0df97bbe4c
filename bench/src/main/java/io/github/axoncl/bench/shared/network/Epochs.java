package io.github.axoncl.bench.shared.network;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/** Goes through the training images in batches, in an order that is drawn anew for every epoch. */
public final class Epochs {
    /** The number of images in a batch. */
    public static final int BATCH = 32;

    private final Digits digits;
    private final Random random;
    private final int[] order;

    /** Goes through some images; the random numbers are the order's. */
    public Epochs(Digits digits, Random random) {
        this.digits = digits;
        this.random = random;
        this.order = new int[digits.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
    }

    /** One epoch of plain gradient descent; returns the mean cross-entropy. */
    public double next(Network network, float rate) {
        shuffle();
        FMatrixRMaj x = new FMatrixRMaj(BATCH, digits.images().numCols);
        byte[] labels = new byte[BATCH];
        double loss = 0;
        int batches = order.length / BATCH;
        for (int batch = 0; batch < batches; batch++) {
            digits.gather(order, batch * BATCH, x);
            for (int i = 0; i < BATCH; i++) {
                labels[i] = digits.labels()[order[batch * BATCH + i]];
            }
            loss += network.train(x, labels, rate);
        }
        return loss / batches;
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }
}
