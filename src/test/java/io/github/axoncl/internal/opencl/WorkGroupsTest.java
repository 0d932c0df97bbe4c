package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BiasedActivation;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.contract.BackendUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The GPU's form of the kernels on devices that allow small work-groups only, or large ones: the same bits. */
@Tag("driver")
class WorkGroupsTest extends BackendContract {
    @ParameterizedTest
    @ValueSource(longs = {8, 1024})
    void anyWorkGroup(long largest) {
        Device device = TrackedCl.device();
        Cl cl = KIND == BackendUnderTest.OCLGRIND ? WholeWritesCl.cl() : new JoclCl();
        Device limited = new Device(device.platform(), device.id(), device.info(), Math.min(largest, device.maxWorkGroup()),
                KernelForm.GPU);
        try (OpenClBackend backend = new OpenClBackend(cl, limited, BackendOptions.defaults(), "limited")) {
            for (Rows rows : shapes()) {
                compare(backend, rows);
            }
        }
    }

    private static List<Rows> shapes() {
        // rusticl unrolls loops, which takes seconds for a program.
        return KIND == BackendUnderTest.RUSTICL ? List.of(Rows.of(3, 10), new Rows(2, 6, 3))
                : List.of(Rows.of(5, 7), Rows.of(2, 600), Rows.of(1, 5000), new Rows(2, 100, 3));
    }

    private static void compare(Backend backend, Rows rows) {
        int n = (int) rows.length();
        float[] x = new float[n];
        float[] dy = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (i * 37 % 101 - 50) * 0.11f;
            dy[i] = (i * 53 % 97 - 48) * 0.07f;
        }
        List<float[]> results = results(backend, rows, x, dy);
        List<float[]> expected = results(reference(), rows, x, dy);
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i)).as("result %d in %s", i, rows).isEqualTo(expected.get(i));
        }
    }

    private static List<float[]> results(Backend on, Rows rows, float[] x, float... dy) {
        int n = x.length;
        float[] gelu = new float[n];
        on.forward(Activation.GELU, x, gelu);
        float[] dropped = new float[n];
        on.forward(StochasticActivation.DROPOUT, new RandomSeed(1, 2), x, dropped);
        float[] softmax = new float[n];
        on.forward(RowActivation.SOFTMAX, rows, x, softmax);
        float[] gradient = new float[n];
        on.backwardFromOutput(RowActivation.SOFTMAX, rows, softmax, dy, gradient);
        float[] support = new float[n];
        on.forward(RowActivation.SPARSEMAX, rows, x, support);
        BiasedActivation biased = Activation.SIGMOID.withBias();
        float[] dx = new float[n];
        float[] dbias = new float[(int) rows.axis()];
        on.backward(biased, rows, Operand.of(x), Operand.of(dy), Operand.of(dx), Operand.of(dbias));
        Rows halves = new Rows(rows.outer(), rows.axis(), rows.inner());
        float[] ab = new float[2 * n];
        System.arraycopy(x, 0, ab, 0, n);
        System.arraycopy(dy, 0, ab, n, n);
        float[] gated = new float[n];
        on.forward(GatedActivation.SWIGLU, halves, Operand.of(ab), Operand.of(gated));
        return List.of(gelu, dropped, softmax, gradient, support, dx, dbias, gated);
    }
}
