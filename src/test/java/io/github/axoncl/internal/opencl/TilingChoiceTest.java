package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceException;
import io.github.axoncl.internal.opencl.WorkloadClass.Work;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What wins clearly, and again, is chosen; anything else leaves the usual tiling. */
class TilingChoiceTest {
    private static final Tiling A = new Tiling(64, 1, 1);
    private static final Tiling B = new Tiling(256, 4, 1);
    private static final Tiling C = new Tiling(64, 4, 4);
    private static final int ROUNDS = TilingChoice.ROUNDS;

    private final Map<Tiling, double[]> nanos = new HashMap<>(Map.of(Tiling.DEFAULT, new double[] {100, 400}));
    private final List<Tiling> order = new ArrayList<>();
    private Tiling broken;
    private Tiling wrong;
    /** Which factor a call's time has, by how often the same was run before. */
    private Disturbance disturbance = (tiling, run) -> 1;

    private interface Disturbance {
        double factor(Tiling tiling, int run);
    }

    private Tiling best() {
        Map<List<?>, Integer> runs = new HashMap<>();
        return new TilingChoice(new TilingChoice.Runs() {
            @Override
            public double nanos(Work work, Tiling tiling) {
                order.add(tiling);
                int run = runs.merge(List.of(work, tiling), 1, Integer::sum) - 1;
                return usual(work, tiling) * disturbance.factor(tiling, run);
            }

            @Override
            public double shortNanos(Work work, Tiling tiling) {
                if (tiling.equals(broken)) {
                    throw new DeviceException("out of registers", null);
                }
                return usual(work, tiling) / 100;
            }

            @Override
            public boolean sameBits(Work work, Tiling tiling) {
                return !tiling.equals(wrong);
            }

            @Override
            public void alone(Runnable some) {
                some.run();
            }
        }, WorkloadClass.HEAVY).best(List.of(A, B, C));
    }

    private double usual(Work work, Tiling tiling) {
        return nanos.getOrDefault(tiling, nanos.get(Tiling.DEFAULT))[WorkloadClass.HEAVY.measured().indexOf(work)];
    }

    @Test
    void whereAllAreAlikeNothingChanges() {
        assertThat(best()).isEqualTo(Tiling.DEFAULT);
        assertThat(order).as("no need to repeat it").hasSize(4 * 2 * ROUNDS);
    }

    @Test
    void theBestOfThoseThatWinClearly() {
        nanos.put(A, new double[] {94, 400});
        nanos.put(B, new double[] {90, 360});
        nanos.put(C, new double[] {96, 396});
        assertThat(best()).isEqualTo(B);
        assertThat(order).as("only the winners once more").hasSize((4 + 3) * 2 * ROUNDS);
    }

    @Test
    void aSmallGainIsNone() {
        nanos.put(B, new double[] {96, 400});
        assertThat(best()).isEqualTo(Tiling.DEFAULT);
    }

    @Test
    void whatOneFunctionGainsTheOtherMustNotLose() {
        nanos.put(B, new double[] {60, 410});
        assertThat(best()).isEqualTo(Tiling.DEFAULT);
        nanos.put(B, new double[] {60, 406});
        assertThat(best()).isEqualTo(B);
    }

    @Test
    void whatWinsOnceOnlyIsNotTaken() {
        nanos.put(B, new double[] {80, 320});
        disturbance = (tiling, run) -> tiling.equals(B) && run >= ROUNDS ? 1.3 : 1;
        assertThat(best()).isEqualTo(Tiling.DEFAULT);
    }

    @Test
    void aFewDisturbedTimesDoNotMatter() {
        nanos.put(B, new double[] {80, 320});
        disturbance = (tiling, run) -> run % ROUNDS < 3 ? 7 : 1;
        assertThat(best()).isEqualTo(B);
        disturbance = (tiling, run) -> tiling.equals(B) && run % ROUNDS >= 2 ? 100 : 1;
        assertThat(best()).isEqualTo(B);
    }

    @Test
    void aBusyMachineTellsNothing() {
        nanos.put(B, new double[] {80, 320});
        disturbance = (tiling, run) -> run % ROUNDS == 0 ? 1 : 1.6;
        assertThat(best()).isNull();
        disturbance = (tiling, run) -> run <= ROUNDS ? 1 : 1.6;
        assertThat(best()).isNull();
        nanos.remove(B);
        disturbance = (tiling, run) -> run % ROUNDS == 0 ? 1 : 1.6;
        assertThat(best()).as("nothing wins, but who knows").isNull();
    }

    @Test
    void whatCannotBeBuiltOrIsHopelessIsNotMeasured() {
        broken = A;
        nanos.put(A, new double[] {10, 40});
        nanos.put(B, new double[] {50, 1610});
        nanos.put(C, new double[] {90, 360});
        assertThat(best()).isEqualTo(C);
        assertThat(order).doesNotContain(A, B);
    }

    @Test
    void whatGivesOtherBitsIsNotTakenHoweverFast() {
        wrong = A;
        nanos.put(A, new double[] {10, 40});
        nanos.put(B, new double[] {80, 320});
        assertThat(best()).isEqualTo(B);
        assertThat(order).doesNotContain(A);
    }

    @Test
    void noneAlwaysFollowsTheSameOne() {
        best();
        List<Tiling> turn = List.of(Tiling.DEFAULT, Tiling.DEFAULT, A, A, B, B, C, C);
        assertThat(order.subList(0, 8)).isEqualTo(turn);
        assertThat(order.subList(8, 16)).isEqualTo(List.of(C, C, B, B, A, A, Tiling.DEFAULT, Tiling.DEFAULT));
    }
}
