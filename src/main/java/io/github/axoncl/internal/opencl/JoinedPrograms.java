package io.github.axoncl.internal.opencl;

import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_program;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compiles many programs as one, because a driver takes tens of milliseconds for a program whatever its length, even from its
 * cache. First the calls are made on {@link #recording()}, which notes the texts; then they are made on {@link #joined()},
 * which compiles all texts that were noted together when the first is asked for. A text that was not noted is compiled alone.
 *
 * <p>In the joined text the functions, types and kernels of a program have its number at the end of their names, and its macros
 * end with it. For one thread.
 */
final class JoinedPrograms {
    private static final Pattern MACRO = Pattern.compile("# *define (\\w+).*");
    /** What is defined at the beginning of a line: {@code kernel void run_rows(}, {@code typedef ... pair;}. */
    private static final Pattern NAME = Pattern.compile("(?:__attribute__\\(\\(.*?\\)\\) |[A-Z_]+\\(.*?\\) |[A-Za-z]\\w* )+"
            + "\\*?([a-z]\\w*)\\(.*|(?:typedef .*|\\}) (\\w+);");

    private final Cl cl;
    private final Device device;
    /** The number of each text. */
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    JoinedPrograms(Cl cl, Device device) {
        this.cl = cl;
        this.device = device;
    }

    /** Calls that note the texts of programs, succeed and do nothing. */
    Cl recording() {
        return proxy((proxy, method, arguments) -> {
            if (method.getName().equals("clCreateProgramWithSource")) {
                numbers.putIfAbsent((String) arguments[1], numbers.size());
            }
            Class<?> result = method.getReturnType();
            if (result == long.class) {
                return device.maxWorkGroup();
            }
            if (result == String.class) {
                return "";
            }
            if (result == ByteBuffer.class) {
                return ByteBuffer.allocateDirect(Math.toIntExact((Long) arguments[4]));
            }
            return result == void.class ? null : result.getConstructor().newInstance();
        });
    }

    /** The calls of the driver, with one program for all texts that were noted. */
    Cl joined() {
        return proxy(new Joined());
    }

    private static Cl proxy(InvocationHandler handler) {
        return (Cl) Proxy.newProxyInstance(Cl.class.getClassLoader(), new Class<?>[] {Cl.class}, handler);
    }

    /** All texts as one, without the lines that are comments. */
    String text() {
        StringBuilder all = new StringBuilder();
        numbers.forEach((text, number) -> append(all, text, number));
        return all.toString();
    }

    private static void append(StringBuilder all, String text, int number) {
        Set<String> names = new LinkedHashSet<>();
        Set<String> macros = new LinkedHashSet<>();
        StringBuilder kept = new StringBuilder(text.length());
        for (String line : text.split("\n")) {
            if (!line.startsWith("//")) {
                kept.append(line);
                collect(line, names, macros);
            }
            kept.append('\n');
        }
        names.forEach(name -> all.append("#define ").append(name).append(' ').append(joinedName(name, number)).append('\n'));
        all.append(kept);
        names.addAll(macros);
        names.forEach(name -> all.append("#undef ").append(name).append('\n'));
    }

    /** Adds what a line defines for the whole text. */
    private static void collect(String line, Set<String> names, Set<String> macros) {
        if (line.startsWith("#")) {
            Matcher macro = MACRO.matcher(line);
            if (macro.matches()) {
                macros.add(macro.group(1));
            }
        } else if (!line.isEmpty() && line.charAt(0) != ' ') {
            Matcher name = NAME.matcher(line);
            if (name.matches()) {
                names.add(name.group(1) != null ? name.group(1) : name.group(2));
            }
        }
    }

    private static String joinedName(String name, int number) {
        return name + "_" + number;
    }

    /** Stands one handle for each text; all are the same program of the driver. */
    private final class Joined implements InvocationHandler {
        private final Map<Object, Integer> parts = new IdentityHashMap<>();
        private cl_program program;
        private boolean built;

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "clCreateProgramWithSource" -> {
                    Integer number = numbers.get((String) arguments[1]);
                    if (number != null) {
                        return part((cl_context) arguments[0], number);
                    }
                }
                case "clBuildProgram" -> {
                    if (parts.containsKey(arguments[0])) {
                        build((cl_device_id) arguments[1], (String) arguments[2]);
                        return null;
                    }
                }
                case "clGetProgramBuildLog" -> {
                    if (parts.containsKey(arguments[0])) {
                        return cl.clGetProgramBuildLog(program, (cl_device_id) arguments[1]);
                    }
                }
                case "clCreateKernel" -> {
                    Integer number = parts.get(arguments[0]);
                    if (number != null) {
                        return cl.clCreateKernel(program, joinedName((String) arguments[1], number));
                    }
                }
                case "clReleaseProgram" -> {
                    if (parts.remove(arguments[0]) != null) {
                        if (!built) {
                            release();
                        }
                        return null;
                    }
                }
                case "clReleaseContext" -> release();
                default -> { }
            }
            try {
                return method.invoke(cl, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private cl_program part(cl_context context, int number) {
            if (program == null) {
                program = cl.clCreateProgramWithSource(context, text());
            }
            cl_program part = new cl_program();
            parts.put(part, number);
            return part;
        }

        private void build(cl_device_id id, String options) {
            if (!built) {
                cl.clBuildProgram(program, id, options);
                built = true;
            }
        }

        private void release() {
            cl_program unused = program;
            program = null;
            built = false;
            if (unused != null) {
                Quietly.run("clReleaseProgram", () -> cl.clReleaseProgram(unused));
            }
        }
    }
}
