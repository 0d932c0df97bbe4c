package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.internal.cache.OwnCache;
import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.cpu.CpuBackend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A device that was found good is not tested again; any doubt, and it is. */
@Tag("opencl")
class SavedVerdictsTest {
    @RegisterExtension
    private final OwnCache cache = new OwnCache();

    private static List<DeviceInfo> tested(boolean mayTest) {
        try (CpuBackend cpu = new CpuBackend("the reference", false)) {
            return OpenCl.load().discover(mayTest ? cpu : new NoReference(), UserCache.ofUser()).stream().map(Device::info)
                    .toList();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(cache.folder())) {
            return files.toList();
        }
    }

    @Test
    void anAcceptedDeviceIsNotTestedAgain() throws IOException {
        List<DeviceInfo> first = tested(true);
        assertThat(first).isNotEmpty().allMatch(DeviceInfo::accepted);
        assertThat(files()).hasSameSizeAs(first);
        assertThat(tested(false)).isEqualTo(first);
    }

    @Test
    void aRefusedDeviceIsTestedAgain() {
        Device device = OpenCl.load().discover(null).get(0);
        SavedVerdicts saved = new SavedVerdicts(UserCache.ofUser());
        saved.keep(device, device.withVerdict(false, false, "refused: wrong"));
        assertThat(saved.recall(device)).isNull();
        saved.keep(device, device.withVerdict(true, false, "accepted, but"));
        assertThat(saved.recall(device).accepted()).isTrue();
        assertThat(saved.recall(device).info().bitExact()).isFalse();
    }

    @Test
    void aDamagedVerdictIsNone() throws IOException {
        List<DeviceInfo> first = tested(true);
        for (Path file : files()) {
            List<String> lines = Files.readAllLines(file);
            Files.write(file, lines.subList(0, lines.size() - 1));
        }
        // It is tested, which the reference does not take part in.
        assertThatThrownBy(() -> tested(false)).isInstanceOf(AssertionError.class);
        assertThat(tested(true)).isEqualTo(first);
    }

    @Test
    void aVerdictOfAnotherKindIsNone() {
        tested(true);
        Device device = OpenCl.load().discover(null).get(0);
        SavedVerdicts saved = new SavedVerdicts(UserCache.ofUser());
        assertThat(saved.recall(device)).isNotNull();
        DeviceInfo i = device.info();
        Device updated = new Device(device.platform(), device.id(), new DeviceInfo(i.platform(), i.name(), i.vendor(),
                i.driver() + ".1", i.version(), i.type(), i.computeUnits(), i.globalMemory(), i.maxAllocation(),
                i.unifiedMemory(), i.fp64(), i.correctlyRoundedDivide(), false, false, "not tested"), device.maxWorkGroup());
        assertThat(saved.recall(updated)).isNull();
        assertThat(new SavedVerdicts(null).recall(device)).isNull();
    }
}
