package io.github.axoncl.internal.auto;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Devices are opened when there is need, not before, and no call waits that need not. */
@Tag("opencl")
class LazyBackendTest {
    private static final BackendOptions AUTO = BackendOptions.defaults().withBackend("auto").withCalibration(false);
    private static final int LONG = (int) LazyBackend.WORTH_OPENING;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(120);

    private static LazyBackend open() {
        return (LazyBackend) Backends.open(AUTO);
    }

    private static float[] wave() {
        float[] x = new float[LONG];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i % 2001 - 1000) * 0.01f;
        }
        return x;
    }

    @Test
    void shortCallsNeverLookForDevices() {
        try (LazyBackend auto = open()) {
            float[] x = new float[(int) CostChoice.SHORT];
            for (int i = 0; i < 100; i++) {
                auto.forward(Activation.RELU, x, x);
            }
            assertThat(auto.isBegun()).isFalse();
        }
    }

    @Test
    void longCallsAreComputedWhileTheDeviceIsOpenedAndAfterwards() {
        float[] x = wave();
        float[] expected = new float[LONG];
        try (Backend cpu = Backends.open(AUTO.withBackend("cpu").withSimd(false))) {
            cpu.forward(Activation.GELU, x, expected);
        }
        try (LazyBackend auto = open()) {
            float[] y = new float[LONG];
            long calls = 0;
            boolean opened = false;
            long start = System.nanoTime();
            while (!opened) {
                assertThat(System.nanoTime() - start).as("nanoseconds without a device").isLessThan(PATIENCE);
                opened = auto.isOpened();
                auto.forward(Activation.GELU, x, y);
                calls++;
                assertThat(y).isEqualTo(expected);
                assertThat(auto.isBegun()).isTrue();
            }
            assertThat(calls).isGreaterThan(1);
            BackendInfo info = auto.info();
            assertThat(info.backend()).isEqualTo("opencl");
            assertThat(info.cpuCalls() + info.deviceCalls()).isEqualTo(calls);
        }
    }

    @Test
    void aBufferWaitsForTheDeviceAndLiesThere() {
        try (LazyBackend auto = open(); DeviceBuffer buffer = auto.allocate(DType.FLOAT32, 1000)) {
            assertThat(auto.isOpened()).isTrue();
            auto.forward(Activation.RELU, buffer, buffer);
            BackendInfo info = auto.info();
            assertThat(info.memory().allocations()).isOne();
            assertThat(info.deviceCalls()).isOne();
        }
    }

    @Test
    void infoAndExplanationsWaitForTheDevice() {
        try (LazyBackend auto = open()) {
            assertThat(auto.info().backend()).isEqualTo("opencl");
        }
        try (LazyBackend auto = open()) {
            assertThat(auto.explain(Activation.RELU, Operation.FORWARD, 10).deviceNanos()).isPositive();
        }
    }

    @Test
    void closingWaitsForWhatHasBegunAndLeavesNothing() {
        LazyBackend auto = open();
        float[] x = wave();
        auto.forward(Activation.RELU, x, x);
        assertThat(auto.isBegun()).isTrue();
        auto.close();
        auto.close();
        assertThat(auto.isClosed()).isTrue();
        assertThat(auto.isOpened()).isTrue();
        assertThat(auto.info().memory().liveBytes()).isZero();
        assertThatThrownBy(() -> auto.forward(Activation.RELU, x, x)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closedBeforeThereWasNeedItOpensNothing() {
        LazyBackend auto = open();
        auto.close();
        assertThat(auto.info().backend()).isEqualTo("cpu");
        assertThat(auto.isBegun()).isFalse();
        assertThatThrownBy(() -> auto.allocate(DType.FLOAT32, 1)).isInstanceOf(IllegalStateException.class);
    }
}
