package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.contract.MemoryKind.Memory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One operation with several operands: the reference's bits in every kind of memory and in place, inputs and the memory around
 * outputs untouched.
 */
final class OperationCheck {
    /** Where operands are copied to the device and where they are not; the simulator, which is slow, meets one of each. */
    private static final MemoryKind[] KINDS = BackendContract.KIND == BackendUnderTest.OCLGRIND
            ? new MemoryKind[] {MemoryKind.ARRAY, MemoryKind.DIRECT} : MemoryKind.values();
    private final String what;
    private final Run run;
    private final Map<String, Object> inputs = new LinkedHashMap<>();
    private final Map<String, Integer> outputs = new LinkedHashMap<>();
    private final List<Map<String, String>> inPlace = new ArrayList<>();
    private int flushes = 8;

    private OperationCheck(String what, Run run) {
        this.what = what;
        this.run = run;
    }

    /** The operation on a backend, with its operands by name. */
    interface Run {
        void on(Backend backend, Function<String, Operand> operands);
    }

    static OperationCheck of(String what, Run run) {
        return new OperationCheck(what, run);
    }

    /** An input: {@code float[]}, {@code int[]} or {@code byte[]}. */
    OperationCheck in(String name, Object array) {
        inputs.put(name, array);
        return this;
    }

    /** A float output of so many elements. */
    OperationCheck out(String name, int length) {
        outputs.put(name, length);
        return this;
    }

    /** The output may be the input. */
    OperationCheck inPlace(String output, String input) {
        inPlace.add(Map.of(output, input));
        return this;
    }

    /** Two outputs may be two inputs. */
    OperationCheck inPlace(String output, String input, String secondOutput, String secondInput) {
        inPlace.add(Map.of(output, input, secondOutput, secondInput));
        return this;
    }

    /** How many intermediate numbers of a result a device may flush that flushes subnormals. */
    OperationCheck flushes(int numbers) {
        flushes = numbers;
        return this;
    }

    /** What the reference gives, by the outputs' names. */
    Map<String, float[]> expected() {
        Map<String, float[]> results = new LinkedHashMap<>();
        outputs.forEach((name, length) -> results.put(name, new float[length]));
        run.on(BackendContract.reference(), name -> results.containsKey(name) ? Operand.of(results.get(name))
                : host(inputs.get(name)));
        return results;
    }

    /** Runs it on arrays only, where other tests have shown that memory makes no difference; returns what the reference
     * gives. */
    Map<String, float[]> checkArrays() {
        Map<String, float[]> expected = expected();
        check(expected, MemoryKind.ARRAY, MemoryKind.ARRAY, Map.of());
        inPlace.forEach(shared -> check(expected, MemoryKind.ARRAY, MemoryKind.ARRAY, shared));
        return expected;
    }

    /** Runs it in the kinds of memory and in place; returns what the reference gives. */
    Map<String, float[]> check() {
        Map<String, float[]> expected = expected();
        for (MemoryKind kind : KINDS) {
            check(expected, kind, kind, Map.of());
        }
        check(expected, MemoryKind.ARRAY, MemoryKind.DEVICE, Map.of());
        check(expected, MemoryKind.DEVICE, MemoryKind.DIRECT, Map.of());
        for (Map<String, String> shared : inPlace) {
            for (MemoryKind kind : KINDS) {
                check(expected, kind, kind, shared);
            }
        }
        return expected;
    }

    private void check(Map<String, float[]> expected, MemoryKind in, MemoryKind out, Map<String, String> shared) {
        String title = what + ", inputs " + in + ", outputs " + out + (shared.isEmpty() ? "" : ", in place " + shared);
        Backend backend = BackendContract.backend();
        Map<String, Memory> memories = new LinkedHashMap<>();
        Map<String, Operand> operands = new LinkedHashMap<>();
        try {
            inputs.forEach((name, array) -> {
                if (array instanceof float[] floats) {
                    memories.put(name, in.with(backend, floats));
                    operands.put(name, memories.get(name).operand());
                } else {
                    operands.put(name, in == MemoryKind.DEVICE ? onDevice(backend, array) : host(array));
                }
            });
            outputs.forEach((name, length) -> {
                String input = shared.get(name);
                memories.put(name, input == null ? out.with(backend, new float[length]) : memories.get(input));
                operands.put(name, memories.get(name).operand());
            });
            run.on(backend, operands::get);
            outputs.keySet().forEach(name -> {
                assertSame(title + ": " + name, memories.get(name).content(), expected.get(name));
                assertThat(memories.get(name).guardsIntact()).as(title + ": around " + name).isTrue();
            });
            inputs.forEach((name, array) -> {
                if (array instanceof float[] floats && !shared.containsValue(name)) {
                    Bits.assertSame(title + ": " + name, memories.get(name).content(), floats);
                }
            });
        } finally {
            memories.values().forEach(Memory::close);
            operands.values().forEach(operand -> {
                if (operand instanceof DeviceBuffer buffer) {
                    buffer.close();
                }
            });
        }
    }

    private void assertSame(String title, float[] actual, float... expected) {
        if (BackendContract.KIND.isBitExact()) {
            Bits.assertSame(title, actual, expected);
        } else {
            RowInputs.assertSameButForFlushing(title, actual, 0, flushes, expected);
        }
    }

    private static Operand host(Object array) {
        return array instanceof float[] floats ? Operand.of(floats) : array instanceof int[] ints ? Operand.of(ints)
                : Operand.of((byte[]) array);
    }

    private static Operand onDevice(Backend backend, Object array) {
        Operand host = host(array);
        DType type = host.type();
        DeviceBuffer buffer = backend.allocate(type, host.length());
        buffer.write(0, host);
        return buffer;
    }
}
