package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Several threads on one backend, each with a function of its own, arguments interleaved. Not for Oclgrind's host side. */
@Tag("threads")
class ThreadsContractTest extends BackendContract {
    private static final int THREADS = 6;
    private static final int ROUNDS = 25;

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        assertThat(KIND.takesThreads()).isTrue();
        // A fresh backend: the threads also build the functions at the same time.
        try (Backend shared = KIND.open()) {
            ExecutorService pool = Executors.newFixedThreadPool(THREADS);
            try {
                CyclicBarrier start = new CyclicBarrier(THREADS);
                List<Future<Integer>> results = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    int thread = t;
                    results.add(pool.submit(() -> rounds(shared, start, thread)));
                }
                for (Future<Integer> result : results) {
                    assertThat(result.get(120, TimeUnit.SECONDS)).isEqualTo(ROUNDS);
                }
            } finally {
                pool.shutdownNow();
            }
            assertThat(shared.info().memory().liveBytes()).isZero();
            assertThat(shared.info().fallbacks()).isEmpty();
        }
    }

    private static int rounds(Backend shared, CyclicBarrier start, int thread) throws Exception {
        List<FunctionCase> cases = FunctionCase.all().toList();
        start.await(60, TimeUnit.SECONDS);
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            FunctionCase tested = cases.get((round * THREADS + thread) * 7 % cases.size());
            int length = 1 + (round * 397 + thread * 101) % 4097;
            float[] x = Inputs.mixed(length, thread);
            float[] dy = Inputs.mixed(length, round);
            Expected expected = Expected.of(tested, x, dy);
            expected.check(tested + " in thread " + thread, tested.run(shared, x, dy), 0, 0, length);
            try (DeviceBuffer a = shared.allocate(DType.FLOAT32, length)) {
                a.write(x);
                tested.run(shared, a, Operand.of(dy), a);
                float[] y = new float[length];
                a.read(y);
                expected.check(tested + " on the device in thread " + thread, y, 0, 0, length);
            }
            done++;
        }
        return done;
    }

    @Test
    void manyThreadsOneFunction() throws Exception {
        float[] x = Inputs.mixed(10_007, 51);
        float[] expected = new float[x.length];
        reference().forward(Activation.SOFTPLUS, x, expected);
        Expected rule = Expected.of(new FunctionCase(Activation.SOFTPLUS, io.github.axoncl.Operation.FORWARD), x, x);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> results = new ArrayList<>();
            for (int t = 0; t < 4 * THREADS; t++) {
                results.add(pool.submit(() -> {
                    float[] y = new float[x.length];
                    backend().forward(Activation.SOFTPLUS, x, y);
                    rule.check("softplus", y, 0, 0, y.length);
                }));
            }
            for (Future<?> result : results) {
                result.get(60, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
        Bits.assertSame("the reference itself", rule.result(), expected);
    }
}
