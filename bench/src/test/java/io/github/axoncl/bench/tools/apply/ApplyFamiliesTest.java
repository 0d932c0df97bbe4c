package io.github.axoncl.bench.tools.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.GatedFunction;
import io.github.axoncl.Loss;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.Penalty;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.Targets;
import io.github.axoncl.bench.shared.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command apply gives what the same call on a backend gives, bit for bit, for every family and whatever the blocks are. */
class ApplyFamiliesTest extends ApplyFixture {
    private static final String SHAPE = "(3, 4, 5)";
    private static final int LENGTH = 60;
    private static final Rows LAST = Rows.of(12, 5);
    private static final Rows MIDDLE = new Rows(3, 4, 5);
    private static final RandomSeed SEED = new RandomSeed(-7, 3);
    private static final String WITH_SEED = "--seed=-7 --offset 3 ";

    private final Backend cpu = Machine.cpu(false);
    private float[] x;
    private float[] dy;
    private final float[] out = new float[LENGTH];
    private final float[] further = new float[LENGTH];

    @BeforeEach
    void inputs() throws IOException {
        x = floats("x.npy", SHAPE, LENGTH);
        dy = floats("dy.npy", SHAPE, LENGTH);
    }

    @AfterEach
    void close() {
        cpu.close();
    }

    /** Each command opens a backend, which would compile the SIMD form of every function beside the tests. */
    @BeforeAll
    static void scalar() {
        System.setProperty("axoncl.cpu.form", "scalar");
    }

    @AfterAll
    static void asBefore() {
        System.clearProperty("axoncl.cpu.form");
    }

    // ---- rows

    @ParameterizedTest
    @ValueSource(ints = {23, FileCall.BLOCK_SIZE})
    void masks(int size) throws IOException {
        blockSize = size;
        Operand added = Operand.of(floats("added.npy", SHAPE, LENGTH));
        masked("added.npy", Mask.additive(added));
        Operand square = Operand.of(floats("square.npy", "(4, 5)", 20));
        masked("square.npy", Mask.additive(square));
        flags("keys.npy", "|b1", "(3, 1, 5)", new byte[] {1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
        masked("keys.npy", Mask.keeping(Operand.of(new byte[] {1, 0, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1})).eachFor(4));
        flags("key.npy", "|u1", "(5,)", new byte[] {0, -1, 0, 2, 1});
        masked("key.npy", Mask.keeping(Operand.of(new byte[] {0, -1, 0, 2, 1})));
        flags("query.npy", "|u1", "(1, 4, 1)", new byte[] {0, 1, 0, 1});
        byte[] queries = new byte[20];
        for (int i = 0; i < 20; i++) {
            queries[i] = (byte) (i / 5 % 2);
        }
        masked("query.npy", Mask.keeping(Operand.of(queries)));
    }

    @ParameterizedTest
    @ValueSource(ints = {11, FileCall.BLOCK_SIZE})                          // two rows, less than the queries
    void causalMasks(int size) throws IOException {
        blockSize = size;
        masked("causal", Mask.causal(4, 1));                                // five keys, and the last of four queries sees all
        masked("causal:0", Mask.causal(4, 0));
        masked("causal:-2", Mask.causal(4, -2));
    }

    private void masked(String text, Mask mask) throws IOException {
        String argument = " --param mask=" + (text.endsWith(".npy") ? "@" : "") + text;
        RowFunction softmax = RowActivation.SOFTMAX.with(0.125, 1);
        run("--function softmax --param scale=0.125 --param zero_if_empty=1" + argument + " x.npy y.npy");
        cpu.forward(softmax, LAST, mask, Operand.of(x), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
        run("--function softmax --param scale=0.125 --param zero_if_empty=1" + argument
                + " --op backward --grad dy.npy x.npy y.npy");
        cpu.backwardFromOutput(softmax, LAST, out, dy, out);
        assertFile("y.npy", SHAPE, out);
        run("--function log_softmax" + argument + " x.npy y.npy");
        cpu.forward(RowActivation.LOG_SOFTMAX, LAST, mask, Operand.of(x), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
        run("--function logsumexp" + argument + " x.npy y.npy");
        float[] perRow = new float[12];
        cpu.forward(RowActivation.LOGSUMEXP, LAST, mask, Operand.of(x), Operand.of(perRow));
        assertFile("y.npy", "(3, 4)", perRow);
        float[] dRow = floats("drow.npy", "(3, 4)", 12);
        run("--function logsumexp" + argument + " --op backward --grad drow.npy x.npy y.npy");
        cpu.backward(RowActivation.LOGSUMEXP, LAST, mask, Operand.of(x), Operand.of(dRow), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
    }

    @ParameterizedTest
    @ValueSource(ints = {23, FileCall.BLOCK_SIZE})
    void rowsAlongAnyAxis(int size) throws IOException {
        blockSize = size;
        for (RowActivation f : RowActivation.values()) {
            if (f == RowActivation.LOGSUMEXP || f == RowActivation.GUMBEL_SOFTMAX) {
                continue;
            }
            run("--function " + f.id() + " --axis 1 x.npy y.npy");
            cpu.forward(f, MIDDLE, x, out);
            assertFile("y.npy", SHAPE, out);
            run("--function " + f.id() + " --axis -2 --op backward_from_output --grad dy.npy x.npy y.npy");
            cpu.backwardFromOutput(f, MIDDLE, x, dy, out);
            assertFile("y.npy", SHAPE, out);
        }
        float[] perRow = new float[15];
        run("--function logsumexp --param scale=2 --axis 1 x.npy y.npy");
        cpu.forward(RowActivation.LOGSUMEXP.with(2), MIDDLE, x, perRow);
        assertFile("y.npy", "(3, 5)", perRow);
        float[] dRow = floats("drow.npy", "(3, 5)", 15);
        run("--function logsumexp --param scale=2 --axis 1 --op backward --grad drow.npy x.npy y.npy");
        cpu.backward(RowActivation.LOGSUMEXP.with(2), MIDDLE, Operand.of(x), Operand.of(dRow), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
        run("--function gumbel_softmax --param temperature=0.5 " + WITH_SEED + "--axis 1 x.npy y.npy");
        RowFunction gumbel = RowActivation.GUMBEL_SOFTMAX.with(0.5);
        cpu.forward(gumbel, MIDDLE, SEED, Operand.of(x), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
        run("--function gumbel_softmax --param temperature=0.5 --op backward_from_output --grad dy.npy --axis 1 y.npy z.npy");
        cpu.backwardFromOutput(gumbel, MIDDLE, out, dy, out);
        assertFile("z.npy", SHAPE, out);
        run("--function gumbel_softmax --param temperature=0.5 --axis 1 --op backward --grad dy.npy " + WITH_SEED
                + "x.npy z.npy");
        assertFile("z.npy", SHAPE, out);
    }

    /** Rows without columns have a log-sum-exp, which is not empty. */
    @Test
    void emptyRows() throws IOException {
        floats("none.npy", "(3, 0)", 0);
        run("--function logsumexp none.npy y.npy");
        float lowest = Float.NEGATIVE_INFINITY;
        assertFile("y.npy", "(3,)", lowest, lowest, lowest);
        floats("no_query.npy", "(2, 0, 5)", 0);
        run("--function softmax --param mask=causal no_query.npy y.npy");
        assertFile("y.npy", "(2, 0, 5)");
    }

    // ---- element-wise functions of two files

    @ParameterizedTest
    @EnumSource(value = Activation.class, names = {"PRELU", "LEAKY_RELU", "SWISH", "ELU", "CELU"})
    void learnedParameters(Activation f) throws IOException {
        String name = f.definition().parameters().get(0).name();
        Files.write(folder.resolve("p.npy"), npy(1, "<f4", "False", "(4,)", 0.25f, 2, 0.5f, 1.5f));
        Files.write(folder.resolve("one.npy"), npy(1, "<f4", "False", "()", 0.75f));
        learned("--function " + f.id() + " --axis 1", f, name, "p.npy", MIDDLE, "(4,)", 0.25f, 2, 0.5f, 1.5f);
        learned("--function " + f.id(), f, name, "one.npy", new Rows(LENGTH, 1, 1), "()", 0.75f);
    }

    @Test
    void aLearnedParameterOfAFunctionOfTheUser() throws IOException {
        Files.copy(Path.of("../kernels/prelu.cl"), folder.resolve("own.cl"));
        Files.write(folder.resolve("p.npy"), npy(1, "<f4", "False", "(4,)", 0.25f, 2, -0.5f, 1.5f));
        learned("--kernel own.cl --axis 1", Activation.PRELU, "slope", "p.npy", MIDDLE, "(4,)", 0.25f, 2, -0.5f, 1.5f);
    }

    private void learned(String start, ActivationFunction f, String name, String file, Rows rows, String shape, float... values)
            throws IOException {
        Operand parameter = Operand.of(values);
        for (int size : new int[] {23, FileCall.BLOCK_SIZE}) {
            blockSize = size;
            run(start + " --param " + name + "=@" + file + " x.npy y.npy");
            cpu.forward(f, rows, Operand.of(x), parameter, Operand.of(out));
            assertFile("y.npy", SHAPE, out);
            run(start + " --param " + name + "=@" + file + " --op backward --grad dy.npy --out d" + name
                    + "=d.npy x.npy y.npy");
            float[] gradient = new float[values.length];
            cpu.backward(f, rows, Operand.of(x), parameter, Operand.of(dy), Operand.of(out), Operand.of(gradient));
            assertFile("y.npy", SHAPE, out);
            assertFile("d.npy", shape, gradient);
        }
    }

    @Test
    void whatIsNotAskedForIsNotWritten() throws IOException {
        floats("p.npy", "(5,)", 5);
        List<Path> before = new ArrayList<>(files());
        run("--function prelu --param slope=@p.npy --op backward --grad dy.npy x.npy y.npy");
        assertTrue(err.toString().contains("not written: dslope (--out dslope=FILE.npy)"), err::toString);
        before.add(folder.resolve("y.npy"));
        assertEquals(before.stream().sorted().toList(), files());
    }

    @ParameterizedTest
    @ValueSource(ints = {23, FileCall.BLOCK_SIZE})
    void biases(int size) throws IOException {
        blockSize = size;
        float[] bias = floats("bias.npy", "(4,)", 4);
        float[] gradient = new float[4];
        String start = "--function elu --param alpha=0.5 --param bias=@bias.npy --axis 1 ";
        run(start + "x.npy y.npy");
        var f = Activation.ELU.with(0.5).withBias();
        cpu.forward(f, MIDDLE, Operand.of(x), Operand.of(bias), Operand.of(further), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
        run(start + "--out z=z.npy x.npy y.npy");
        assertFile("y.npy", SHAPE, out);
        assertFile("z.npy", SHAPE, further);
        run(start + "--op backward --grad dy.npy --out dbias=d.npy x.npy y.npy");
        cpu.backward(f, MIDDLE, Operand.of(x), Operand.of(bias), Operand.of(dy), Operand.of(out), Operand.of(gradient));
        assertFile("y.npy", SHAPE, out);
        assertFile("d.npy", "(4,)", gradient);
    }

    @ParameterizedTest
    @ValueSource(ints = {23, FileCall.BLOCK_SIZE})
    void dropoutBehindThem(int size) throws IOException {
        blockSize = size;
        StochasticFunction f = Activation.ELU.with(0.5).withDropout(0.3);
        String start = "--function elu --param alpha=0.5 --dropout 0.3 " + WITH_SEED;
        run(start + "x.npy y.npy");
        assertTrue(err.toString().contains("forward of elu(alpha=0.5) and dropout of 0.3, 60 elements"), err::toString);
        cpu.forward(f, SEED, x, out);
        assertFile("y.npy", SHAPE, out);
        run(start + "--op backward --grad dy.npy x.npy y.npy");
        cpu.backward(f, SEED, x, dy, out);
        assertFile("y.npy", SHAPE, out);

        float[] bias = floats("bias.npy", "(4,)", 4);
        float[] gradient = new float[4];
        start += "--param bias=@bias.npy --axis 1 ";
        cpu.forward(f.withBias(), MIDDLE, SEED, Operand.of(x), Operand.of(bias), Operand.of(further), Operand.of(out));
        run(start + "x.npy y.npy");
        assertFile("y.npy", SHAPE, out);
        run(start + "--out z=z.npy x.npy y.npy");
        assertFile("y.npy", SHAPE, out);
        assertFile("z.npy", SHAPE, further);
        run(start + "--op backward --grad dy.npy --out dbias=d.npy x.npy y.npy");
        cpu.backward(f.withBias(), MIDDLE, SEED, Operand.of(x), Operand.of(bias), Operand.of(dy), Operand.of(out),
                Operand.of(gradient));
        assertFile("y.npy", SHAPE, out);
        assertFile("d.npy", "(4,)", gradient);
    }

    // ---- gates

    @ParameterizedTest
    @EnumSource(GatedActivation.class)
    void gates(GatedActivation f) throws IOException {
        float[] b = floats("b.npy", SHAPE, LENGTH);
        float[] dHalf = floats("dhalf.npy", "(3, 2, 5)", 30);
        float[] half = new float[30];
        for (int size : new int[] {23, FileCall.BLOCK_SIZE}) {
            blockSize = size;
            for (String gate : List.of("second", "first")) {
                GatedFunction ordered = gate.equals("first") ? f.gateFirst() : f;
                Rows rows = new Rows(3, 2, 5);
                run("--function " + f.id() + " --param gate=" + gate + " --axis 1 x.npy y.npy");
                cpu.forward(ordered, rows, Operand.of(x), Operand.of(half));
                assertFile("y.npy", "(3, 2, 5)", half);
                run("--function " + f.id() + " --param gate=" + gate + " --axis 1 --op backward --grad dhalf.npy x.npy y.npy");
                cpu.backward(ordered, rows, Operand.of(x), Operand.of(dHalf), Operand.of(out));
                assertFile("y.npy", SHAPE, out);
            }
            run("--function " + f.id() + " --param gate=@b.npy x.npy y.npy");
            cpu.forward(f, Operand.of(x), Operand.of(b), Operand.of(out));
            assertFile("y.npy", SHAPE, out);
            run("--function " + f.id() + " --param gate=@b.npy --op backward --grad dy.npy --out dgate=d.npy x.npy y.npy");
            cpu.backward(f, Operand.of(x), Operand.of(b), Operand.of(dy), Operand.of(out), Operand.of(further));
            assertFile("y.npy", SHAPE, out);
            assertFile("d.npy", SHAPE, further);
        }
    }

    // ---- random decisions

    @ParameterizedTest
    @EnumSource(StochasticActivation.class)
    void randomDecisionsDoNotDependOnBlocks(StochasticActivation constant) throws IOException {
        StochasticFunction f = constant.definition().parameters().size() == 1 ? constant.with(0.3) : constant;
        String start = "--function " + f.id() + (f == constant ? " " : " --param p=0.3 ") + WITH_SEED;
        float[] previous = floats("previous.npy", SHAPE, LENGTH);
        boolean two = constant == StochasticActivation.ZONEOUT;
        for (int size : new int[] {23, FileCall.BLOCK_SIZE}) {
            blockSize = size;
            run(start + (two ? "--param previous=@previous.npy " : "") + "x.npy y.npy");
            if (two) {
                cpu.forward(f, SEED, Operand.of(x), Operand.of(previous), Operand.of(out));
            } else {
                cpu.forward(f, SEED, x, out);
            }
            assertFile("y.npy", SHAPE, out);
            if (constant == StochasticActivation.GUMBEL_NOISE) {
                refused("dx is dy", (start + "--op backward --grad dy.npy x.npy q.npy").split(" "));
                continue;
            }
            run(start + "--op backward --grad dy.npy " + (two ? "--out dprevious=d.npy " : "") + "x.npy y.npy");
            if (two) {
                cpu.backwardBoth(f, SEED, Operand.of(dy), Operand.of(out), Operand.of(further));
                assertFile("d.npy", SHAPE, further);
            } else {
                cpu.backward(f, SEED, x, dy, out);
            }
            assertFile("y.npy", SHAPE, out);
        }
    }

    // ---- losses and penalties

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void losses(Reduction reduction) throws IOException {
        float[] probabilities = floats("p.npy", SHAPE, LENGTH);
        Files.write(folder.resolve("w.npy"), npy(1, "<f4", "False", "(4,)", 1, 0.5f, 0, 2));
        Operand weights = Operand.of(new float[] {1, 0.5f, 0, 2});
        int[] classes = {0, 1, 2, 3, 1, -1, 3, 2, 1, 0, -1, 0, 0, 3, 1};
        ints("t.npy", "(3, 5)", classes);
        LossFunction softmax = Loss.SOFTMAX_CROSS_ENTROPY.with(0.1);
        String start = "--axis 1 --function softmax_cross_entropy --param label_smoothing=0.1 ";
        loss(start + "--param ignore=-1 --param targets=@t.npy", softmax, Targets.classes(Operand.of(classes)).ignoring(-1),
                reduction);
        loss(start + "--param ignore=-1 --param targets=@t.npy --param weights=@w.npy", softmax,
                Targets.classes(Operand.of(classes)).ignoring(-1).weights(weights), reduction);
        loss(start + "--param targets=@p.npy --param weights=@w.npy", softmax,
                Targets.probabilities(Operand.of(probabilities)).weights(weights), reduction);
        loss("--axis 1 --function sigmoid_binary_cross_entropy --param pos_weight=2 --param weights=@w.npy "
                + "--param targets=@p.npy",
                Loss.SIGMOID_BINARY_CROSS_ENTROPY.with(0, 2), Targets.probabilities(Operand.of(probabilities)).weights(weights),
                reduction);
    }

    private void loss(String start, LossFunction f, Targets targets, Reduction reduction) throws IOException {
        boolean rows = f.id().startsWith("softmax");
        String shape = reduction != Reduction.NONE ? "()" : rows ? "(3, 5)" : SHAPE;
        float[] loss = new float[reduction != Reduction.NONE ? 1 : rows ? 15 : LENGTH];
        String options = start + (reduction == Reduction.MEAN ? ""
                : " --param reduction=" + reduction.name().toLowerCase(Locale.ROOT));
        blockSize = 7;
        run(options + " x.npy y.npy");
        cpu.forward(f, MIDDLE, targets, reduction, Operand.of(x), Operand.of(loss));
        assertFile("y.npy", shape, loss);
        run(options + " --op backward --out loss=l.npy x.npy y.npy");
        cpu.backward(f, MIDDLE, targets, reduction, Operand.of(x), Operand.of(loss), Operand.of(out));
        assertFile("y.npy", SHAPE, out);
        assertFile("l.npy", shape, loss);
    }

    @Test
    void penalties() throws IOException {
        blockSize = 7;
        float[] value = new float[1];
        run("--function l1_l2 --param l1=0.5 x.npy y.npy");
        cpu.backward(Penalty.L1_L2.with(0.5, 0.01), Operand.of(x), Operand.of(dy), Operand.of(value), Operand.of(out));
        assertFile("y.npy", "()", value);
        run("--function l1_l2 --param l1=0.5 --op backward --grad dy.npy --out value=v.npy x.npy y.npy");
        assertFile("y.npy", SHAPE, out);
        assertFile("v.npy", "()", value);
    }

    // ---- cells

    @Test
    void recurrentCells() throws IOException {
        Rows rows = Rows.of(5, 3);
        float[] gates = floats("gates.npy", "(5, 12)", 60);
        float[] before = floats("before.npy", "(5, 3)", 15);
        float[] dh = floats("dh.npy", "(5, 3)", 15);
        float[] dc = floats("dc.npy", "(5, 3)", 15);
        float[] h = new float[15];
        float[] c = new float[15];
        blockSize = 25;
        run("--function lstm --param c_before=@before.npy --out c=c.npy gates.npy h.npy");
        cpu.lstmForward(rows, Operand.of(gates), Operand.of(before), Operand.of(c), Operand.of(h));
        assertFile("h.npy", "(5, 3)", h);
        assertFile("c.npy", "(5, 3)", c);
        run("--function lstm --param c_before=@before.npy --param c=@c.npy --param dc=@dc.npy --op backward --grad dh.npy "
                + "--out dc_before=d.npy gates.npy y.npy");
        cpu.lstmBackward(rows, Operand.of(gates), Operand.of(before), Operand.of(c), Operand.of(dh), Operand.of(dc),
                Operand.of(out), Operand.of(h));
        assertFile("y.npy", "(5, 12)", out);
        assertFile("d.npy", "(5, 3)", h);

        float[] fromInput = floats("input.npy", "(5, 9)", 45);
        float[] fromState = floats("state.npy", "(5, 9)", 45);
        float[] dInput = new float[45];
        float[] dState = new float[45];
        run("--function gru --param from_state=@state.npy --param h_before=@before.npy input.npy y.npy");
        cpu.gruForward(rows, Operand.of(fromInput), Operand.of(fromState), Operand.of(before), Operand.of(h));
        assertFile("y.npy", "(5, 3)", h);
        run("--function gru --param from_state=@state.npy --param h_before=@before.npy --op backward --grad dh.npy "
                + "--out dfrom_state=s.npy --out dh_before=d.npy input.npy y.npy");
        cpu.gruBackward(rows, Operand.of(fromInput), Operand.of(fromState), Operand.of(before), Operand.of(dh),
                Operand.of(dInput), Operand.of(dState), Operand.of(h));
        assertFile("y.npy", "(5, 9)", dInput);
        assertFile("s.npy", "(5, 9)", dState);
        assertFile("d.npy", "(5, 3)", h);
    }

    /** An output may take the place of any input. */
    @Test
    void outputsMayBeInputs() throws IOException {
        blockSize = 7;
        float[] gate = floats("gate.npy", SHAPE, LENGTH);
        cpu.backward(GatedActivation.GLU, Operand.of(x), Operand.of(gate), Operand.of(dy), Operand.of(out),
                Operand.of(further));
        run("--function glu --param gate=@gate.npy --op backward --grad dy.npy --out dgate=x.npy x.npy gate.npy");
        assertFile("gate.npy", SHAPE, out);
        assertFile("x.npy", SHAPE, further);
    }

    /** The second output cannot appear: the first one is as it was, or is not there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allOutputsOrNone(boolean existed) throws IOException {
        floats("bias.npy", "(5,)", 5);
        if (existed) {
            Files.writeString(folder.resolve("q.npy"), "before");
        }
        ApplyCommand command = new ApplyCommand();
        command.beforeComputing = () -> Files.createDirectories(folder.resolve("z.npy/occupied"));
        assertEquals(1, execute(command, "--function", "relu", "--param", "bias=@bias.npy", "--out", "z=z.npy", "x.npy",
                "q.npy"), err::toString);
        assertEquals(existed, Files.exists(folder.resolve("q.npy")));
        if (existed) {
            assertEquals("before", Files.readString(folder.resolve("q.npy")));
        }
        assertFalse(files().stream().anyMatch(file -> file.toString().endsWith(".tmp")), () -> "temporary files remain");
    }

    private void run(String arguments) {
        err.getBuffer().setLength(0);
        assertEquals(0, apply(arguments.split(" ")), err::toString);
    }
}
