package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses among tilings by the times of a cheap and of a dear function. All are run by turns, so that other work on the machine
 * meets all alike, and medians count. Since times are noisy, only what wins clearly, and once more when it is repeated, is taken
 * instead of the usual tiling.
 */
final class TilingChoice {
    /** The one is as fast as memory, the other as the arithmetic units. */
    static final List<Activation> FUNCTIONS = List.of(Activation.RELU, Activation.GELU);
    static final int ROUNDS = 5;

    /** The product of both functions' times, relative to the usual tiling's, that is a clear win. */
    private static final double CLEARLY = 0.95;
    /** What neither function may exceed in a short call, or there is no hope. */
    private static final double HOPELESS = 2;
    /** What either function may lose. */
    private static final double NO_WORSE = 1.02;
    /** By how much the usual tiling's own times may differ from one repetition to the next. */
    private static final double CALM = 1.5;

    private final Runs runs;

    /** Runs functions. */
    interface Runs {
        /** The nanoseconds of one call. */
        double nanos(Activation function, Tiling tiling);

        /** The same for a call that is so short that even a bad tiling costs little; builds the program before. */
        double shortNanos(Activation function, Tiling tiling);
    }

    TilingChoice(Runs runs) {
        this.runs = runs;
    }

    /** The best of the candidates and the usual tiling; null if the machine was too busy to tell. What cannot be run is left
     * out. */
    Tiling best(List<Tiling> candidates) {
        List<Tiling> left = new ArrayList<>();
        double[] usual = shortNanos(Tiling.DEFAULT);
        left.add(Tiling.DEFAULT);
        candidates.stream().filter(tiling -> isPromising(tiling, usual)).forEach(left::add);
        Map<Tiling, double[]> first = repetition(left);
        left.removeIf(tiling -> !tiling.isDefault() && !wins(first, tiling));
        if (left.size() == 1) {
            return Tiling.DEFAULT;
        }
        Map<Tiling, double[]> second = repetition(left);
        for (int f = 0; f < FUNCTIONS.size(); f++) {
            double change = second.get(Tiling.DEFAULT)[f] / first.get(Tiling.DEFAULT)[f];
            if (change > CALM || change < 1 / CALM) {
                return null;
            }
        }
        left.removeIf(tiling -> !tiling.isDefault() && !wins(second, tiling));
        return left.stream().min(Comparator.comparingDouble(tiling -> gain(first, tiling) * gain(second, tiling))).orElseThrow();
    }

    private boolean isPromising(Tiling tiling, double... usual) {
        try {
            double[] nanos = shortNanos(tiling);
            return nanos[0] <= HOPELESS * usual[0] && nanos[1] <= HOPELESS * usual[1];
        } catch (KernelBuildException | DeviceException e) {
            return false;
        }
    }

    private double[] shortNanos(Tiling tiling) {
        return FUNCTIONS.stream().mapToDouble(function -> runs.shortNanos(function, tiling)).toArray();
    }

    /** The median times of all functions with each tiling. */
    private Map<Tiling, double[]> repetition(List<Tiling> tilings) {
        double[][][] nanos = new double[tilings.size()][FUNCTIONS.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < tilings.size(); i++) {
                // There and back, so that none always follows the same one.
                int t = round % 2 == 0 ? i : tilings.size() - 1 - i;
                for (int f = 0; f < FUNCTIONS.size(); f++) {
                    nanos[t][f][round] = runs.nanos(FUNCTIONS.get(f), tilings.get(t));
                }
            }
        }
        Map<Tiling, double[]> medians = new HashMap<>();
        for (int t = 0; t < tilings.size(); t++) {
            medians.put(tilings.get(t), Arrays.stream(nanos[t]).mapToDouble(TilingChoice::median).toArray());
        }
        return medians;
    }

    private static double median(double... values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static boolean wins(Map<Tiling, double[]> nanos, Tiling tiling) {
        for (int f = 0; f < FUNCTIONS.size(); f++) {
            if (nanos.get(tiling)[f] > NO_WORSE * nanos.get(Tiling.DEFAULT)[f]) {
                return false;
            }
        }
        return gain(nanos, tiling) <= CLEARLY;
    }

    private static double gain(Map<Tiling, double[]> nanos, Tiling tiling) {
        double gain = 1;
        for (int f = 0; f < FUNCTIONS.size(); f++) {
            gain *= nanos.get(tiling)[f] / nanos.get(Tiling.DEFAULT)[f];
        }
        return gain;
    }
}
