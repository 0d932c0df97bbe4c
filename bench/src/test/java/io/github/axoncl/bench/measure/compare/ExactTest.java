package io.github.axoncl.bench.measure.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Errors are told by the oracle, where they are. */
class ExactTest {
    private static final int SHARE = 512;

    @Test
    void findsTheInputWithTheLargestError(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("tanh");
        Subject subject = Exact.write(Subject.of("tanh", false, 1), SHARE, file);
        Exact exact = Exact.read(subject, SHARE, file);
        float[] x = exact.inputs();
        assertEquals(subject.length(), x.length);
        float[] y = new float[x.length];
        int far = 0;
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) Math.tanh(x[i]);
            far = Math.abs(x[i]) > 1e6f ? i : far;
        }
        Accuracy good = exact.judge("good", y);
        assertTrue(good.maxUlp() <= 0.501 && good.nearUlp() <= good.maxUlp(), good::toString);
        y[far] = Math.nextUp(Math.nextUp(y[far] * 0.5f));
        Accuracy bad = exact.judge("bad", y);
        assertTrue(bad.maxUlp() > 1e6 && bad.nearUlp() == good.nearUlp(), bad::toString);
        assertEquals(x[far], bad.worst());
    }

    @Test
    void inputsAreFiniteOfAllMagnitudesAndDenseWhereActivationsWork() {
        float[] x = Inputs.wide(Subject.of("tanh", false, 1), SHARE);
        int near = 0;
        float largest = 0;
        float smallest = 1;
        for (float value : x) {
            assertTrue(Float.isFinite(value));
            largest = Math.max(largest, Math.abs(value));
            smallest = value == 0 ? smallest : Math.min(smallest, Math.abs(value));
            near += Inputs.isNear(value) && Math.abs(value) > 0.01f ? 1 : 0;
        }
        assertTrue(largest > 1e38f && smallest < 1e-38f && near > 500, largest + " " + smallest + " " + near);
    }

    @Test
    void softmaxIsJudgedInRows(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("softmax");
        Subject subject = Exact.write(Subject.of(Subject.SOFTMAX, false, 1), SHARE, file);
        assertEquals(1024, subject.columns());
        assertTrue(subject.rows() >= 4);
        float[] wrong = new float[subject.length()];
        assertTrue(Exact.read(subject, SHARE, file).judge("zero", wrong).maxUlp() > 1e6);
    }
}
