package io.github.axoncl.internal.auto;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** On a real device: calls go where they are sent, give the same bits there, and are counted there. */
@Tag("opencl")
class AutoBackendTest {
    private static final BackendOptions AUTO = BackendOptions.defaults().withBackend("auto");
    private static final int LENGTH = 10_000;
    private static final Rows ROWS = Rows.of(10, 1000);

    private final float[] x = new float[LENGTH];
    private final float[] expected = new float[LENGTH];
    private final float[] expectedRows = new float[LENGTH];

    @BeforeEach
    void compute() {
        for (int i = 0; i < LENGTH; i++) {
            x[i] = (i - LENGTH / 2) / 500f;
        }
        try (Backend cpu = Backends.open(AUTO.withBackend("cpu").withSimd(false))) {
            cpu.forward(Activation.GELU, x, expected);
            cpu.forward(RowActivation.SOFTMAX, ROWS, x, expectedRows);
        }
    }

    @AfterEach
    void chooseFreely() {
        System.clearProperty(Opening.CHOICE);
    }

    private static Backend open(String choice) {
        System.setProperty(Opening.CHOICE, choice);
        return Backends.open(AUTO);
    }

    @ParameterizedTest
    @CsvSource({"device, 6, 0", "cpu, 0, 6"})
    void oneWayForAll(String choice, long onDevice, long onCpu) {
        try (Backend auto = open(choice)) {
            float[] y = new float[LENGTH];
            auto.forward(Activation.GELU, x, y);
            assertThat(y).isEqualTo(expected);
            auto.forward(RowActivation.SOFTMAX, ROWS, x, y);
            assertThat(y).isEqualTo(expectedRows);
            try (DeviceBuffer in = auto.allocate(DType.FLOAT32, LENGTH); DeviceBuffer out = auto.allocate(DType.FLOAT32,
                    LENGTH)) {
                in.write(x);
                auto.forward(Activation.GELU, in, out);
                out.read(y);
                assertThat(y).isEqualTo(expected);
                auto.forward(RowActivation.SOFTMAX, ROWS, in, out);
                out.read(y);
                assertThat(y).isEqualTo(expectedRows);
                auto.forward(Activation.GELU, Operand.of(x), out);
                out.read(y);
                assertThat(y).isEqualTo(expected);
                auto.forward(Activation.GELU, in, in);
                in.read(y);
                assertThat(y).isEqualTo(expected);
            }
            BackendInfo info = auto.info();
            assertThat(info.deviceCalls()).isEqualTo(onDevice);
            assertThat(info.cpuCalls()).isEqualTo(onCpu);
            assertThat(info.fallbacks()).isEmpty();
            assertThat(auto.explain(Activation.GELU, Operation.FORWARD, 10).source()).isEqualTo(Source.NO_CHOICE);
        }
    }

    @Test
    void anotherWayIsRefused() {
        assertThatThrownBy(() -> open("both")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("both");
    }

    @Test
    void shortCallsNeedNoProgramOfTheDevice() {
        try (Backend auto = Backends.open(AUTO)) {
            float[] y = new float[1024];
            auto.forward(Activation.GELU, new float[1024], y);
            assertThat(auto.info().deviceCalls()).isZero();
            assertThat(auto.info().cpuCalls()).isOne();
            assertThat(auto.info().memory().allocations()).isZero();
        }
    }

    @Test
    void explainMeasuresBothAndWhatItMeasuresIsNobodysCall() {
        try (Backend auto = Backends.open(AUTO)) {
            for (Residence residence : Residence.values()) {
                Explanation explanation = auto.explain(Activation.RELU, Operation.FORWARD, LENGTH, residence);
                assertThat(explanation.source()).isIn(Source.MEASURED, Source.CACHE);
                assertThat(explanation.cpuNanos()).isPositive();
                assertThat(explanation.deviceNanos()).isPositive();
                double leaving = residence == Residence.DEVICE ? 2 : 1;
                assertThat(explanation.backend()).isEqualTo(
                        explanation.deviceNanos() < leaving * explanation.cpuNanos() ? "opencl" : "cpu");
            }
            assertThat(auto.info().deviceCalls() + auto.info().cpuCalls()).isZero();
            assertThat(auto.info().memory().allocations()).isZero();
            String before = auto.explain(Activation.RELU, Operation.FORWARD, LENGTH).backend();
            auto.forward(Activation.RELU, x, new float[LENGTH]);
            BackendInfo info = auto.info();
            assertThat(info.deviceCalls() + info.cpuCalls()).isOne();
            // On a busy machine it is measured again in the background, and may be decided otherwise from then on.
            if (before.equals(auto.explain(Activation.RELU, Operation.FORWARD, LENGTH).backend())) {
                assertThat(info.deviceCalls()).isEqualTo(before.equals("opencl") ? 1 : 0);
            }
        }
    }

    @Test
    void withoutCalibrationDefaultsDecide() {
        System.setProperty("axoncl.calibration", "OFF");
        try (Backend byProperty = Backends.open(AUTO)) {
            assertThat(byProperty.explain(Activation.RELU, Operation.FORWARD, LENGTH).source()).isEqualTo(Source.SWITCHED_OFF);
        } finally {
            System.clearProperty("axoncl.calibration");
        }
        try (Backend byOption = Backends.open(AUTO.withCalibration(false))) {
            Explanation explanation = byOption.explain(Activation.RELU, Operation.FORWARD, LENGTH);
            assertThat(explanation.source()).isEqualTo(Source.SWITCHED_OFF);
            assertThat(explanation.toString()).contains("calibration is off");
            float[] y = new float[LENGTH];
            byOption.forward(Activation.GELU, x, y);
            assertThat(y).isEqualTo(expected);
        }
    }

    @Test
    void closingEndsMeasuring() throws InterruptedException {
        float[] y = new float[LENGTH];
        for (int i = 0; i < 3; i++) {
            try (Backend auto = Backends.open(AUTO)) {
                auto.forward(Activation.TANH, x, y);
            }
        }
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("axoncl-calibrate")) {
                thread.join(5_000);
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }
}
