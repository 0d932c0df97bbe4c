package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.opencl.SmokeProbes.Probe;
import org.jocl.cl_program;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Decides whether a device is accepted and whether it gives the same bits: single operations against Java's, the calls of
 * {@link SmokeProbes} against a reference backend. One program and small inputs, because it runs before a first result.
 */
final class SmokeTest {
    private static final int OPERATIONS = 4096;
    /** One mantissa out of every 128 that follow each other, each time another. */
    private static final int MANTISSAS = 1 << 16;
    private static final int MANTISSA_BITS = 23;

    private final Cl cl;
    private final Device device;
    private final Backend reference;
    private final List<Probe> probes;
    private final Comparison comparison = new Comparison();
    /** How the device divides the call that is made. */
    private Tiling tiling = Tiling.DEFAULT;
    /** Why the device must not compute in double though it says that it can; null if nothing is known against it. */
    private String doubleObstacle;

    SmokeTest(Cl cl, Device device, Backend reference) {
        this(cl, device, reference, SmokeProbes.of(device));
    }

    /** With some of the calls. */
    SmokeTest(Cl cl, Device device, Backend reference, List<Probe> probes) {
        this.probes = probes;
        this.cl = cl;
        this.device = device;
        this.reference = reference;
    }

    /** Tests the device.
     *
     * @return it with the verdict
     * @throws RuntimeException ClException, DeviceException or KernelBuildException if it cannot even compute */
    Device run() {
        Device tested = verdict();
        return doubleObstacle == null ? tested : tested.withoutDouble(doubleObstacle);
    }

    private Device verdict() {
        // The reference computes while the driver compiles.
        FutureTask<List<List<Operand>>> expected = new FutureTask<>(
                () -> probes.stream().map(probe -> probe.call().on(reference)).toList());
        Thread computing = new Thread(expected, "axoncl-smoke-reference");
        computing.setDaemon(true);
        computing.start();
        try {
            compareAll(expected);
        } finally {
            // Nobody uses the reference any more when this returns. What it failed with shows where its results are asked for.
            join(computing);
        }
        if (comparison.firstWrong() != null) {
            return device.withVerdict(false, false, "refused: " + comparison.firstWrong());
        }
        if (comparison.flushed() > 0) {
            return device.withVerdict(true, false, "accepted, but subnormals are flushed: " + comparison.flushed() + " of "
                    + comparison.cases() + " results differ from the CPU's");
        }
        return device.withVerdict(true, true, "accepted: the CPU's bits in " + comparison.cases() + " cases");
    }

    private void compareAll(FutureTask<List<List<Operand>>> expected) {
        JoinedPrograms programs = new JoinedPrograms(cl, device);
        Cl recording = programs.recording();
        try (OpenClBackend backend = open(recording)) {
            operate(recording, backend.context(), "run_primitives", 1, new float[3], new float[4]);
            probes.forEach(probe -> onDevice(backend, probe));
        }
        Cl joined = programs.joined();
        try (OpenClBackend backend = open(joined)) {
            comparePrimitives(joined, backend.context());
            compareReciprocals(joined, backend.context());
            for (int i = 0; i < probes.size() && comparison.firstWrong() == null; i++) {
                compare(backend, probes.get(i), result(expected).get(i));
            }
            boolean asked = device.info().fp64() && comparison.firstWrong() == null;
            doubleObstacle = asked ? compareDoubles(backend) : null;
        }
    }

    private OpenClBackend open(Cl calls) {
        BackendOptions options = BackendOptions.defaults().withTransfer(BackendOptions.Transfer.STAGED).withPoolBytes(1 << 20);
        return new OpenClBackend(calls, device, options, "smoke test", (signature, shape) -> tiling);
    }

    // ---- single operations

    /** Runs a kernel of {@code smoke.cl} in as many work-items as there are operations. */
    private void operate(Cl calls, Context context, String name, int count, float[] inputs, float[] results) {
        context.enter();
        try {
            cl_program program = context.programs().compile("kernels/lib/smoke.cl", ProgramText.smoke(device));
            try {
                LaunchKernel kernel = new LaunchKernel(calls, calls.clCreateKernel(program, name), 1);
                operate(calls, context, kernel, count, inputs, results);
            } finally {
                Quietly.run("clReleaseProgram", () -> calls.clReleaseProgram(program));
            }
        } finally {
            context.exit();
        }
    }

    private static void operate(Cl calls, Context context, LaunchKernel kernel, int count, float[] inputs, float[] results) {
        Transfers transfers = new Transfers(calls, BackendOptions.Transfer.STAGED);
        DeviceMemory in = null;
        DeviceMemory out = null;
        try {
            in = context.memory().lease((long) inputs.length * Float.BYTES);
            out = context.memory().lease((long) results.length * Float.BYTES);
            transfers.upload(context, Operand.of(inputs), 0, in, 0, inputs.length);
            context.submit(kernel, count, 1, new DeviceMemory[] {in, out}, in.handle(), out.handle(), (long) count);
            transfers.download(context, out, 0, Operand.of(results), 0, results.length);
        } finally {
            if (in != null) {
                context.memory().give(in);
            }
            if (out != null) {
                context.memory().give(out);
            }
            Quietly.run("clReleaseKernel", kernel::release);
        }
    }

    private void comparePrimitives(Cl calls, Context context) {
        float[] abc = operationInputs();
        float[] results = new float[4 * OPERATIONS];
        operate(calls, context, "run_primitives", OPERATIONS, abc, results);
        for (int i = 0; i < OPERATIONS; i++) {
            comparePrimitives(i, abc, results);
        }
    }

    /** Any bit patterns, and operands whose sum cancels down to the rounding error, where only a true fma is right. */
    private static float[] operationInputs() {
        Random random = new Random(20261121);
        float[] abc = new float[3 * OPERATIONS];
        for (int i = 0; i < OPERATIONS; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            float c = Float.intBitsToFloat(random.nextInt());
            if (i % 4 != 0) {
                a = 1 + random.nextFloat();
                b = Math.scalb(1 + random.nextFloat(), random.nextInt(41) - 20);
                c = i % 4 == 1 ? -(a * b) : i % 4 == 2 ? Math.scalb(c == c && Float.isFinite(c) ? Math.ulp(a * b) : 1, -1) : c;
            }
            if (i < SmokeProbes.SPECIAL.length) {
                b = SmokeProbes.SPECIAL[i];
            }
            abc[i] = a;
            abc[OPERATIONS + i] = b;
            abc[2 * OPERATIONS + i] = c;
        }
        return abc;
    }

    private void comparePrimitives(int i, float[] abc, float[] results) {
        float a = abc[i];
        float b = abc[OPERATIONS + i];
        float c = abc[2 * OPERATIONS + i];
        float x = flush(a);
        float y = flush(b);
        float z = flush(c);
        comparison.addOperation("fma", results[i], Math.fma(a, b, c), Math.fma(x, y, z), a, b, c);
        comparison.addOperation("addition", results[OPERATIONS + i], a + b, x + y, a, b);
        comparison.addOperation("multiplication", results[2 * OPERATIONS + i], a * b, x * y, a, b);
        if (!(Math.abs(a * b) < 0x1p-90f)) {
            comparison.addOperation("multiplication and addition", results[3 * OPERATIONS + i], a * b + c, x * y + z, a, b, c);
        }
    }

    private static float flush(float v) {
        return Math.abs(v) < Float.MIN_NORMAL ? Math.copySign(0.0f, v) : v;
    }

    private void compareReciprocals(Cl calls, Context context) {
        float[] b = reciprocalInputs();
        float[] results = new float[b.length];
        operate(calls, context, "run_reciprocals", b.length, b, results);
        float[] expected = new float[b.length];
        for (int i = 0; i < b.length; i++) {
            expected[i] = 1.0f / b[i];
        }
        comparison.addExact("reciprocal", results, expected, b);
    }

    /** Mantissas from everywhere, with runs of ones and zeros among them, signs and exponents of all kinds. A sequence of
     * operations that is wrong for few mantissas is wrong for one of these: for each that is missed, 127 others were not. */
    private static float[] reciprocalInputs() {
        float[] values = new float[MANTISSAS + 2 * MANTISSA_BITS];
        for (int i = 0; i < values.length; i++) {
            int mixed = i * 0x9E3779B1;
            mixed = (mixed ^ mixed >>> 15) * 0x85EBCA77;
            mixed ^= mixed >>> 13;
            int run = (1 << (i - MANTISSAS) / 2) - 1;
            int mantissa = i < MANTISSAS ? i << 7 | mixed & 0x7F : i % 2 == 0 ? run : ~run;
            int exponent = 2 + (mixed >>> 8) % 250;
            values[i] = Float.intBitsToFloat(mixed & 1 << 31 | exponent << MANTISSA_BITS | mantissa & (1 << MANTISSA_BITS) - 1);
        }
        return values;
    }

    // ---- calls

    private List<Operand> onDevice(OpenClBackend backend, Probe probe) {
        tiling = probe.tiling();
        return probe.call().on(backend);
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeviceException("interrupted in the smoke test", e);
        }
    }

    private void compare(OpenClBackend backend, Probe probe, List<Operand> expected) {
        String name = probe.tiling().isDefault() ? probe.name() : probe.name() + " in " + probe.tiling();
        List<Operand> got = onDevice(backend, probe);
        for (int k = 0; k < got.size(); k++) {
            comparison.addAll(name, got.get(k), expected.get(k), k == 0 ? probe.inputs() : null);
        }
    }

    /** What speaks against computing in double; null if the CPU's bits come out. */
    private String compareDoubles(OpenClBackend backend) {
        Probe probe = SmokeProbes.inDouble();
        Comparison exact = new Comparison();
        try {
            exact.addAll(probe.name(), onDevice(backend, probe).get(0), probe.call().on(reference).get(0), null);
        } catch (DeviceException | KernelBuildException e) {
            return e.getMessage().lines().findFirst().orElse("");
        }
        return exact.firstWrong();
    }
}
