package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import org.jocl.cl_kernel;
import org.jocl.cl_program;

import java.util.Random;

/**
 * Decides whether a device is accepted and whether it gives the same bits: single operations against Java's, functions against
 * a reference backend. Few programs and small inputs, because it runs before a first result.
 */
final class SmokeTest {
    private static final int OPERATIONS = 4096;
    private static final float[] SPECIAL = {0.0f, -0.0f, Float.MIN_VALUE, -Float.MIN_VALUE, 0x1.23456p-130f, -0x1.fffffcp-127f,
        Float.MIN_NORMAL, 0x1p-100f, 0x1p-24f, 0.5f, 1.0f, -1.0f, 0x1.fffffep-1f, 3.0f, 17.5f, -13.9f, -14.5f, 88.7f, -103.9f,
        1e10f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};

    private final Cl cl;
    private final Device device;
    private final Backend reference;
    private final Comparison comparison = new Comparison();
    /** Why the device must not compute in double though it says that it can; null if nothing is known against it. */
    private String doubleObstacle;

    SmokeTest(Cl cl, Device device, Backend reference) {
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
        BackendOptions options = BackendOptions.defaults().withTransfer(BackendOptions.Transfer.STAGED).withPoolBytes(1 << 20);
        try (OpenClBackend backend = new OpenClBackend(cl, device, options, "smoke test")) {
            compareOperations(backend.context());
            compareFunctions(backend);
            doubleObstacle = device.info().fp64() ? compareDoubles(backend) : null;
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

    private void compareOperations(Context context) {
        float[] abc = operationInputs();
        float[] results = new float[5 * OPERATIONS];
        context.enter();
        try {
            cl_program program = context.programs().compile("kernels/lib/smoke.cl", ProgramText.smoke(device));
            try {
                runOperations(context, program, abc, results);
            } finally {
                Quietly.run("clReleaseProgram", () -> cl.clReleaseProgram(program));
            }
        } finally {
            context.exit();
        }
        for (int i = 0; i < OPERATIONS; i++) {
            compareOperation(i, abc, results);
        }
    }

    private void runOperations(Context context, cl_program program, float[] abc, float[] results) {
        Transfers transfers = new Transfers(cl, BackendOptions.Transfer.STAGED);
        cl_kernel handle = cl.clCreateKernel(program, "run_primitives");
        LaunchKernel kernel = new LaunchKernel(cl, handle, 1);
        DeviceMemory in = null;
        DeviceMemory out = null;
        try {
            in = context.memory().lease((long) abc.length * Float.BYTES);
            out = context.memory().lease((long) results.length * Float.BYTES);
            transfers.upload(context, Operand.of(abc), 0, in, 0, abc.length);
            context.submit(kernel, OPERATIONS, 1, new DeviceMemory[] {in, out}, in.handle(), out.handle(), (long) OPERATIONS);
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
            if (i < SPECIAL.length) {
                b = SPECIAL[i];
            }
            abc[i] = a;
            abc[OPERATIONS + i] = b;
            abc[2 * OPERATIONS + i] = c;
        }
        return abc;
    }

    private void compareOperation(int i, float[] abc, float[] results) {
        float a = abc[i];
        float b = abc[OPERATIONS + i];
        float c = abc[2 * OPERATIONS + i];
        float x = flush(a);
        float y = flush(b);
        float z = flush(c);
        comparison.addOperation("fma", results[i], Math.fma(a, b, c), Math.fma(x, y, z), a, b, c);
        if (Math.abs(b) >= 0x1p-125f && Math.abs(b) <= 0x1p125f) {
            comparison.add("reciprocal", results[OPERATIONS + i], 1.0f / b, b);
        }
        comparison.addOperation("addition", results[2 * OPERATIONS + i], a + b, x + y, a, b);
        comparison.addOperation("multiplication", results[3 * OPERATIONS + i], a * b, x * y, a, b);
        if (!(Math.abs(a * b) < 0x1p-90f)) {
            comparison.addOperation("multiplication and addition", results[4 * OPERATIONS + i], a * b + c, x * y + z, a, b, c);
        }
    }

    private static float flush(float v) {
        return Math.abs(v) < Float.MIN_NORMAL ? Math.copySign(0.0f, v) : v;
    }

    private void compareFunctions(OpenClBackend backend) {
        float[] x = new float[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : (i - 500) * 0.0361f;
        }
        float[] got = new float[x.length];
        float[] expected = new float[x.length];
        backend.forward(Activation.GELU, x, got);
        reference.forward(Activation.GELU, x, expected);
        for (int i = 0; i < x.length; i++) {
            comparison.add("gelu", got[i], expected[i], x[i]);
        }
        compareRows(backend, Rows.of(2, 4300), 9.0f);
        compareRows(backend, Rows.of(5, 37), 60.0f);
    }

    /** What speaks against computing in double; null if the CPU's bits come out. */
    private String compareDoubles(OpenClBackend backend) {
        double[] x = new double[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : i < 2 * SPECIAL.length ? SPECIAL[i % SPECIAL.length] * 0x1p-900
                    : (i - 500) * 0.0461;
        }
        double[] got = new double[x.length];
        double[] expected = new double[x.length];
        try {
            backend.forward(Activation.TANH, Operand.of(x), Operand.of(got));
        } catch (DeviceException | KernelBuildException e) {
            return e.getMessage().lines().findFirst().orElse("");
        }
        reference.forward(Activation.TANH, Operand.of(x), Operand.of(expected));
        for (int i = 0; i < x.length; i++) {
            if (Double.doubleToLongBits(got[i]) != Double.doubleToLongBits(expected[i])) {
                return "tanh of " + Double.toHexString(x[i]) + " gave " + Double.toHexString(got[i]) + ", expected "
                        + Double.toHexString(expected[i]);
            }
        }
        return null;
    }

    private void compareRows(OpenClBackend backend, Rows rows, float spread) {
        Random random = new Random(rows.length());
        float[] x = new float[(int) rows.length()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (random.nextFloat() - 0.5f) * spread;
        }
        x[x.length / 2] = Float.NEGATIVE_INFINITY;
        float[] got = new float[x.length];
        float[] expected = new float[x.length];
        backend.forward(RowActivation.SOFTMAX, rows, x, got);
        reference.forward(RowActivation.SOFTMAX, rows, x, expected);
        for (int i = 0; i < x.length; i++) {
            comparison.add("softmax in rows " + rows, got[i], expected[i], x[i]);
        }
    }
}
