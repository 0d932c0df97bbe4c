package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DeviceInfo;
import org.jocl.NativePointerObject;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A driver whose handles are followed from creation to release. What would crash a JVM sooner or later is noted, and the call
 * not made: the use of a released handle, also as the argument of a kernel, a release during a use, a second release.
 */
public final class TrackedCl implements InvocationHandler {
    private static Device device;

    /** A handle that was created and not released. */
    private static final class Handle {
        int users;
        final Map<Integer, Object> arguments = new HashMap<>();
    }

    private final Cl real = new JoclCl();
    private final Map<Object, Handle> live = new IdentityHashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    /** Opens a backend over these calls on the device of this JVM.
     *
     * @param options how
     * @return the backend; close it */
    public OpenClBackend open(BackendOptions options) {
        return new OpenClBackend(cl(), device(), options, "tracked");
    }

    /** The calls themselves. */
    Cl cl() {
        return (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, this);
    }

    /** The device of this JVM as if it shared its memory with the host or not, and had a limit for allocations. */
    static Device device(boolean unified, long maxAllocation) {
        return device(device().info().type(), unified, maxAllocation);
    }

    /** The same as if it were of another type, for example a GPU. */
    static Device device(String type, boolean unified, long maxAllocation) {
        Device device = device();
        DeviceInfo i = device.info();
        return new Device(device.platform(), device.id(), new DeviceInfo(i.platform(), i.name(), i.vendor(), i.driver(),
                i.version(), type, i.computeUnits(), i.globalMemory(), Math.min(maxAllocation, i.maxAllocation()), unified,
                i.fp64(), i.correctlyRoundedDivide(), i.accepted(), i.bitExact(), i.verdict()), device.maxWorkGroup(),
                device.form());
    }

    /** The accepted device of this JVM. */
    static synchronized Device device() {
        if (device == null) {
            OpenCl openCl = OpenCl.load();
            try (Backend reference = Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false))) {
                device = openCl.discover(reference).stream().filter(Device::accepted).findFirst()
                        .orElseThrow(() -> new AssertionError("no device: " + openCl.unavailable()));
            }
        }
        return device;
    }

    /** The number of handles that exist.
     *
     * @return for example {cl_context=1, cl_mem=3} */
    public Map<String, Integer> handles() {
        Map<String, Integer> counts = new TreeMap<>();
        synchronized (live) {
            live.keySet().forEach(handle -> counts.merge(handle.getClass().getSimpleName(), 1, Integer::sum));
        }
        return counts;
    }

    /** What was done with handles that must not be.
     *
     * @return one text for each mistake, empty if all is well */
    public List<String> mistakes() {
        synchronized (live) {
            return List.copyOf(mistakes);
        }
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object[] given = arguments == null ? new Object[0] : arguments;
        boolean release = method.getName().startsWith("clRelease");
        List<Handle> used = release ? List.of() : begin(method.getName(), given);
        if (release) {
            release(method.getName(), given[0]);
        }
        try {
            Object result = method.invoke(real, arguments);
            if (method.getName().startsWith("clCreate")) {
                synchronized (live) {
                    live.put(result, new Handle());
                }
            }
            return result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            synchronized (live) {
                used.forEach(handle -> handle.users--);
            }
        }
    }

    private List<Handle> begin(String call, Object... arguments) {
        List<Handle> used = new ArrayList<>();
        synchronized (live) {
            for (Object argument : arguments) {
                if (argument instanceof NativePointerObject && !(argument instanceof cl_device_id)
                        && !(argument instanceof cl_platform_id)) {
                    used.add(find(call, argument));
                }
            }
            if (call.equals("clSetKernelArg")) {
                used.get(0).arguments.put((Integer) arguments[1], arguments[2]);
            } else if (call.equals("clEnqueueNDRangeKernel")) {
                for (Object argument : used.get(1).arguments.values()) {
                    if (argument instanceof NativePointerObject) {
                        used.add(find(call + ", argument of the kernel", argument));
                    }
                }
            }
            used.forEach(handle -> handle.users++);
        }
        return used;
    }

    private Handle find(String call, Object handle) {
        Handle found = live.get(handle);
        return found != null ? found : mistake(call + ": the " + handle.getClass().getSimpleName() + " is released");
    }

    private void release(String call, Object handle) {
        synchronized (live) {
            if (find(call, handle).users > 0) {
                mistake(call + ": the " + handle.getClass().getSimpleName() + " is in use by another thread");
            }
            live.remove(handle);
        }
    }

    private Handle mistake(String text) {
        mistakes.add(text);
        throw new IllegalArgumentException(text);
    }
}
