package io.github.axoncl.bench.measure.study;

import io.github.axoncl.Activation;
import io.github.axoncl.bench.shared.charts.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What a study trains.
 *
 * @param functions  the activations, those of the usual list that exist
 * @param depths     the numbers of hidden layers
 * @param rate       the learning rate of the comparison by depth
 * @param rates      the learning rates that are compared at one depth
 * @param sweepDepth that depth
 * @param seeds      for weights and order of the images
 * @param width      the number of units of every hidden layer
 * @param epochs     passes over the images
 * @param forms      the forms of the pictures
 */
record StudyPlan(List<Activation> functions, List<Integer> depths, float rate, List<Float> rates, int sweepDepth,
                 List<Long> seeds, int width, int epochs, List<Picture.Form> forms) {
    private static final List<String> USUAL = List.of("sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "silu", "gelu",
            "mish", "softplus");

    static StudyPlan full() {
        return new StudyPlan(functions(USUAL), List.of(2, 6, 12), 0.1f, List.of(0.02f, 0.1f, 0.5f), 6,
                LongStream.rangeClosed(1, 2).boxed().toList(), 32, 8, List.of(Picture.Form.values()));
    }

    /** Seconds instead of minutes: shows that everything works, says nothing about the functions. */
    static StudyPlan quick() {
        return new StudyPlan(functions(List.of("sigmoid", "relu")), List.of(2, 3), 0.1f, List.of(0.1f, 0.5f), 2,
                List.of(1L), 8, 1, List.of(Picture.Form.values()));
    }

    private static List<Activation> functions(List<String> names) {
        return names.stream().flatMap(name -> Arrays.stream(Activation.values()).filter(f -> f.id().equals(name))).toList();
    }

    List<StudyRun.Setting> settings() {
        List<StudyRun.Setting> all = new ArrayList<>();
        for (long seed : seeds) {
            for (Activation function : functions) {
                depths.forEach(depth -> all.add(new StudyRun.Setting(function, depth, rate, seed)));
                rates.stream().filter(other -> other != rate || !depths.contains(sweepDepth))
                        .forEach(other -> all.add(new StudyRun.Setting(function, sweepDepth, other, seed)));
            }
        }
        return all;
    }
}
