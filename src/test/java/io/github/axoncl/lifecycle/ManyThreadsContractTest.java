package io.github.axoncl.lifecycle;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.contract.FunctionCase;
import io.github.axoncl.contract.Inputs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Many threads on one backend, each with functions, parameters and lengths of its own, get what one thread alone gets. */
@Tag("threads")
class ManyThreadsContractTest extends BackendContract {
    private static final int THREADS = 16;
    private static final int CALLS = KIND.isBitExact() ? 60 : 8;
    private static final int LONGEST = 3000;
    private static final List<ActivationFunction> FUNCTIONS = FunctionCase.functions().toList();

    @Test
    void getWhatOneThreadGets() throws Exception {
        try (Watched watched = Watched.open()) {
            Backend backend = watched.backend();
            List<float[]> alone = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                alone.add(calls(backend(), thread));
            }
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Future<float[]>> together = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    int thread = t;
                    together.add(threads.submit(() -> {
                        start.await(60, TimeUnit.SECONDS);
                        return calls(backend, thread);
                    }));
                }
                for (int thread = 0; thread < THREADS; thread++) {
                    assertThat(together.get(thread).get(120, TimeUnit.SECONDS)).as("thread %d", thread)
                            .isEqualTo(alone.get(thread));
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(backend.info().memory().liveBytes()).isZero();
        }
    }

    /** A sequence of calls that depends on the thread's number only; of each result a few elements and a sum of all bits. */
    private static float[] calls(Backend backend, int thread) {
        SplittableRandom random = new SplittableRandom(thread);
        float[] traces = new float[3 * CALLS];
        for (int i = 0; i < CALLS; i++) {
            float[] x = Inputs.normal(1 + random.nextInt(LONGEST), random.nextInt());
            float[] y = new float[x.length];
            ActivationFunction function = FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
            switch (random.nextInt(4)) {
                case 0 -> backend.forward(function, x, y);
                case 1 -> backend.backward(function, x, x, y);
                case 2 -> backend.forward(RowActivation.SOFTMAX, Rows.of(1, x.length), x, y);
                default -> {
                    try (DeviceBuffer a = backend.allocate(DType.FLOAT32, x.length)) {
                        a.write(x);
                        backend.forward(function, a, a);
                        backend.derivative(function, a, a);
                        a.read(y);
                    }
                }
            }
            int bits = 0;
            for (float value : y) {
                bits = 31 * bits + Float.floatToIntBits(value);
            }
            traces[3 * i] = y[0];
            traces[3 * i + 1] = y[y.length - 1];
            traces[3 * i + 2] = bits >> 8;
        }
        return traces;
    }
}
