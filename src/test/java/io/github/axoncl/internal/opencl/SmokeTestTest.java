package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.cpu.CpuBackend;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** The smoke test refuses a device that computes wrongly: each fault is put into the program's text or into the launches. */
@Tag("opencl")
class SmokeTestTest {
    private static CpuBackend reference;
    private static Device device;

    @BeforeAll
    static void findDevice() {
        reference = new CpuBackend("the reference", false);
        device = OpenCl.load().discover(null).get(0);
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    private static Device tested(KernelForm form, Cl cl) {
        return new SmokeTest(cl, device.with(form), reference).run();
    }

    /** The calls of the driver, but for a text that occurs in its programs, in whose place it gets another one. */
    private static Cl replacing(String fault, String text, String by) {
        FakeCl fake = new FakeCl(new JoclCl());
        return fake.on("clCreateProgramWithSource", arguments -> {
            Matcher matcher = Pattern.compile(text).matcher((String) arguments[1]);
            // The second program is that in double.
            boolean found = matcher.find();
            if (!found && !((String) arguments[1]).contains("cl_khr_fp64")) {
                throw new AssertionError(fault + ": no program contains " + text);
            }
            return fake.forward("clCreateProgramWithSource", arguments[0], found ? matcher.replaceAll(by) : arguments[1]);
        }).cl();
    }

    @ParameterizedTest
    @EnumSource(KernelForm.class)
    void aDeviceWithoutFaultsIsAccepted(KernelForm form) {
        Device accepted = tested(form, new JoclCl());
        assertThat(accepted.accepted()).as(accepted.info().verdict()).isTrue();
        assertThat(accepted.info().bitExact()).as(accepted.info().verdict()).isTrue();
        assertThat(accepted.info().fp64()).as(accepted.info().verdict()).isEqualTo(device.info().fp64());
    }

    /** Texts that both forms of the kernels have; how they move elements is below. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            float16 reader, usual numbers      | \\+ 0x38000000u\\);               | + 0x38800000u);                | float16
            float16 reader, subnormal numbers  | \\(int\\)m \\* 0x1p-24f           | (int)m * 0x1p-23f              | float16
            float16 reader, infinity           | \\+ 0x70000000u\\);               | + 0x38000000u);                | float16
            float16 reader, sign               | \\(\\(bits & 0x8000u\\) << 16\\)  | 0u                             | float16
            float16 writer, ties               | a \\+ 0xFFFu \\+ \\(\\(a >> 13\\) & 1u\\) | a + 0x1000u            | float16
            float16 writer, overflow           | a < 0x47800000u                   | a < 0x48000000u                | float16
            float16 writer, subnormal numbers  | a < 0x38800000u                   | a < 0x38000000u                | float16
            float16 writer, NaN                | FLOAT16_NAN 0x7E00u               | FLOAT16_NAN 0x7E01u            | float16
            bfloat16 reader                    | as_float\\(bits << 16\\)          | as_float((bits & 0xFFFEu) << 16) | bfloat16
            bfloat16 writer, ties              | a \\+ 0x7FFFu \\+ \\(\\(a >> 16\\) & 1u\\) | a + 0x8000u           | bfloat16
            bfloat16 writer, NaN               | BFLOAT16_NAN 0x7FC0u              | BFLOAT16_NAN 0x7FC1u           | bfloat16
            Philox, a factor                   | 0xD2511F53ul                      | 0xD2511F51ul                   | dropout
            Philox, a key                      | KEY_HIGH 0xBB67AE85u              | KEY_HIGH 0xBB67AE84u           | dropout
            Philox, the last rounds            | philox_rounds\\(c8, 8u            | philox_rounds(c8, 6u           | dropout
            Philox, element numbers from 2^32  | first_outer \\* plane\\)          | first_outer * plane & 0xFFFFFFFFul) | dropout
            a word of a block                  | uint\\)element & 2u               | uint)element \\& 1u            | dropout
            uniform numbers                    | \\(bits >> 8\\) \\* 0x1p-24f      | (bits >> 9) * 0x1p-23f         | rrelu
            sums: the low part is lost         | s.lo \\+ \\(a.lo \\+ b.lo\\)      | a.lo + b.lo                    | softmax
            a gradient: the sum's low part     | d.lo - sum.lo                     | d.lo                           | softmax
            hidden elements of a row           | keep != 0u                        | keep == 1u                     | mask
            """)
    void aWrongTextIsRefused(String fault, String text, String by, String named) {
        for (KernelForm form : KernelForm.values()) {
            refused(form, fault, named, replacing(fault, text, by));
        }
    }

    /** The calls of that name alone find the fault, so that not all is compiled anew for each. */
    private static void refused(KernelForm form, String fault, String named, Cl cl) {
        Device of = device.with(form);
        List<SmokeProbes.Probe> probes = SmokeProbes.of(of).stream().filter(probe -> probe.name().contains(named)).toList();
        Device tested = new SmokeTest(cl, of, reference, probes).run();
        assertThat(tested.accepted()).as("%s, form %s: %s", fault, form, tested.info().verdict()).isFalse();
        assertThat(tested.info().verdict()).as("%s, form %s", fault, form).startsWith("refused: ").contains(named);
    }

    /** Reciprocals that are one unit in the last place off for few mantissas, by their low bits or in one place. */
    @ParameterizedTest(name = "where {0}")
    @CsvSource({"(as_uint(b) & 0x3FFu) == 0x2A5u", "(as_uint(b) & 0xFFFu) == 0xFFFu", "(as_uint(b) & 0x1FFFu) == 0x1234u",
        "(as_uint(b) & 0x7FFE00u) == 0x123400u", "(as_uint(b) & 0x7FFFFFu) == 0u", "(as_uint(b) & 0x7FFFFFu) == 0x7FFFFFu",
        "as_uint(b) * 2654435761u >> 19 == 77u"})
    void reciprocalsWrongForRareMantissasAreRefused(String where) {
        String fault = "as_float(as_uint($1) + (" + where + " ? 1u : 0u))";
        refused(KernelForm.CPU, where, "reciprocal of", replacing(where, "(?<=#define reciprocal\\(b\\) )(.*)", fault));
        refused(KernelForm.GPU, where, "reciprocal of", replacing(where, "(?<=return )(fma\\(y, e, y\\))(?=;)", fault));
    }

    /** How elements are found. What is replaced is the text of one form of the kernels. No fault moves a vector to an address that is
     * no multiple of it, which some processors punish with the end of the process. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CPU | index along the axis            | #define AXIS\\(at\\) \\(at \\+ c\\)        | #define AXIS(at) (at + c / 2)          | bias
            GPU | index along the axis            | #define AXIS\\(at\\) \\(at \\+ c\\)        | #define AXIS(at) (at + (c ^ 4))        | bias
            CPU | index along the axis, inner > 1 | ulong c = QUOTIENT\\(divided, by_inner\\); | ulong c = QUOTIENT(divided, by_plane); | bias
            GPU | index along the axis, inner > 1 | ulong c = QUOTIENT\\(divided, by_inner\\); | ulong c = QUOTIENT(divided, by_plane); | bias
            CPU | index of a part                 | \\(at \\+ \\(o \\* parts \\+ part\\)       | (at + (o * parts + 1 - part)           | reglu
            GPU | index of a part                 | \\(at \\+ \\(o \\* parts \\+ part\\)       | (at + (o * parts + 1 - part)           | reglu
            CPU | operands of one part            | #define ALL\\(at\\) \\(at \\+ g\\)         | #define ALL(at) (at + (g ^ 1ul))       | leaky_relu
            CPU | several elements at once        | VSTORE\\(VLOAD\\(AT\\(s\\), p\\), s, v\\)  | VSTORE(VLOAD(AT(s) ^ 1, p), s, v)      | leaky_relu
            GPU | several elements at once        | SLOT\\(s\\) \\* WIDTH :                   | (SLOT(s) / 2) * WIDTH :                | leaky_relu
            GPU | elements of 16 bits at once     | LOWER_AND_UPPER\\(moved.s1, v            | LOWER_AND_UPPER(moved.s0, v            | float16
            GPU | elements behind vectors         | \\(WHOLE \\* WIDTH - WHOLE\\)            | (WHOLE * WIDTH - WHOLE + 1)            | leaky_relu
            CPU | rows with inner > 1             | \\(i\\) \\* inner                         | (i)                                    | softmax
            GPU | rows with inner > 1             | \\(d\\) \\* \\(uint\\)inner               | (d)                                    | softmax
            CPU | rows of a mask                  | \\(first_outer \\+ o\\) / repeat_each     | (first_outer + o + 1) / repeat_each    | mask
            GPU | rows of a mask                  | \\(first_outer \\+ o\\) / repeat_each     | (first_outer + o + 1) / repeat_each    | mask
            CPU | rows of classes                 | AT_classes\\(c, i\\)(.*) \\+ 0            | AT_classes(c, i)$1 + (row_number == 0) | cross-entropy
            GPU | rows of classes                 | (row_classes = m\\d\\[m\\d_at)             | $1 + (row_number == 0)                 | cross-entropy
            CPU | segments of long rows           | ADD_SEGMENTS\\(from / SEGMENT\\)           | if (from == 0) { ADD_SEGMENTS(0) }     | softmax
            GPU | segments of split rows          | pair_of\\(PARTIAL\\(2 \\+ 2 \\* number, s\\) | pair_of(PARTIAL(2 + 2 * number, 0)     | softmax
            GPU | maxima of split rows            | row_larger\\(largest, PARTIAL\\(0, s\\)\\)  | row_larger(largest, PARTIAL(0, 0))     | softmax
            GPU | partners in a work-group        | PARTNER\\(half_way\\) \\(me \\^ \\(half_way\\)\\) | PARTNER(half_way) (me ^ (half_way) / 2) | softmax
            GPU | partial sums of a row           | lo_##name\\[j % EACH\\] = 0.0f \\+ term_of.lo | lo_##name[j % EACH] = term_of.hi | softmax
            """)
    void aWrongMovementIsRefused(KernelForm form, String fault, String text, String by, String named) {
        refused(form, fault, named, replacing(fault, text, by));
    }

    /** Kernels by name, and which launches are left out or cut short. */
    private static final class Launches {
        final Map<cl_kernel, String> names = new IdentityHashMap<>();
        final List<String> launched = new ArrayList<>();
        private final FakeCl fake = new FakeCl(new JoclCl());
        private final String wrong;
        private cl_command_queue queue;

        /** With one kernel whose launches lack the last work-group. */
        Launches(String wrong) {
            this.wrong = wrong;
            fake.on("clCreateCommandQueue", arguments -> {
                queue = (cl_command_queue) fake.forward("clCreateCommandQueue", arguments);
                return queue;
            });
            // Memory may hold what an earlier test has left there.
            fake.on("clCreateBuffer", arguments -> {
                Object memory = fake.forward("clCreateBuffer", arguments);
                byte[] other = new byte[Math.toIntExact((Long) arguments[2])];
                Arrays.fill(other, (byte) 0x5A);
                fake.forward("clEnqueueWriteBuffer", queue, memory, 0L, other, 0L, (long) other.length);
                return memory;
            });
            fake.on("clCreateKernel", arguments -> {
                cl_kernel kernel = (cl_kernel) fake.forward("clCreateKernel", arguments);
                names.put(kernel, (String) arguments[1]);
                return kernel;
            });
            fake.on("clEnqueueNDRangeKernel", arguments -> {
                String name = names.get((cl_kernel) arguments[1]) + " in groups of " + arguments[3];
                launched.add(name);
                long shorter = (Long) arguments[2] - (Long) arguments[3];
                if (!name.equals(this.wrong)) {
                    fake.forward("clEnqueueNDRangeKernel", arguments);
                } else if (shorter > 0) {
                    fake.forward("clEnqueueNDRangeKernel", arguments[0], arguments[1], shorter, arguments[3]);
                }
                return null;
            });
        }

        Cl cl() {
            return fake.cl();
        }
    }

    /** Whatever kernel does not compute all, its results are looked at. */
    @ParameterizedTest
    @EnumSource(KernelForm.class)
    void aLaunchThatLacksAWorkGroupIsRefused(KernelForm form) {
        Launches all = new Launches(null);
        assertThat(tested(form, all.cl()).accepted()).isTrue();
        List<String> launches = all.launched.stream().distinct().toList();
        assertThat(launches).hasSizeGreaterThan(30);
        List<String> accepted = new ArrayList<>();
        for (String launch : launches) {
            Device tested = tested(form, new Launches(launch).cl());
            // The kernel in double decides about double alone.
            if (tested.accepted() && tested.info().fp64()) {
                accepted.add(launch);
            }
        }
        assertThat(accepted).isEmpty();
    }

    /** Every tiling that may be chosen is one of those tried. */
    @ParameterizedTest
    @EnumSource(KernelForm.class)
    void everyTilingIsTried(KernelForm form) {
        Device of = device.with(form);
        List<Tiling> tried = SmokeProbes.of(of).stream().filter(probe -> probe.name().equals("leaky_relu"))
                .map(SmokeProbes.Probe::tiling).toList();
        assertThat(tried).doesNotHaveDuplicates().contains(Tiling.DEFAULT);
        for (WorkloadClass workload : List.of(WorkloadClass.LIGHT, WorkloadClass.HEAVY)) {
            assertThat(tried).contains(workload.usual(form)).containsAll(workload.candidates(form));
        }
    }

    /** It needs few megabytes of the device. */
    @Test
    void itTakesLittleMemory() {
        FakeCl fake = new FakeCl(new JoclCl());
        long[] bytes = {0};
        fake.on("clCreateBuffer", arguments -> {
            bytes[0] += (Long) arguments[2];
            return fake.forward("clCreateBuffer", arguments);
        });
        assertThat(tested(KernelForm.GPU, fake.cl()).accepted()).isTrue();
        assertThat(bytes[0]).isBetween(1L, 4L << 20);
    }
}
