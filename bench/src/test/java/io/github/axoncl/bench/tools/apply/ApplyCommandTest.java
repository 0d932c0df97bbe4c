package io.github.axoncl.bench.tools.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.shared.Machine;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command apply on files whose bytes are NumPy's: results, refusals, exit codes, and that the output is whole or
 * absent. */
class ApplyCommandTest extends ApplyFixture {
    private final float[] x = new float[60];
    private final float[] dy = new float[60];

    @BeforeEach
    void inputs() throws IOException {
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 30) / 7f;
            dy[i] = 1 + i / 10f;
        }
        Files.write(folder.resolve("x.npy"), npy(1, "<f4", "False", "(3, 4, 5)", x));
        Files.write(folder.resolve("dy.npy"), npy(1, "<f4", "False", "(3, 4, 5)", dy));
        Files.write(folder.resolve("flat.npy"), npy(1, "<f4", "False", "(60,)", dy));
        Files.writeString(folder.resolve("mine.cl"), "// a x^2 + b\n"
                + "float forward(float x, float a /* scale */, float b) { return fma(a * x, x, b); }\n");
        Files.writeString(folder.resolve("bad.cl"), "float forward(float x) { return sin(x); }\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 59, 60, 61, FileCall.BLOCK_SIZE})
    void blocksOfAnySizeGiveTheSame(int size) throws IOException {
        blockSize = size;
        float[] expected = new float[60];
        try (Backend cpu = Machine.cpu(true)) {
            assertEquals(0, apply("--function", "gelu", "--backend", "cpu", "x.npy", "y.npy"));
            cpu.forward(Activation.GELU, x, expected);
            assertFile("y.npy", "(3, 4, 5)", expected);
            assertEquals(0, apply("--function", "elu", "--param", "alpha=0.5", "--op", "backward", "--grad", "dy.npy", "x.npy",
                    "y.npy"));
            cpu.backward(Activation.ELU.with(0.5), x, dy, expected);
            assertFile("y.npy", "(3, 4, 5)", expected);
            assertEquals(0, apply("--function", "tanh", "--op", "derivative", "x.npy", "y.npy"));
            cpu.derivative(Activation.TANH, x, expected);
            assertFile("y.npy", "(3, 4, 5)", expected);
            assertEquals(0, apply("--function", "sigmoid", "--op", "backward_from_output", "--grad", "x.npy", "x.npy",
                    "y.npy"));
            cpu.backwardFromOutput(Activation.SIGMOID, x, x, expected);
            assertFile("y.npy", "(3, 4, 5)", expected);
            assertEquals(0, apply("--function", "softmax", "--axis", "2", "x.npy", "y.npy"));
            cpu.forward(RowActivation.SOFTMAX, Rows.of(12, 5), x, expected);
            assertFile("y.npy", "(3, 4, 5)", expected);
            assertEquals(0, apply("--function", "log_softmax", "--param", "scale=0.5", "--axis", "1", "x.npy", "y.npy"));
            float[] middle = new float[60];
            cpu.forward(RowActivation.LOG_SOFTMAX.with(0.5, 0), new Rows(3, 4, 5), x, middle);
            assertFile("y.npy", "(3, 4, 5)", middle);
            assertEquals(0, apply("--function", "softmax", "--op", "backward", "--grad", "dy.npy", "x.npy", "y.npy"));
            cpu.backwardFromOutput(RowActivation.SOFTMAX, Rows.of(12, 5), expected, dy, expected);
            assertFile("y.npy", "(3, 4, 5)", expected);
        }
    }

    @Test
    void saysWhatComputed() {
        assertEquals(0, apply("--function", "relu", "--backend", "cpu", "x.npy", "y.npy"));
        assertTrue(err.toString().contains("backend cpu, device CPU"), err::toString);
        assertEquals(0, apply("--function", "relu", "--backend", "auto", "x.npy", "y.npy"));
        try (Backend chosen = Machine.named("auto")) {
            assertTrue(err.toString().contains("backend " + chosen.info().backend() + ", device " + chosen.info().device()));
        }
    }

    @Test
    void aFunctionOfTheUser() throws IOException {
        assertEquals(0, apply("--kernel", "mine.cl", "--param", "a=2", "--param", "b=0x1p-1", "x.npy", "y.npy"));
        float[] expected = new float[60];
        for (int i = 0; i < 60; i++) {
            expected[i] = Math.fma(2 * x[i], x[i], 0.5f);
        }
        assertFile("y.npy", "(3, 4, 5)", expected);
        assertEquals(0, apply("--kernel", "mine.cl", "--param", "a=2", "--param", "b=1", "--op", "derivative", "x.npy",
                "y.npy"));
        refused("b has no value", "--kernel", "mine.cl", "--param", "a=2", "x.npy", "q.npy");
        refused("no parameter \"c\"", "--kernel", "mine.cl", "--param", "a=2", "--param", "c=2", "x.npy", "q.npy");
        refused("bad.cl:1:33", "--kernel", "bad.cl", "x.npy", "q.npy");
        refused("no such file", "--kernel", "none.cl", "x.npy", "q.npy");
        refused("has no derivative from its output", "--kernel", "mine.cl", "--param", "a=2", "--param", "b=1", "--op",
                "backward_from_output", "--grad", "dy.npy", "x.npy", "q.npy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"(); 1", "(0,); 0", "(3, 0); 0", "(1, 1); 1"})
    void smallShapes(String shape, int elements) throws IOException {
        float[] values = Arrays.copyOf(new float[] {-1.5f}, elements);
        Files.write(folder.resolve("small.npy"), npy(1, "<f4", "False", shape, values));
        assertEquals(0, apply("--function", "relu", "small.npy", "y.npy"));
        assertFile("y.npy", shape, new float[elements]);
        if (!shape.equals("()")) {
            assertEquals(0, apply("--function", "softmax", "small.npy", "y.npy"));
        } else {
            refused("0 dimensions", "--function", "softmax", "small.npy", "q.npy");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void otherVersionsAreRead(int version) throws IOException {
        Files.write(folder.resolve("v.npy"), npy(version, "<f4", "False", "(60,)", x));
        assertEquals(0, apply("--function", "identity", "v.npy", "y.npy"));
        assertFile("y.npy", "(60,)", x);
    }

    @Test
    void theOutputMayBeTheInput() throws IOException {
        blockSize = 7;
        float[] expected = new float[60];
        try (Backend cpu = Machine.cpu(true)) {
            cpu.backward(Activation.SILU, x, x, expected);
        }
        assertEquals(0, apply("--function", "silu", "--op", "backward", "--grad", "x.npy", "x.npy", "x.npy"));
        assertFile("x.npy", "(3, 4, 5)", expected);
    }

    @Test
    void filesThatAreNotOfThisKind() throws IOException {
        byte[] good = npy(1, "<f4", "False", "(60,)", x);
        byte[] version9 = good.clone();
        version9[6] = 9;
        refusedFile("not a .npy file", "PK\u0003\u0004 something".getBytes(StandardCharsets.ISO_8859_1));
        refusedFile("ends within its magic", new byte[3]);
        refusedFile("ends within its header", Arrays.copyOf(good, 50));
        refusedFile("format version 9.0", version9);
        refusedFile("truncated: shape (60) needs 240 bytes of data, found 239", Arrays.copyOf(good, good.length - 1));
        refusedFile("1 more bytes follow", Arrays.copyOf(good, good.length + 1));
        refusedFile("float64", npy(1, "<f8", "False", "(30,)", x));
        refusedFile("big endian", npy(1, ">f4", "False", "(60,)", x));
        refusedFile("Fortran order", npy(1, "<f4", "True", "(6, 10)", x));
        refusedFile("a header of", npy(2, "<f4", " ".repeat(1 << 20), "(60,)", x));
        refused("no such file", "--function", "relu", "missing.npy", "q.npy");
        refused("a folder", "--function", "relu", ".", "q.npy");
    }

    @Test
    void wrongUsage() throws IOException {
        refused("did you mean softmax", "--function", "sofmax", "x.npy", "q.npy");
        refused("did you mean leaky_relu", "--function", "leakyrellu", "x.npy", "q.npy");
        refused("no parameter \"alpa\"; did you mean alpha", "--function", "elu", "--param", "alpa=1", "x.npy", "q.npy");
        refused("not in [", "--function", "elu", "--param", "alpha=1e30", "x.npy", "q.npy");
        refused("is not a number", "--function", "elu", "--param", "alpha=1d", "x.npy", "q.npy");
        refused("NAME=VALUE", "--function", "elu", "--param", "alpha", "x.npy", "q.npy");
        refused("twice", "--function", "elu", "--param", "alpha=1", "--param", "alpha=1", "x.npy", "q.npy");
        refused("no parameter \"alpha\"; known: bias", "--function", "relu", "--param", "alpha=1", "x.npy", "q.npy");
        refused("no parameter \"alpha\"; known: scale", "--function", "softmax", "--param", "alpha=1", "x.npy", "q.npy");
        refused("no operation", "--function", "relu", "--op", "sideways", "x.npy", "q.npy");
        refused("gelu has no derivative from its output", "--function", "gelu", "--op", "backward_from_output", "--grad",
                "dy.npy", "x.npy", "q.npy");
        refused("parameter alpha = -1.0 must be at least 0", "--function", "elu", "--param", "alpha=-1", "--op",
                "backward_from_output", "--grad", "dy.npy", "x.npy", "q.npy");
        refused("does not support derivative", "--function", "softmax", "--op", "derivative", "x.npy", "q.npy");
        refused("needs the gradient", "--function", "relu", "--op", "backward", "x.npy", "q.npy");
        refused("takes no --grad", "--function", "relu", "--grad", "dy.npy", "x.npy", "q.npy");
        refused("flat.npy has shape (60), but dy must have the shape of", "--function", "relu", "--op", "backward", "--grad",
                "flat.npy", "x.npy", "q.npy");
        refused("no meaning", "--function", "relu", "--axis", "-1", "x.npy", "q.npy");
        refused("out of range", "--function", "softmax", "--axis", "3", "x.npy", "q.npy");
        refused("out of range", "--function", "softmax", "--axis", "-4", "x.npy", "q.npy");
        refused("must be auto, all, cpu", "--function", "relu", "--backend", "gpu", "x.npy", "q.npy");
        refused("there is no folder", "--function", "relu", "x.npy", "none/q.npy");
        refused("mutually exclusive", "--function", "relu", "--kernel", "mine.cl", "x.npy", "q.npy");
        refused("Missing required", "x.npy", "q.npy");
        Files.createDirectory(folder.resolve("taken"));
        refused("a folder", "--function", "relu", "x.npy", "taken");
    }

    /** A file of which only the header takes room on the disk. */
    @Test
    void aRowThatIsTooLargeForOneBlock() throws IOException {
        byte[] header = npy(1, "<f4", "False", "(1, 600000000)");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("wide.npy").toFile(), "rw")) {
            file.write(header);
            file.setLength(header.length + 4L * 600_000_000);
        }
        refused("computes a row as a whole: 600000000 elements at once are too large", "--function", "softmax",
                "wide.npy", "q.npy");
    }

    @Test
    void aForcedBackendThatIsMissingIsThree() throws IOException {
        List<Path> before = files();
        assertEquals(3, apply("--function", "relu", "--backend", "opencl:no such device", "x.npy", "q.npy"));
        assertEquals(before, files());
    }

    /** The input shrinks under the computation: the old output stays, no temporary file does, and the exit code is 1. */
    @Test
    void aFailureInTheMiddleLeavesTheOldOutput() throws IOException {
        Files.writeString(folder.resolve("y.npy"), "before");
        List<Path> before = files();
        ApplyCommand command = new ApplyCommand();
        command.blockSize = 7;
        command.beforeComputing = () -> Files.write(folder.resolve("x.npy"), new byte[200]);
        assertEquals(1, execute(command, "--function", "relu", "x.npy", "y.npy"));
        assertTrue(err.toString().contains("became shorter"), err::toString);
        assertEquals("before", Files.readString(folder.resolve("y.npy")));
        assertEquals(before, files());
    }

    private void refusedFile(String part, byte[] content) throws IOException {
        Files.write(folder.resolve("wrong.npy"), content);
        refused(part, "--function", "relu", "wrong.npy", "q.npy");
        assertTrue(err.toString().contains("wrong.npy"), err::toString);
    }
}
