package io.github.axoncl.bench.measure.regret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.bench.Required;
import io.github.axoncl.bench.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegretTest {
    /** By hand: the logarithms of 1, 1.2 and 1.44 have the mean log 1.2 and the deviation log 1.2, and t
     * of two degrees is 4.3027. */
    @Test
    void anIntervalByHand() {
        RatioInterval interval = RatioInterval.of(new double[] {1, 2.4, 1.44}, 1, 2, 1);
        double half = Math.exp(4.302653 * Math.log(1.2) / Math.sqrt(3));
        assertEquals(1.2, interval.ratio(), 1e-12);
        assertEquals(1.2 / half, interval.low(), 1e-6);
        assertEquals(1.2 * half, interval.high(), 1e-6);
        assertFalse(interval.exceeds(1.1));
        assertTrue(RatioInterval.of(new double[] {1.2, 1.21, 1.19}, 1, 1, 1).exceeds(1.1));
        assertThrows(IllegalArgumentException.class, () -> RatioInterval.of(new double[] {1}, 1));
    }

    @Test
    void theTableIsWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("regret.csv");
        int code = Workbench.execute("regret", "--function", "relu,softmax", "--length", "256,8192", "--rounds", "3", "--out",
                file.toString());
        if (code == 3) {
            Required.missing("pocl", "there is no device to choose");
        }
        assertEquals(0, code);
        List<String> lines = Files.readAllLines(file);
        assertEquals(1 + 2 * 3 * 2, lines.size());
        int columns = RegretCell.HEAD.split(",").length;
        assertTrue(lines.stream().allMatch(line -> line.split(",").length == columns), lines::toString);
        assertTrue(lines.stream().filter(line -> line.matches("\\w+,(heap|direct),256,.*")).allMatch(line -> line.split(",")[6]
                .equals("cpu")), lines::toString);
    }

    @Test
    void wrongUsage() {
        assertEquals(2, Workbench.execute("regret", "--length", "1025"));
        assertEquals(2, Workbench.execute("regret", "--length", "0"));
        assertEquals(2, Workbench.execute("regret", "--rounds", "1"));
    }
}
