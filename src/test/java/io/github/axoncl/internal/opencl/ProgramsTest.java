package io.github.axoncl.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.KernelBuildException;
import java.util.Collections;
import org.jocl.cl_program;
import org.junit.jupiter.api.Test;

/** Builds that fail for a reason that passes are tried again, others not. */
class ProgramsTest {
    private static final int BUILD_PROGRAM_FAILURE = -11;
    private int builds;

    private FakeCl failing(int times, String log) {
        return new FakeCl(null)
                .on("clCreateProgramWithSource", a -> new cl_program())
                .on("clBuildProgram", a -> {
                    if (++builds <= times) {
                        throw new ClException("clBuildProgram", BUILD_PROGRAM_FAILURE);
                    }
                    return null;
                })
                .on("clGetProgramBuildLog", a -> log)
                .on("clReleaseProgram", a -> null);
    }

    private static cl_program compile(FakeCl fake) {
        Device device = new Device(null, null, new DeviceInfo("p", "d", "", "", "", "CPU", 4, 1L << 30, 1L << 28, false, false,
                false, true, true, ""), 256);
        return new Programs(fake.cl(), device, null).compile("kernels/some.cl", "text");
    }

    @Test
    void whatPassesIsTriedAgain() {
        for (String log : new String[] {"", "error: unable to rename temporary 'a' to output file 'b'"}) {
            builds = 0;
            FakeCl fake = failing(3, log);
            assertThat(compile(fake)).isNotNull();
            assertThat(builds).isEqualTo(4);
            assertThat(Collections.frequency(fake.calls, "clReleaseProgram")).isEqualTo(3);
        }
    }

    @Test
    void butNotForEver() {
        assertThatThrownBy(() -> compile(failing(Integer.MAX_VALUE, ""))).isInstanceOf(KernelBuildException.class)
                .hasMessageContaining("kernels/some.cl");
        assertThat(builds).isEqualTo(4);
    }

    @Test
    void anErrorInTheTextIsNotTriedAgain() {
        assertThatThrownBy(() -> compile(failing(1, "kernels/some.cl:3: error: expected ';'")))
                .isInstanceOf(KernelBuildException.class).hasMessageContaining("expected ';'");
        assertThat(builds).isEqualTo(1);
    }
}
