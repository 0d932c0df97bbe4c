package io.github.axoncl.internal.opencl;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls that are answered by the test, fail, or go to another {@link Cl}; all of them recorded by name. */
final class FakeCl implements InvocationHandler {
    /** Answers one call. */
    interface Answer {
        Object to(Object... arguments);
    }

    private final Cl target;
    private final Map<String, Answer> answers = new HashMap<>();
    final List<String> calls = new CopyOnWriteArrayList<>();

    /** With a target for what has no answer, or null. */
    FakeCl(Cl target) {
        this.target = target;
    }

    FakeCl on(String call, Answer answer) {
        answers.put(call, answer);
        return this;
    }

    FakeCl fail(String call, int code) {
        return on(call, arguments -> {
            throw new ClException(call, code);
        });
    }

    Cl cl() {
        return (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, this);
    }

    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        calls.add(method.getName());
        Answer answer = answers.get(method.getName());
        if (answer != null) {
            return answer.to(arguments);
        }
        if (target == null) {
            throw new AssertionError("unexpected call of " + method.getName());
        }
        return invoke(method, arguments);
    }

    private Object invoke(java.lang.reflect.Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Lets the target answer after all. */
    Object forward(String call, Object... arguments) {
        for (java.lang.reflect.Method method : Cl.class.getMethods()) {
            if (method.getName().equals(call) && method.getParameterCount() == arguments.length) {
                try {
                    return invoke(method, arguments);
                } catch (RuntimeException | Error e) {
                    throw e;
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError(call);
    }
}
