package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import static io.github.axoncl.contract.Mistake.mistake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls that nobody waits for: the same results, in order; mistakes at once, failures later;
 * what cancelling and closing do. */
@Tag("async")
class AsyncContractTest extends BackendContract {
    private static final int LENGTH = KIND == BackendUnderTest.OCLGRIND ? 129 : 4097;
    /** Many chunks, where that does not take long. */
    private static final int MANY_CHUNKS = KIND.longest() < 1_000_000 ? LENGTH : 3 << 22;
    private static final float UNTOUCHED = 1357.5f;

    @Test
    void everyOperationHasTheResultsOfItsTwin() {
        float[] x = Inputs.finite(LENGTH, 11);
        float[] dy = Inputs.finite(LENGTH, 12);
        OperationCheck.of("forwardAsync", (b, o) -> b.forwardAsync(Activation.ELU, o.apply("x"), o.apply("y")).join())
                .in("x", x).out("y", LENGTH).inPlace("y", "x").check();
        OperationCheck.of("derivativeAsync", (b, o) -> b.derivativeAsync(Activation.ELU, o.apply("x"), o.apply("dx")).join())
                .in("x", x).out("dx", LENGTH).inPlace("dx", "x").check();
        OperationCheck.of("backwardAsync",
                (b, o) -> b.backwardAsync(Activation.ELU, o.apply("x"), o.apply("dy"), o.apply("dx")).join())
                .in("x", x).in("dy", dy).out("dx", LENGTH).inPlace("dx", "dy").check();
        OperationCheck.of("backwardFromOutputAsync",
                (b, o) -> b.backwardFromOutputAsync(Activation.ELU, o.apply("y"), o.apply("dy"), o.apply("dx")).join())
                .in("y", x).in("dy", dy).out("dx", LENGTH).inPlace("dx", "y").check();
    }

    @Test
    void rowsToo() {
        int columns = 43;
        int length = LENGTH / columns * columns;
        Rows rows = Rows.of(LENGTH / columns, columns);
        float[] x = Inputs.normal(length, 13);
        float[] dy = Inputs.normal(length, 14);
        OperationCheck.of("forwardAsync of softmax",
                (b, o) -> b.forwardAsync(RowActivation.SOFTMAX, rows, o.apply("x"), o.apply("y")).join())
                .in("x", x).out("y", length).inPlace("y", "x").check();
        OperationCheck.of("backwardFromOutputAsync of softmax",
                (b, o) -> b.backwardFromOutputAsync(RowActivation.SOFTMAX, rows, o.apply("y"), o.apply("dy"), o.apply("dx"))
                        .join())
                .in("y", x).in("dy", dy).out("dx", length).inPlace("dx", "dy").check();
    }

    @Test
    void arraysAreTakenDirectly() {
        float[] x = Inputs.finite(LENGTH, 15);
        float[] y = new float[LENGTH];
        float[] dx = new float[LENGTH];
        backend().forwardAsync(Activation.RELU, x, y).join();
        backend().backwardAsync(Activation.RELU, x, y, dx).join();
        float[] expected = new float[LENGTH];
        reference().forward(Activation.RELU, x, expected);
        assertThat(y).isEqualTo(expected);
        assertThat(dx).isEqualTo(expected);
    }

    @Test
    void aLaterCallMayUseWhatAnEarlierOneGives() {
        float[] x = Inputs.finite(LENGTH, 16);
        float[] expected = x.clone();
        float[] actual = x.clone();
        Activation[] chain = {Activation.LEAKY_RELU, Activation.SOFTSIGN, Activation.HARD_TANH, Activation.HARD_SIGMOID};
        for (Activation function : chain) {
            reference().forward(function, expected, expected);
        }
        try (DeviceBuffer buffer = backend().allocate(DType.FLOAT32, LENGTH)) {
            buffer.write(x);
            CompletableFuture<Void> last = null;
            for (Activation function : chain) {
                backend().forwardAsync(function, actual, actual);
                last = backend().forwardAsync(function, buffer, buffer);
            }
            last.join();
            float[] read = new float[LENGTH];
            buffer.read(read);
            if (KIND.isBitExact()) {
                Bits.assertSame("arrays", actual, expected);
                Bits.assertSame("device buffers", read, expected);
            } else {
                assertThat(read).isEqualTo(actual);
            }
        }
    }

    @Test
    void nothingIsDoneAtOnce() {
        CompletableFuture<Void> future = backend().forwardAsync(Activation.TANH, new float[0], new float[0]);
        assertThat(future).isCompletedWithValue(null);
    }

    @Test
    void mistakesAreThrownAtOnce() {
        float[] five = new float[5];
        float[] six = new float[6];
        mistake(b -> b.forwardAsync(Activation.TANH, five, six),
                "forward of tanh: x has 5 elements, y has 6; they must be equal").assertRefused(backend(), five, six);
        mistake(b -> b.forwardAsync(Activation.TANH, (float[]) null, six), NullPointerException.class, "x")
                .assertRefused(backend(), six);
        mistake(b -> b.backwardAsync(Activation.TANH, five, null, five), NullPointerException.class, "dy")
                .assertRefused(backend(), five);
        mistake(b -> b.backwardFromOutputAsync(Activation.GELU, Operand.of(five), Operand.of(five), Operand.of(five)),
                "gelu has no derivative from its output; use backward").assertRefused(backend(), five);
        mistake(b -> b.derivativeAsync(Activation.TANH, Operand.of(five),
                Operand.of(FloatBuffer.wrap(five).asReadOnlyBuffer())), "dx is a read-only buffer")
                .assertRefused(backend(), five);
    }

    @Test
    @Tag("threads")
    void whatFailsLaterFailsTheFuture() throws Exception {
        float[] y = new float[LENGTH];
        try (Backend backend = KIND.open(); Gate gate = new Gate(backend)) {
            DeviceBuffer x = backend.allocate(DType.FLOAT32, LENGTH);
            CompletableFuture<Void> future = backend.forwardAsync(Activation.RELU, x, Operand.of(y));
            x.close();
            gate.open();
            assertThatThrownBy(() -> future.get(60, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IllegalStateException.class)
                    .rootCause().hasMessageEndingWith("is closed");
        }
        assertThat(y).containsOnly(0);
    }

    @Test
    @Tag("threads")
    void aCallThatIsCancelledBeforeItBeginsWritesNothing() throws Exception {
        float[] y = new float[LENGTH];
        float[] after = Inputs.finite(LENGTH, 17);
        try (Backend backend = KIND.open(); Gate gate = new Gate(backend)) {
            CompletableFuture<Void> future = backend.forwardAsync(Activation.SIGMOID, new float[LENGTH], y);
            CompletableFuture<Void> next = backend.forwardAsync(Activation.RELU, after, after);
            assertThat(future.cancel(true)).isTrue();
            assertThat(future.cancel(true)).isTrue();
            gate.open();
            next.get(60, TimeUnit.SECONDS);
            assertThat(future).isCancelled();
            assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        }
        assertThat(y).containsOnly(0);
        for (float value : after) {
            assertThat(value).isGreaterThanOrEqualTo(0);
        }
    }

    /** When cancelling returns, a first part is complete and nothing more is written. */
    @Test
    void cancellingLeavesAFirstPart() {
        float[] x = new float[MANY_CHUNKS];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1 + (i & 1023) / 1024f;
        }
        for (MemoryKind kind : new MemoryKind[] {MemoryKind.ARRAY, MemoryKind.DIRECT}) {
            float[] untouched = new float[MANY_CHUNKS];
            Arrays.fill(untouched, UNTOUCHED);
            MemoryKind.Memory y = kind.with(backend(), untouched);
            CompletableFuture<Void> future = backend().forwardAsync(Activation.SQUARE, Operand.of(x), y.operand());
            while (y.all().get(5) == UNTOUCHED && !future.isDone()) {
                Thread.onSpinWait();
            }
            boolean cancelled = future.cancel(true);
            float[] first = y.content();
            int complete = 0;
            while (complete < x.length && first[complete] == x[complete] * x[complete]) {
                complete++;
            }
            assertThat(complete).as("%s: complete", kind).isPositive();
            assertThat(cancelled || complete == x.length).as("%s: cancelled or complete", kind).isTrue();
            for (int i = complete; i < x.length; i++) {
                if (first[i] != UNTOUCHED) {
                    assertThat(first[i]).as("%s: element %d behind the complete %d", kind, i, complete).isEqualTo(UNTOUCHED);
                }
            }
            // A later call has begun only when nothing of the cancelled one was left.
            backend().forwardAsync(Activation.RELU, new float[] {1}, new float[1]).join();
            assertThat(Arrays.equals(y.content(), first)).as("%s: nothing is written afterwards", kind).isTrue();
        }
    }

    @Test
    void closingFailsWhatHasNotBegunAndWaitsForWhatHas() throws Exception {
        float[] x = Inputs.finite(LENGTH, 18);
        float[] expected = new float[LENGTH];
        reference().forward(Activation.SOFTSIGN, x, expected);
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        List<float[]> outputs = new ArrayList<>();
        Backend backend = KIND.open();
        for (int i = 0; i < 20; i++) {
            float[] y = new float[LENGTH];
            outputs.add(y);
            futures.add(backend.forwardAsync(Activation.SOFTSIGN, x, y));
        }
        backend.close();
        for (int i = 0; i < futures.size(); i++) {
            float[] atClosing = outputs.get(i).clone();
            try {
                futures.get(i).get(60, TimeUnit.SECONDS);
                if (KIND.isBitExact()) {
                    Bits.assertSame("output " + i, atClosing, expected);
                }
            } catch (ExecutionException e) {
                assertThat(e).hasRootCauseInstanceOf(IllegalStateException.class).rootCause()
                        .hasMessage("the backend is closed");
                assertThat(atClosing).containsOnly(0);
            }
        }
        assertThatThrownBy(() -> backend.forwardAsync(Activation.RELU, x, x)).isInstanceOf(IllegalStateException.class)
                .hasMessage("the backend is closed");
        assertNoThreadIsLeft();
    }

    @Test
    void aBackendMayBeClosedByWhatFollowsACall() throws Exception {
        Backend backend = KIND.open();
        CompletableFuture<Void> future = backend.forwardAsync(Activation.RELU, new float[LENGTH], new float[LENGTH]);
        CompletableFuture<Void> closed = future.thenRun(backend::close);
        closed.get(60, TimeUnit.SECONDS);
        assertThat(backend.isClosed()).isTrue();
    }

    private static void assertNoThreadIsLeft() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long threads;
        do {
            threads = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("axoncl-async")).count();
            // The shared backend of the tests may have one.
        } while (threads > 1 && System.nanoTime() < end);
        assertThat(threads).as("threads after closing").isLessThanOrEqualTo(1);
    }

    /** Keeps the thread that computes from its next call until it is opened. */
    private static final class Gate implements AutoCloseable {
        private final CountDownLatch opened = new CountDownLatch(1);

        Gate(Backend backend) throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            Thread own = Thread.currentThread();
            float[] any = new float[1];
            while (held.getCount() > 0) {
                // What follows runs here if the call is done already.
                backend.forwardAsync(Activation.RELU, any, any).thenRun(() -> {
                    if (Thread.currentThread() != own) {
                        held.countDown();
                        await();
                    }
                });
                held.await(10, TimeUnit.MILLISECONDS);
            }
        }

        private void await() {
            try {
                assertThat(opened.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new CompletionException(e);
            }
        }

        void open() {
            opened.countDown();
        }

        @Override
        public void close() {
            open();
        }
    }
}
