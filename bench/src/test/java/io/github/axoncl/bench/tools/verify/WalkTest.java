package io.github.axoncl.bench.tools.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.Workbench;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.oracle.AccuracyTable;
import io.github.axoncl.oracle.Golden;
import io.github.axoncl.oracle.GoldenCase;
import io.github.axoncl.oracle.Ulp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A walk judges every float it passes once, however it is divided and interrupted. */
class WalkTest {
    private static final long STRIDE = 65537;
    private static final GoldenCase GELU = new GoldenCase(Activation.GELU, Operation.DERIVATIVE);

    @TempDir
    private Path folder;

    /** The plain way: one after the other, each by its formula. */
    private static WalkTally plain(Backend backend, GoldenCase judged, long stride) {
        int length = (int) Golden.count(stride);
        float[] x = new float[length];
        float[] y = new float[length];
        Golden.inputs(0, stride, x, length);
        backend.derivative(judged.function(), x, y);
        WalkTally tally = WalkTally.NOTHING;
        for (int i = 0; i < length; i++) {
            double error = Ulp.error(y[i], judged.formula().at(x[i], judged.parameters()));
            tally = tally.plus(new WalkTally(1, error > 0.5 ? 1 : 0, error > 1 ? 1 : 0, error, Float.floatToRawIntBits(x[i]),
                    Golden.sum(i * stride, stride, new float[] {y[i]}, 1)));
        }
        return tally;
    }

    @Test
    void isTheSameHoweverItIsDivided() throws IOException {
        try (Backend backend = Machine.cpu(false)) {
            WalkTally plain = plain(backend, GELU, STRIDE);
            assertTrue(plain.maxUlp() > 0.5 && plain.aboveHalf() > 0, plain::toString);
            assertEquals(Golden.count(STRIDE), plain.values());
            for (int length : new int[] {1, 7, 300, 4096}) {
                AtomicLong passed = new AtomicLong();
                WalkState state = new WalkState(folder, "divided", Integer.toString(length));
                WalkTally tally = new Walk(backend, GELU, STRIDE, length).run(state, 1 + length % 3, passed::addAndGet);
                assertEquals(plain.checksum(), tally.checksum());
                assertEquals(plain.values(), tally.values());
                assertEquals(plain.aboveHalf(), tally.aboveHalf());
                assertEquals(plain.worst(), tally.worst());
                assertEquals(plain.maxUlp(), tally.maxUlp(), 1e-6);
                assertEquals(Golden.PATTERNS, passed.get());
            }
            assertEquals(plain.checksum(), Golden.checksum(backend, GELU, STRIDE, 1000));
        }
    }

    @Test
    void goesOnWhereItWas() throws IOException {
        try (Backend backend = Machine.cpu(false)) {
            WalkState whole = new WalkState(folder, "whole", "key");
            WalkTally expected = new Walk(backend, GELU, STRIDE, 1000).run(whole, 2, patterns -> { });
            Path file = files("whole").get(0);
            List<String> lines = Files.readAllLines(file);
            // A third of the blocks, and one line that was cut off.
            String kept = String.join("\n", lines.subList(0, 40)) + "\n"
                    + lines.get(50).substring(0, lines.get(50).length() - 9);
            Files.writeString(file, kept);
            AtomicLong passed = new AtomicLong();
            WalkState half = new WalkState(folder, "whole", "key");
            assertTrue(half.finished().size() < 40 && half.finished().size() > 30, half.finished().toString());
            WalkTally tally = new Walk(backend, GELU, STRIDE, 1000).run(half, 2, passed::addAndGet);
            assertEquals(expected, tally);
            assertEquals(Golden.PATTERNS, passed.get());
            assertEquals(expected, new Walk(backend, GELU, STRIDE, 1000).run(new WalkState(folder, "whole", "key"), 1,
                    patterns -> { }));
            assertTrue(new WalkState(folder, "whole", "another key").finished().isEmpty());
            half.delete();
            assertTrue(files("whole").isEmpty());
        }
    }

    private List<Path> files(String title) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(path -> path.getFileName().toString().startsWith(title)).toList();
        }
    }

    @Test
    void writesRowsAndKeepsTheOthers() throws IOException {
        String table = folder.resolve("table.csv").toString();
        assertEquals(0, accurate("tanh,sigmoid", 1048583, "--operation", "derivative", "--out", table));
        assertEquals(0, accurate("relu", 1048583, "--out", table));
        assertEquals(0, accurate("tanh", 2097169, "--operation", "derivative", "--out", table));
        List<AccuracyTable.Row> rows = rows(table);
        assertEquals(List.of("relu forward", "relu derivative", "sigmoid derivative", "tanh derivative"),
                rows.stream().map(row -> row.key().function() + " " + row.key().operation()).toList());
        AccuracyTable.Row sigmoid = rows.get(2);
        assertEquals(Set.of(1048583L), sigmoid.checksums().keySet());
        assertEquals(AccuracyTable.load().get(sigmoid.key()).checksums().get(1048583L), sigmoid.checksums().get(1048583L));
        assertFalse(sigmoid.exhaustive());
        assertEquals(2097169, rows.get(3).stride());
        // Of the two, only tanh's row is too coarse.
        assertEquals(0, accurate("tanh,sigmoid", 1048583, "--operation", "derivative", "--missing", "--out", table));
        assertEquals(1048583, rows(table).get(3).stride());
        String finer = Files.readString(Path.of(table));
        assertEquals(0, accurate("tanh,sigmoid", 2097169, "--operation", "derivative", "--missing", "--out", table));
        assertEquals(finer, Files.readString(Path.of(table)));
        assertTrue(files("").stream().noneMatch(path -> path.toString().endsWith(".walk")), "a finished walk leaves nothing");
        assertEquals(0, verify("--function", "tanh", "--precision", "fast", "--stride", "1048583", "--out", table));
        assertEquals(List.of("fast", "fast"), rows(table).stream().map(row -> row.key().precision()).skip(4).toList());
    }

    private int accurate(String functions, long stride, String... others) {
        return verify(Stream.concat(Stream.of("--precision", "accurate", "--function", functions, "--stride",
                Long.toString(stride)), Stream.of(others)).toArray(String[]::new));
    }

    private static List<AccuracyTable.Row> rows(String table) throws IOException {
        return List.copyOf(AccuracyTable.parse(Files.readString(Path.of(table))).values());
    }

    @Test
    void wrongUsageIsTwo() {
        assertEquals(2, verify("--function", "gelo"));
        assertEquals(2, verify("--function", "softmax"));
        assertEquals(2, verify("--operation", "backward"));
        assertEquals(2, verify("--precision", "high"));
        assertEquals(2, verify("--stride", "0"));
        assertEquals(2, verify("--stride", "4294967296"));
        assertEquals(2, verify("--threads", "0"));
        assertEquals(2, verify("--param", "alpha=2"));
        assertEquals(2, verify("--missing"));
        assertEquals(2, verify("--function", "relu", "--precision", "fast"));
        assertEquals(2, verify("--function", "relu", "--samples", "3"));
        assertEquals(2, Workbench.execute("verify", "--stride", "17"));
    }

    @Test
    void otherParametersAreJudgedByTheFormulaAlone() {
        assertEquals(0, accurate("elu", 1048583, "--param", "alpha=0.5", "--operation", "forward"));
    }

    private int verify(String... arguments) {
        Stream<String> all = Stream.concat(Stream.of("verify", "--exhaustive", "--state", folder.toString()),
                Stream.of(arguments));
        return Workbench.execute(all.toArray(String[]::new));
    }
}
