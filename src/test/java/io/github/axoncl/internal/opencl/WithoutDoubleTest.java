package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.auto.AutoBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A device that does not compute in double leaves float64 to the CPU and says so; everything else stays on it. */
@Tag("opencl")
class WithoutDoubleTest {
    private static final double[] X = {-3.5, -0.1, 0, 0.1, 1e300};
    private static Backend reference;
    private static Device device;

    @BeforeAll
    static void findDevice() {
        reference = Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));
        device = OpenCl.load().discover(reference).stream().filter(d -> d.accepted() && d.info().bitExact()).findFirst()
                .orElseThrow(() -> new AssertionError("no device"));
        assertThat(device.info().fp64()).as("%s", device.info()).isTrue();
        device = device.withoutDouble("a test says so");
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    private static OpenClBackend open() {
        return new OpenClBackend(new JoclCl(), device, BackendOptions.defaults(), "test");
    }

    @Test
    void itsVerdictSaysSo() {
        assertThat(device.info().fp64()).isFalse();
        assertThat(device.info().accepted()).isTrue();
        assertThat(device.info().verdict()).contains("float64 is left to the CPU: a test says so");
    }

    @Test
    void leftToChooseTheCpuComputes() {
        double[] expected = new double[X.length];
        reference.forward(Activation.GELU, Operand.of(X), Operand.of(expected));
        try (Backend auto = AutoBackends.over(open())) {
            double[] y = new double[X.length];
            auto.forward(Activation.GELU, Operand.of(X), Operand.of(y));
            assertThat(y).containsExactly(expected);
            assertThat(auto.info().deviceCalls()).isZero();
            assertThat(auto.info().fallbacks()).singleElement()
                    .satisfies(f -> assertThat(f.reason()).contains("does not compute in FLOAT64")
                            .contains(device.info().name()));
            try (DeviceBuffer buffer = auto.allocate(DType.FLOAT64, X.length)) {
                buffer.write(0, Operand.of(X));
                auto.forward(Activation.GELU, buffer, buffer);
                double[] read = new double[X.length];
                buffer.read(0, Operand.of(read));
                assertThat(read).containsExactly(expected);
            }
            float[] single = {-1};
            auto.forward(Activation.RELU, single, single);
            assertThat(auto.info().deviceCalls()).isOne();
        }
    }

    @Test
    void askedForItIsAnErrorAndNothingIsWritten() {
        double[] y = {1, 2, 3, 4, 5};
        try (Backend forced = open()) {
            assertThatThrownBy(() -> forced.forward(Activation.GELU, Operand.of(X), Operand.of(y)))
                    .isInstanceOf(DeviceException.class).hasMessageContaining("forward of gelu")
                    .hasMessageContaining("FLOAT64");
        }
        assertThat(y).containsExactly(1, 2, 3, 4, 5);
    }
}
