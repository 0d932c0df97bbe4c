package io.github.axoncl.internal.opencl;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A driver in which one call, or every call from one on, fails with a given code instead of being made. */
final class FaultyCl {
    private final Cl cl;
    private final Cl real;
    private int calls;
    private int failing = Integer.MAX_VALUE;
    private boolean forGood;
    private int code;
    private String failed;

    FaultyCl(Cl real) {
        this.real = real;
        this.cl = (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    Cl cl() {
        return cl;
    }

    /** From now on the call of that number fails, counted from 1. */
    synchronized void fail(int number, int errorCode, boolean andAllLaterOnes) {
        calls = 0;
        failing = number;
        code = errorCode;
        forGood = andAllLaterOnes;
        failed = null;
    }

    /** Nothing fails any more.
     *
     * @return the name of the first call that failed, null if none did */
    synchronized String stop() {
        failing = Integer.MAX_VALUE;
        return failed;
    }

    private Object call(java.lang.reflect.Method method, Object... arguments) throws Throwable {
        synchronized (this) {
            calls++;
            if (calls == failing || forGood && calls > failing) {
                failed = failed == null ? method.getName() : failed;
                throw new ClException(method.getName(), code);
            }
        }
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
