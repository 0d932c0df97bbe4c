package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DeviceException;
import org.junit.jupiter.api.Test;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The backend that this JVM was to test is the one that computed, and choosing works as it says. */
class RightBackendContractTest extends BackendContract {
    private static final String CHOICE = "axoncl.backend";

    @Test
    void theBackendThatWasAskedForComputes() {
        BackendInfo before = backend().info();
        float[] y = new float[100];
        backend().forward(Activation.SIGMOID, new float[100], y);
        BackendInfo after = backend().info();
        assertThat(y).containsOnly(0.5f);
        assertThat(after.fallbacks()).isEqualTo(before.fallbacks());
        if (KIND.isDevice()) {
            assertThat(after.backend()).isEqualTo("opencl");
            assertThat((after.device() + " " + after.driver()).toLowerCase(Locale.ROOT)).containsPattern(KIND.driverMark());
            assertThat(after.deviceCalls()).isEqualTo(before.deviceCalls() + 1);
            assertThat(after.cpuCalls()).isEqualTo(before.cpuCalls());
        } else {
            assertThat(after.backend()).isEqualTo("cpu");
            assertThat(after.cpuCalls()).isEqualTo(before.cpuCalls() + 1);
            assertThat(after.deviceCalls()).isZero();
        }
        assertThat(after.bitExact()).isEqualTo(KIND.isBitExact());
        assertThat(after.device()).isNotBlank();
        assertThat(after.driver()).isNotBlank();
        assertThat(after.reason()).isNotBlank();
    }

    @Test
    void theCpuRunsTheFormThatWasAskedFor() {
        String form = backend().info().cpuForm().toLowerCase(Locale.ROOT);
        switch (KIND) {
            case CPU_SIMD -> assertThat(form).contains("simd").doesNotStartWith("scalar");
            case CPU_SCALAR -> assertThat(form).startsWith("scalar");
            default -> assertThat(form).isNotBlank();
        }
        long before = backend().info().simdRuns();
        backend().forward(Activation.GELU, new float[100], new float[100]);
        assertThat(backend().info().simdRuns() > before).isEqualTo(KIND == BackendUnderTest.CPU_SIMD);
        assertThat(reference().info().cpuForm().toLowerCase(Locale.ROOT)).startsWith("scalar");
    }

    @Test
    void choosingFreelyNeverFails() {
        try (Backend free = Backends.open(BackendOptions.defaults().withBackend("auto"))) {
            float[] y = new float[1000];
            free.forward(Activation.TANH, Inputs.mixed(1000, 9), y);
            float[] expected = new float[1000];
            reference().forward(Activation.TANH, Inputs.mixed(1000, 9), expected);
            Bits.assertSame("tanh, auto", y, expected);
            BackendInfo info = free.info();
            assertThat(info.reason()).isNotBlank();
            if (!KIND.isBitExact() || KIND.isWithoutOpenCl()) {
                assertThat(info.backend()).as("a device that is not bit-exact is never chosen freely").isEqualTo("cpu");
            }
        }
    }

    @Test
    void aDeviceThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> Backends.open(BackendOptions.defaults().withBackend("opencl:no such device")))
                .isInstanceOf(DeviceException.class).hasMessageContaining("no such device");
    }

    @Test
    void openClIsRefusedWhereThereIsNone() {
        if (KIND.isWithoutOpenCl()) {
            assertThatThrownBy(() -> Backends.open(BackendOptions.defaults().withBackend("opencl")))
                    .isInstanceOf(DeviceException.class).message().isNotBlank();
            assertThat(Backends.devices()).noneMatch(device -> device.accepted());
        } else if (KIND.isDevice()) {
            assertThat(Backends.devices()).anyMatch(device -> device.accepted() && device.bitExact() == KIND.isBitExact());
        } else {
            assertThat(Backends.devices()).isNotNull();
        }
    }

    @Test
    void thePropertyForcesAndTheOptionOverridesIt() {
        String before = System.setProperty(CHOICE, "opencl:no such device");
        try {
            assertThatThrownBy(Backends::open).isInstanceOf(DeviceException.class).hasMessageContaining("no such device");
            try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
                assertThat(cpu.info().backend()).isEqualTo("cpu");
            }
            System.setProperty(CHOICE, "cpu");
            try (Backend cpu = Backends.open()) {
                assertThat(cpu.info().backend()).isEqualTo("cpu");
            }
            System.setProperty(CHOICE, "abacus");
            assertThatThrownBy(Backends::open).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("abacus");
        } finally {
            if (before == null) {
                System.clearProperty(CHOICE);
            } else {
                System.setProperty(CHOICE, before);
            }
        }
    }
}
