package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendOptions;
import org.jocl.cl_command_queue;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * A driver whose transfers from and to pinned memory, and the kernels between them, take time but no processor, as those of a
 * discrete GPU do. It has an engine for each direction and one for kernels, each with one command at a time; queues are in
 * order. They move and compute nothing; all other calls go to the driver of this JVM.
 */
public final class SimulatedBus implements InvocationHandler {
    private final Cl real = new JoclCl();
    private final double transferNanosPerByte;
    private final double kernelNanosPerByte;
    private final Engine upload = new Engine();
    private final Engine kernels = new Engine();
    private final Engine download = new Engine();
    private final Map<cl_command_queue, Queue> queues = new ConcurrentHashMap<>();

    /** What takes one command at a time. */
    private static final class Engine {
        private long free;
        private long busy;

        /** Runs a command.
         *
         * @param earliest when it may begin
         * @return when it ends */
        synchronized long run(long earliest, long nanos) {
            long now = System.nanoTime();
            long begin = Math.max(now, Math.max(earliest, free));
            free = begin + nanos;
            busy += nanos;
            return free;
        }

        synchronized double busyMillis() {
            return busy / 1e6;
        }
    }

    /** The queue of a lane, which one thread uses at a time. */
    private static final class Queue {
        private volatile long end = System.nanoTime();
        /** What was copied to the device since the last launch. */
        private long input;
    }

    /** A device.
     *
     * @param transferRate bytes per nanosecond in each direction
     * @param kernelRate   bytes of input per nanosecond */
    public SimulatedBus(double transferRate, double kernelRate) {
        transferNanosPerByte = 1 / transferRate;
        kernelNanosPerByte = 1 / kernelRate;
    }

    /** Opens a backend over this device.
     *
     * @param options how
     * @return the backend; close it */
    public OpenClBackend open(BackendOptions options) {
        Cl cl = (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, this);
        return new OpenClBackend(cl, TrackedCl.device("GPU", false, Long.MAX_VALUE), options, "simulated");
    }

    /** How long the busiest engine was busy.
     *
     * @return milliseconds so far */
    public double busyMillis() {
        return Math.max(kernels.busyMillis(), Math.max(upload.busyMillis(), download.busyMillis()));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        switch (method.getName()) {
            case "clEnqueueWriteBuffer" -> {
                if (given[3] instanceof ByteBuffer) {
                    Queue queue = queues.computeIfAbsent((cl_command_queue) given[0], q -> new Queue());
                    long bytes = (Long) given[5];
                    queue.input += bytes;
                    transfer(upload, queue, bytes);
                    return null;
                }
            }
            case "clEnqueueReadBuffer" -> {
                if (given[3] instanceof ByteBuffer && queues.containsKey(given[0])) {
                    transfer(download, queues.get(given[0]), (Long) given[5]);
                    return null;
                }
            }
            case "clEnqueueNDRangeKernel" -> {
                Queue queue = queues.get(given[0]);
                if (queue != null) {
                    queue.end = kernels.run(queue.end, (long) (queue.input * kernelNanosPerByte));
                    queue.input = 0;
                    return null;
                }
            }
            default -> {
            }
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void transfer(Engine engine, Queue queue, long bytes) {
        long end = engine.run(queue.end, (long) (bytes * transferNanosPerByte));
        queue.end = end;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
