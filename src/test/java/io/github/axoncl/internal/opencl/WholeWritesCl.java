package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A driver to which each transfer from the host writes the whole of its buffer: its part, then what the buffer holds otherwise.
 *
 * <p>Oclgrind 21.10 needs that to tell values that nobody wrote. Its record of a buffer is made anew by each transfer from the
 * host, as long as the transfer; what a kernel writes behind that is not recorded, and passes for uninitialised when it is
 * read.
 * For one thread, as Oclgrind is.
 */
public final class WholeWritesCl implements InvocationHandler {
    private final Cl real = new JoclCl();
    private final Map<Object, Long> sizes = new HashMap<>();

    /** The host's own memory that no launch has met. */
    private final Set<cl_mem> unwritten = new LinkedHashSet<>();

    private WholeWritesCl() {
    }

    /** Opens a backend over these calls on the device of this JVM.
     *
     * @param options how
     * @return the backend; close it */
    public static Backend open(BackendOptions options) {
        return new OpenClBackend(cl(), TrackedCl.device(), options, "whole writes");
    }

    /** The calls themselves. */
    static Cl cl() {
        return (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, new WholeWritesCl());
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("clEnqueueNDRangeKernel")) {
            unwritten.forEach(memory -> writeWhole((cl_command_queue) arguments[0], memory));
            unwritten.clear();
        }
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        switch (method.getName()) {
            case "clCreateBuffer" -> sizes.put(result, (Long) arguments[2]);
            case "clCreateBufferOver" -> {
                sizes.put(result, (Long) arguments[3]);
                unwritten.add((cl_mem) result);
            }
            case "clReleaseMemObject" -> {
                sizes.remove(arguments[0]);
                unwritten.remove(arguments[0]);
            }
            case "clEnqueueWriteBuffer" -> writeWhole((cl_command_queue) arguments[0], (cl_mem) arguments[1]);
            default -> { }
        }
        return result;
    }

    private void writeWhole(cl_command_queue queue, cl_mem memory) {
        byte[] all = new byte[Math.toIntExact(sizes.get(memory))];
        real.clEnqueueReadBuffer(queue, memory, 0, all, 0, all.length);
        real.clEnqueueWriteBuffer(queue, memory, 0, all, 0, all.length);
    }
}
