package io.github.axoncl.bench;

import io.github.axoncl.Backend;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/** Trains the network on one backend, always in the same way, and keeps what came of it. */
record Training(Network network, double accuracy, String weights, double seconds) {
    static final int HIDDEN = 256;
    private static final int DIGITS = 10;
    private static final int BATCH = 32;
    private static final float RATE = 0.1f;
    private static final long SEED = 20;

    static Training run(Backend backend, Digits train, Digits test, int epochs, PrintWriter out) {
        long start = System.nanoTime();
        Random random = new Random(SEED);
        Network network = new Network(backend, train.images().numCols, HIDDEN, DIGITS, random);
        int[] order = new int[train.count()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        FMatrixRMaj x = new FMatrixRMaj(BATCH, train.images().numCols);
        byte[] labels = new byte[BATCH];
        double accuracy = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            shuffle(order, random);
            double loss = 0;
            int batches = order.length / BATCH;
            for (int batch = 0; batch < batches; batch++) {
                train.gather(order, batch * BATCH, x);
                for (int i = 0; i < BATCH; i++) {
                    labels[i] = train.labels()[order[batch * BATCH + i]];
                }
                loss += network.train(x, labels, RATE);
            }
            accuracy = accuracy(network, test);
            out.printf("  epoch %2d of %d  loss %.4f  test accuracy %.2f %%  %.1f s%n", epoch, epochs, loss / batches,
                    100 * accuracy, (System.nanoTime() - start) / 1e9);
            out.flush();
        }
        return new Training(network, accuracy, sha256(network.w1, network.b1, network.w2, network.b2),
                (System.nanoTime() - start) / 1e9);
    }

    private static double accuracy(Network network, Digits digits) {
        FMatrixRMaj p = network.forward(digits.images()).p();
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

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    private static String sha256(FMatrixRMaj... matrices) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (FMatrixRMaj matrix : matrices) {
                ByteBuffer bytes = ByteBuffer.allocate(4 * matrix.data.length);
                bytes.asFloatBuffer().put(matrix.data);
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
