package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo.MemoryStatistics;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Elements that stay on the device: copied in parts, chained through functions, given back. */
class DeviceBufferContractTest extends BackendContract {

    @Test
    void partsAreWrittenAndReadWhereTheyBelong() {
        float[] values = Inputs.mixed(1000, 41);
        try (DeviceBuffer buffer = backend().allocate(DType.FLOAT32, 1000)) {
            assertThat(buffer.length()).isEqualTo(1000);
            assertThat(buffer.backend()).isSameAs(backend());
            buffer.write(0, Operand.of(values, 0, 1));
            buffer.write(1, Operand.of(values, 1, 500));
            FloatBuffer rest = ByteBuffer.allocateDirect(499 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
            rest.put(0, values, 501, 499);
            buffer.write(501, Operand.of(rest));
            float[] whole = new float[1000];
            buffer.read(whole);
            Bits.assertSame("whole", whole, values);
            float[] part = new float[20];
            buffer.read(977, Operand.of(part, 3, 10));
            Bits.assertSame("part", part, 3, values, 977, 10);
            assertThat(part[2]).isZero();
            assertThat(part[13]).isZero();
            FloatBuffer direct = ByteBuffer.allocateDirect(7 * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
            buffer.read(990, Operand.of(direct));
            for (int i = 0; i < 7; i++) {
                assertThat(Bits.same(direct.get(i), values[990 + i])).as("direct, %d", i).isTrue();
            }
        }
    }

    @Test
    void aChainOfCallsIsTheSameAsTheCallsOneByOne() {
        int length = Math.min(KIND.longest(), 65537);
        float[] x = Inputs.finite(length, 42);
        float[] expected = x.clone();
        Activation[] chain = {Activation.TANH, Activation.GELU, Activation.ELU, Activation.SIGMOID};
        for (Activation function : chain) {
            reference().forward(function, expected, expected);
        }
        try (DeviceBuffer a = backend().allocate(DType.FLOAT32, length);
                DeviceBuffer b = backend().allocate(DType.FLOAT32, length)) {
            a.write(x);
            backend().forward(chain[0], a, b);
            backend().forward(chain[1], b, a);
            backend().forward(chain[2], a, a);
            backend().forward(chain[3], a, b);
            float[] y = new float[length];
            b.read(y);
            if (KIND.isBitExact()) {
                Bits.assertSame("chain", y, expected);
            } else {
                // What a flushed tanh leaves differs by less than sigmoid's last place.
                for (int i = 0; i < length; i++) {
                    assertThat(y[i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(Math.ulp(expected[i])));
                }
            }
        }
    }

    @Test
    void anArrayMayBeChangedAsSoonAsWriteReturns() {
        float[] source = Inputs.finite(4097, 43);
        float[] copy = source.clone();
        try (DeviceBuffer buffer = backend().allocate(DType.FLOAT32, source.length)) {
            buffer.write(source);
            java.util.Arrays.fill(source, -1);
            buffer.read(source);
            Bits.assertSame("written", source, copy);
        }
    }

    @Test
    void emptyBuffers() {
        try (DeviceBuffer empty = backend().allocate(DType.FLOAT32, 0)) {
            empty.write(new float[0]);
            empty.read(new float[0]);
            backend().forward(Activation.GELU, empty, empty);
            assertThat(empty.length()).isZero();
        }
    }

    @Test
    void liveBytesFollowTheBuffers() {
        try (Backend own = KIND.open()) {
            assertThat(own.info().memory().liveBytes()).isZero();
            List<DeviceBuffer> buffers = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                buffers.add(own.allocate(DType.FLOAT32, 1000L * i));
                assertThat(own.info().memory().liveBytes()).isGreaterThanOrEqualTo(4 * 500L * i * (i + 1));
            }
            buffers.get(2).close();
            long live = own.info().memory().liveBytes();
            buffers.get(2).close();
            assertThat(own.info().memory().liveBytes()).as("closing twice counts once").isEqualTo(live);
            buffers.forEach(DeviceBuffer::close);
            MemoryStatistics end = own.info().memory();
            assertThat(end.liveBytes()).isZero();
            assertThat(end.peakBytes()).isGreaterThanOrEqualTo(4 * 15_000);
        }
    }

    @Test
    void memoryIsReusedBeforeMoreIsAskedFor() {
        try (Backend own = KIND.open()) {
            own.allocate(DType.FLOAT32, 10_000).close();
            MemoryStatistics first = own.info().memory();
            for (int i = 0; i < 10; i++) {
                own.allocate(DType.FLOAT32, 10_000).close();
            }
            MemoryStatistics last = own.info().memory();
            if (KIND.isDevice()) {
                assertThat(last.allocations()).isEqualTo(first.allocations());
                assertThat(last.reuses()).isEqualTo(first.reuses() + 10);
            }
            assertThat(last.liveBytes()).isZero();
        }
    }
}
