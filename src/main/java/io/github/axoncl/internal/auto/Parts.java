package io.github.axoncl.internal.auto;

import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.HostMemory;

/** Parts of operands in host memory: of arrays and NIO buffers the memory itself, of device buffers a copy. */
final class Parts {
    private Parts() {
    }

    static Operand forReading(Operand operand, long from, long length) {
        Operand part = forWriting(operand, from, length);
        if (operand instanceof DeviceBuffer buffer) {
            buffer.read(from, part);
        }
        return part;
    }

    /** The part; of a device buffer an array whose content must be handed to {@link #written}. */
    static Operand forWriting(Operand operand, long from, long length) {
        return operand instanceof DeviceBuffer
                ? new Operand.OfArray(HostMemory.newArray(operand.type(), (int) length), 0, (int) length, operand.type())
                : HostMemory.part(operand, from, length);
    }

    static void written(Operand operand, long from, Operand part) {
        if (operand instanceof DeviceBuffer buffer) {
            buffer.write(from, part);
        }
    }
}
