package io.github.axoncl.bench.measure.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is fastest at which accuracy. */
class VerdictTest {

    private static Line line(String contender, double nanos, double ulp) {
        return new Line(Series.ALL, contender, "tanh", "forward", 8, 2, 5, nanos, nanos - 0.1, nanos + 0.1, 1, 1, 1, ulp, ulp);
    }

    private static Verdict verdict(Line... lines) {
        List<Participant> all = new ArrayList<>();
        for (Line line : lines) {
            all.add(new Participant(line.contender(), "", "", line.contender().startsWith("own")));
        }
        return Verdict.all(new Report(null, all, Arrays.asList(lines), List.of(), List.of(), List.of())).get(0);
    }

    @Test
    void theFrontHoldsThoseWhomNobodyBeatsInBoth() {
        Verdict verdict = verdict(line("own exact", 3, 0.7), line("own fast", 1, 3), line("slow", 4, 2), line("between", 2, 2));
        assertEquals(List.of("own fast", "between", "own exact"), verdict.front().stream().map(Line::contender).toList());
    }

    @Test
    void whoIsFasterAndLessExactIsNoMissWhereAxonclHasAsFastATier() {
        assertTrue(verdict(line("own exact", 3, 0.7), line("own fast", 1, 3), line("other", 2, 4)).holds());
    }

    @Test
    void whoIsFasterThanAllThatIsAsExactIsAMiss() {
        Verdict verdict = verdict(line("own exact", 3, 0.7), line("own fast", 1, 3), line("other", 2, 2));
        assertEquals("own exact", verdict.misses().get(0).axoncl().contender());
        assertEquals(1.5, verdict.misses().get(0).factor());
        assertFalse(verdict.misses().get(0).close());
    }

    @Test
    void whoIsMoreExactThanAllIsAMissOnlyIfFasterThanTheMostExact() {
        assertTrue(verdict(line("own exact", 3, 0.7), line("own fast", 1, 3), line("other", 4, 0.5)).holds());
        assertFalse(verdict(line("own exact", 3, 0.7), line("own fast", 1, 3), line("other", 2.9, 0.5)).holds());
    }

    @Test
    void errorsThatAreCorrectlyRoundedAreEqual() {
        assertTrue(verdict(line("own exact", 1, 0.499999), line("other", 2, 0.499998)).holds());
        assertFalse(verdict(line("own exact", 2, 0.499999), line("other", 1, 0.499998)).holds());
    }
}
