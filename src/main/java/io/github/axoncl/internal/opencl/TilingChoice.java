package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.internal.opencl.WorkloadClass.Work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Chooses among tilings by the times of those calls that stand for a class. All are run by turns, so that other work on the
 * machine meets all alike; as it only adds time, the lower quartile counts. Since times are noisy, only what wins clearly, and
 * once more when it is repeated, is taken instead of the usual tiling.
 */
final class TilingChoice {
    static final int ROUNDS = 7;

    /** The product of all functions' times, relative to the usual tiling's, that is a clear win. */
    private static final double CLEARLY = 0.95;
    /** What no function may exceed in a short call, or there is no hope. */
    private static final double HOPELESS = 4;
    /** What any function may lose. */
    private static final double NO_WORSE = 1.02;
    /** By how much the usual tiling's median may exceed its shortest time. */
    private static final double CALM = 1.5;

    private final Runs runs;
    private final List<Work> works;
    private boolean calm = true;

    /** Runs functions. */
    interface Runs {
        /** The nanoseconds of one call, if many are submitted before anybody waits. */
        double nanos(Work work, Tiling tiling);

        /** The same for a call that is so short that even a bad tiling costs little. */
        double shortNanos(Work work, Tiling tiling);

        /** Whether a short call has the bits that it has with the usual tiling. */
        boolean sameBits(Work work, Tiling tiling);

        /** Lets some of them run while nobody else uses the device. */
        void alone(Runnable some);
    }

    /** Among tilings for one class. */
    TilingChoice(Runs runs, WorkloadClass workload) {
        this.runs = runs;
        this.works = workload.measured();
    }

    /** The best of the candidates and the usual tiling; null if the machine was too busy to tell. What cannot be run, or
     * gives other bits, is left out. */
    Tiling best(List<Tiling> candidates) {
        List<Tiling> left = new ArrayList<>();
        double[] usual = shortNanos(Tiling.DEFAULT);
        left.add(Tiling.DEFAULT);
        candidates.stream().filter(tiling -> isPromising(tiling, usual)).forEach(left::add);
        Map<Tiling, double[]> first = repetition(left);
        if (!calm) {
            return null;
        }
        left.removeIf(tiling -> !tiling.isDefault() && !wins(first, tiling));
        Map<Tiling, double[]> second = left.size() == 1 ? first : repetition(left);
        left.removeIf(tiling -> !tiling.isDefault() && !wins(second, tiling));
        return !calm ? null : left.stream()
                .min(Comparator.comparingDouble(tiling -> gain(first, tiling) * gain(second, tiling))).orElseThrow();
    }

    private boolean isPromising(Tiling tiling, double... usual) {
        try {
            double[] nanos = shortNanos(tiling);
            return IntStream.range(0, nanos.length)
                    .allMatch(f -> nanos[f] <= HOPELESS * usual[f] && runs.sameBits(works.get(f), tiling));
        } catch (KernelBuildException | DeviceException | ClException e) {
            return false;
        }
    }

    private double[] shortNanos(Tiling tiling) {
        // Builds the programs.
        works.forEach(work -> runs.shortNanos(work, tiling));
        double[] nanos = new double[works.size()];
        runs.alone(() -> Arrays.setAll(nanos, f -> Math.min(runs.shortNanos(works.get(f), tiling),
                runs.shortNanos(works.get(f), tiling))));
        return nanos;
    }

    /** The times of all works with each tiling, the usual one being the first. */
    private Map<Tiling, double[]> repetition(List<Tiling> tilings) {
        double[][][] nanos = new double[tilings.size()][works.size()][ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            round(tilings, r, nanos);
        }
        Map<Tiling, double[]> quartiles = new HashMap<>();
        for (int t = 0; t < tilings.size(); t++) {
            for (double[] times : nanos[t]) {
                Arrays.sort(times);
                calm &= t > 0 || times[ROUNDS / 2] <= CALM * times[0];
            }
            quartiles.put(tilings.get(t), Arrays.stream(nanos[t]).mapToDouble(times -> times[ROUNDS / 4]).toArray());
        }
        return quartiles;
    }

    private void round(List<Tiling> tilings, int round, double[][]... nanos) {
        for (int i = 0; i < tilings.size(); i++) {
            // There and back, so that none always follows the same one.
            int t = round % 2 == 0 ? i : tilings.size() - 1 - i;
            for (int f = 0; f < works.size(); f++) {
                Work work = works.get(f);
                double[] times = nanos[t][f];
                runs.alone(() -> times[round] = runs.nanos(work, tilings.get(t)));
            }
        }
    }

    private boolean wins(Map<Tiling, double[]> nanos, Tiling tiling) {
        for (int f = 0; f < works.size(); f++) {
            if (nanos.get(tiling)[f] > NO_WORSE * nanos.get(Tiling.DEFAULT)[f]) {
                return false;
            }
        }
        return gain(nanos, tiling) <= CLEARLY;
    }

    private double gain(Map<Tiling, double[]> nanos, Tiling tiling) {
        double gain = 1;
        for (int f = 0; f < works.size(); f++) {
            gain *= nanos.get(tiling)[f] / nanos.get(Tiling.DEFAULT)[f];
        }
        return gain;
    }
}
