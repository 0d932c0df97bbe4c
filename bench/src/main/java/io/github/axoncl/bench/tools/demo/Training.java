package io.github.axoncl.bench.tools.demo;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.network.Digits;
import io.github.axoncl.bench.shared.network.Epochs;
import io.github.axoncl.bench.shared.network.Network;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/** Trains the demo's network on one backend, always in the same way, and keeps what came of it. */
record Training(Network network, double accuracy, String weights, double seconds) {
    static final int HIDDEN = 256;
    private static final float RATE = 0.1f;
    private static final long SEED = 20;

    static Training run(Backend backend, Digits train, Digits test, int epochs, PrintWriter out) {
        long start = System.nanoTime();
        Random random = new Random(SEED);
        Network network = new Network(backend, Activation.RELU, new int[] {train.images().numCols, HIDDEN, Digits.COUNT},
                Network.Start.HE, random);
        Epochs all = new Epochs(train, random);
        Table.Lines table = new Table.Lines(out).column("epoch of " + epochs, "%13d").column("loss", "%7.4f")
                .column("test accuracy %", "%16.2f").column("s", "%7.1f").head();
        double accuracy = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double loss = all.next(network, RATE);
            accuracy = network.accuracy(test);
            table.row(epoch, loss, 100 * accuracy, (System.nanoTime() - start) / 1e9);
        }
        return new Training(network, accuracy, sha256(network), (System.nanoTime() - start) / 1e9);
    }

    private static String sha256(Network network) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Network.Layer layer : network.layers()) {
                digest.update(bytes(layer.w()));
                digest.update(bytes(layer.b()));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuffer bytes(FMatrixRMaj matrix) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * matrix.data.length);
        bytes.asFloatBuffer().put(matrix.data);
        return bytes;
    }
}
