package io.github.axoncl.bench.measure.study;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.bench.shared.network.Digits;
import io.github.axoncl.bench.shared.network.Epochs;
import io.github.axoncl.bench.shared.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;

/**
 * One training of the study and what was measured in it.
 *
 * @param setting       what was trained
 * @param gradientStart the norm of the gradient of each layer's weights before training, first layer first
 * @param gradientEnd   the same after it
 * @param dead          the share of hidden units that are dead after training, per hidden layer; NaN where training diverged
 * @param accuracy      the test accuracy after each epoch
 * @param diverged      whether a weight was NaN or infinite in the end
 */
record StudyRun(Setting setting, double[] gradientStart, double[] gradientEnd, double[] dead, double[] accuracy,
                boolean diverged) {
    /** A unit is dead if its derivative is below this for every test image: no image can move its weights noticeably. */
    static final double DEAD = 1e-3;
    private static final int PROBE = 1024;

    /** What is trained: equal settings give equal figures. */
    record Setting(ActivationFunction function, int hiddenLayers, float rate, long seed) {
    }

    /** How all are trained. */
    record Plan(int width, int epochs, Network.Start start) {
    }

    static StudyRun run(Backend backend, Digits train, Digits test, Setting setting, Plan plan) {
        Random random = new Random(setting.seed);
        int[] sizes = new int[setting.hiddenLayers + 2];
        Arrays.fill(sizes, plan.width);
        sizes[0] = train.images().numCols;
        sizes[sizes.length - 1] = Digits.COUNT;
        Network network = new Network(backend, setting.function, sizes, plan.start, random);
        Epochs epochs = new Epochs(train, random);
        double[] start = gradientNorms(network, train);
        double[] accuracy = new double[plan.epochs];
        for (int i = 0; i < plan.epochs; i++) {
            epochs.next(network, setting.rate);
            accuracy[i] = network.accuracy(test);
        }
        boolean diverged = network.layers().stream().anyMatch(layer -> !finite(layer.w()) || !finite(layer.b()));
        double[] dead = dead(backend, network, test, setting.function);
        if (diverged) {
            Arrays.fill(dead, Double.NaN);
        }
        return new StudyRun(setting, start, gradientNorms(network, train), dead, accuracy, diverged);
    }

    double deadShare() {
        return Arrays.stream(dead).average().orElse(0);
    }

    double lastAccuracy() {
        return accuracy[accuracy.length - 1];
    }

    /** The Frobenius norm of the mean gradient over the first training images, per layer. */
    private static double[] gradientNorms(Network network, Digits digits) {
        int count = Math.min(PROBE, digits.count());
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        FMatrixRMaj x = new FMatrixRMaj(count, digits.images().numCols);
        digits.gather(order, 0, x);
        return network.gradient(x, digits.labels()).layers().stream()
                .mapToDouble(layer -> {
                    double sum = 0;
                    for (float value : layer.w().data) {
                        sum += (double) value * value;
                    }
                    return Math.sqrt(sum) / count;
                }).toArray();
    }

    private static double[] dead(Backend backend, Network network, Digits digits, ActivationFunction function) {
        List<FMatrixRMaj> z = network.forward(digits.images()).z();
        List<Double> shares = new ArrayList<>();
        for (FMatrixRMaj layer : z.subList(0, z.size() - 1)) {
            float[] derivative = new float[layer.data.length];
            backend.derivative(function, layer.data, derivative);
            boolean[] alive = new boolean[layer.numCols];
            for (int i = 0; i < derivative.length; i++) {
                alive[i % alive.length] |= Math.abs(derivative[i]) >= DEAD;
            }
            int dead = 0;
            for (boolean one : alive) {
                dead += one ? 0 : 1;
            }
            shares.add((double) dead / alive.length);
        }
        return shares.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static boolean finite(FMatrixRMaj matrix) {
        for (float value : matrix.data) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }
}
