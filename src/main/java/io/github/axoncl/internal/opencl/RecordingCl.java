package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Rows;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;

import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * OpenCL without a driver: a platform with one device that accepts everything a conforming driver accepts, computes nothing and
 * records programs, launches, copies and waits. What is read back is zero. Safe for several threads.
 *
 * <p>Memory of the device takes no memory of the host, so that calls of any size can be recorded on device buffers.
 */
public final class RecordingCl implements Cl {
    private static final int INVALID_VALUE = -30;
    private static final int INVALID_KERNEL_ARGS = -52;
    private static final int INVALID_WORK_GROUP_SIZE = -54;
    /** Buffers over host memory get addresses of their own that do not overlap. */
    private static final long FIRST_ADDRESS = 1L << 40;

    /** A text that was built with options. */
    public record Program(String text, String options) {
    }

    /**
     * A launch of a kernel.
     *
     * @param program    the program of the kernel
     * @param kernel     the name of the kernel
     * @param globalSize the work-items
     * @param localSize  the work-items of a work-group
     * @param arguments  the arguments in order: cl_mem, Long, Integer, Float or Double
     * @param call       the number of the call of a {@link RecordingBackend}, from 1 on; 0 if there was none
     * @param signature  what that call computes, null if there is none
     * @param rows       the shape of that call, null if there is none
     */
    public record Launch(Program program, String kernel, long globalSize, long localSize, List<Object> arguments, int call,
                         KernelSignature signature, Rows rows) {
        /** The work-groups.
         *
         * @return how many */
        public long groups() {
            return globalSize / localSize;
        }
    }

    /** Which way bytes went. */
    public enum Direction {
        /** To the device. */
        WRITE,
        /** From the device. */
        READ,
        /** Into the address space of the host. */
        MAP
    }

    /** A copy, which blocks until all work of its queue is done. */
    public record Copy(Direction direction, long bytes) {
    }

    /** A kernel with the arguments that are set. */
    private record Kernel(Program program, String name, Map<Integer, Object> arguments) {
    }

    private final DeviceInfo info;
    private final long maxWorkGroup;
    private final cl_platform_id platform = new cl_platform_id();
    private final cl_device_id device = new cl_device_id();
    /** By identity: handles that no driver made are all equal. */
    private final Map<Object, Object> described = Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<Program> programs = new ArrayList<>();
    private final List<Launch> launches = new ArrayList<>();
    private final List<Copy> copies = new ArrayList<>();
    private int calls;
    private KernelSignature signature;
    private Rows rows;
    private int finishes;
    private long nextAddress = FIRST_ADDRESS;

    /** A driver with one device.
     *
     * @param info         describes the device; its verdict does not matter
     * @param maxWorkGroup the largest work-group of any kernel */
    RecordingCl(DeviceInfo info, long maxWorkGroup) {
        this.info = info;
        this.maxWorkGroup = maxWorkGroup;
    }

    /** A driver with a device whose arithmetic is like that of all current ones.
     *
     * @param type         {@code GPU} or {@code CPU}, which decides the form of the kernels
     * @param unified      whether host and device share memory
     * @param memory       the bytes of global memory, of which one allocation may take a quarter
     * @param computeUnits the compute units
     * @param maxWorkGroup the largest work-group
     * @param fp64         whether the device computes in double */
    static RecordingCl of(String type, boolean unified, long memory, int computeUnits, long maxWorkGroup, boolean fp64) {
        return new RecordingCl(new DeviceInfo("Recording", "recording " + type, "AxonCL", "1", "OpenCL 3.0", type, computeUnits,
                memory, memory / 4, unified, fp64, true, true, true, "not tested"), maxWorkGroup);
    }

    /** The device, accepted.
     *
     * @param form the form of its kernels */
    Device device(KernelForm form) {
        return new Device(platform, device, info, maxWorkGroup, form).withVerdict(true, true, "records");
    }

    // ---- what was recorded

    /** The programs that were built, in the order of building.
     *
     * @return a copy */
    public synchronized List<Program> programs() {
        return List.copyOf(programs);
    }

    /** The launches in their order.
     *
     * @return a copy */
    public synchronized List<Launch> launches() {
        return List.copyOf(launches);
    }

    /** The copies in their order.
     *
     * @return a copy */
    public synchronized List<Copy> copies() {
        return List.copyOf(copies);
    }

    /** How often the host waited for all work of a queue.
     *
     * @return the number of calls of clFinish */
    public synchronized int finishes() {
        return finishes;
    }

    /** Forgets what was recorded; handles stay valid. */
    public synchronized void clear() {
        programs.clear();
        launches.clear();
        copies.clear();
        finishes = 0;
    }

    /** States the call to which the following launches belong.
     *
     * @param call null after its end */
    synchronized void belongsTo(KernelCall call) {
        calls += call == null ? 0 : 1;
        signature = call == null ? null : call.signature();
        rows = call == null ? null : call.rows();
    }

    // ---- platform and device

    @Override
    public cl_platform_id[] clGetPlatformIDs() {
        return new cl_platform_id[] {platform};
    }

    @Override
    public String clGetPlatformInfo(cl_platform_id id, int name) {
        return name == PLATFORM_NAME ? info.platform() : info.version();
    }

    @Override
    public cl_device_id[] clGetDeviceIDs(cl_platform_id id, long type) {
        return new cl_device_id[] {device};
    }

    @Override
    public long clGetDeviceInfo(cl_device_id id, int name) {
        return switch (name) {
            case DEVICE_TYPE -> info.type().equals("GPU") ? DEVICE_TYPE_GPU : DEVICE_TYPE_CPU;
            case DEVICE_MAX_COMPUTE_UNITS -> info.computeUnits();
            case DEVICE_MAX_WORK_GROUP_SIZE -> maxWorkGroup;
            case DEVICE_MAX_MEM_ALLOC_SIZE -> info.maxAllocation();
            case DEVICE_GLOBAL_MEM_SIZE -> info.globalMemory();
            case DEVICE_SINGLE_FP_CONFIG -> info.correctlyRoundedDivide() ? FP_CORRECTLY_ROUNDED_DIVIDE_SQRT : 0;
            case DEVICE_HOST_UNIFIED_MEMORY -> info.unifiedMemory() ? 1 : 0;
            case DEVICE_AVAILABLE, DEVICE_COMPILER_AVAILABLE -> 1;
            default -> throw new ClException("clGetDeviceInfo", INVALID_VALUE);
        };
    }

    @Override
    public String clGetDeviceInfoText(cl_device_id id, int name) {
        return switch (name) {
            case DEVICE_NAME -> info.name();
            case DEVICE_VENDOR -> info.vendor();
            case DRIVER_VERSION -> info.driver();
            case DEVICE_VERSION -> info.version();
            case DEVICE_EXTENSIONS -> info.fp64() ? "cl_khr_fp64" : "";
            default -> throw new ClException("clGetDeviceInfo", INVALID_VALUE);
        };
    }

    @Override
    public cl_context clCreateContext(cl_platform_id id, cl_device_id of) {
        return new cl_context();
    }

    @Override
    public void clReleaseContext(cl_context context) {
    }

    // ---- queues

    @Override
    public cl_command_queue clCreateCommandQueue(cl_context context, cl_device_id of) {
        return new cl_command_queue();
    }

    @Override
    public void clReleaseCommandQueue(cl_command_queue queue) {
    }

    @Override
    public void clFlush(cl_command_queue queue) {
    }

    @Override
    public synchronized void clFinish(cl_command_queue queue) {
        finishes++;
    }

    // ---- programs and kernels

    @Override
    public cl_program clCreateProgramWithSource(cl_context context, String text) {
        return remember(new cl_program(), new Program(text, null));
    }

    @Override
    public synchronized void clBuildProgram(cl_program program, cl_device_id of, String options) {
        Program built = new Program(this.<Program>of(program).text(), options);
        remember(program, built);
        programs.add(built);
    }

    @Override
    public String clGetProgramBuildLog(cl_program program, cl_device_id of) {
        return "";
    }

    @Override
    public void clReleaseProgram(cl_program program) {
        described.remove(program);
    }

    @Override
    public cl_kernel clCreateKernel(cl_program program, String name) {
        return remember(new cl_kernel(), new Kernel(of(program), name, new TreeMap<>()));
    }

    @Override
    public void clReleaseKernel(cl_kernel kernel) {
        described.remove(kernel);
    }

    @Override
    public long clGetKernelWorkGroupSize(cl_kernel kernel, cl_device_id of) {
        return maxWorkGroup;
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, cl_mem value) {
        set(kernel, index, value);
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, long value) {
        set(kernel, index, value);
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, int value) {
        set(kernel, index, value);
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, float value) {
        set(kernel, index, value);
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, double value) {
        set(kernel, index, value);
    }

    private void set(cl_kernel kernel, int index, Object value) {
        this.<Kernel>of(kernel).arguments().put(index, value);
    }

    @Override
    public synchronized void clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, long globalSize, long localSize) {
        Kernel launched = of(kernel);
        if (localSize < 1 || localSize > maxWorkGroup || globalSize < 1 || globalSize % localSize != 0) {
            throw new ClException("clEnqueueNDRangeKernel", INVALID_WORK_GROUP_SIZE);
        }
        List<Object> arguments = List.copyOf(launched.arguments().values());
        if (!launched.arguments().containsKey(arguments.size() - 1)) {
            throw new ClException("clEnqueueNDRangeKernel", INVALID_KERNEL_ARGS);
        }
        launches.add(new Launch(launched.program(), launched.name(), globalSize, localSize, arguments,
                signature == null ? 0 : calls, signature, rows));
    }

    // ---- memory

    @Override
    public cl_mem clCreateBuffer(cl_context context, long flags, long bytes) {
        return new cl_mem();
    }

    @Override
    public synchronized cl_mem clCreateBufferOver(cl_context context, long flags, Buffer host, long bytes) {
        long address = nextAddress;
        nextAddress += bytes;
        return remember(new cl_mem(), address);
    }

    @Override
    public long clGetMemHostAddress(cl_mem memory) {
        return this.<Long>of(memory);
    }

    @Override
    public void clReleaseMemObject(cl_mem memory) {
        described.remove(memory);
    }

    @Override
    public void clEnqueueWriteBuffer(cl_command_queue queue, cl_mem memory, long byteOffset, Object host, long hostOffset,
                                     long bytes) {
        copied(Direction.WRITE, bytes);
    }

    @Override
    public void clEnqueueReadBuffer(cl_command_queue queue, cl_mem memory, long byteOffset, Object host, long hostOffset,
                                    long bytes) {
        copied(Direction.READ, bytes);
        int size = size(host);
        int from = (int) (hostOffset / size);
        int count = (int) (bytes / size);
        if (host.getClass().isArray()) {
            System.arraycopy(Array.newInstance(host.getClass().getComponentType(), count), 0, host, from, count);
            return;
        }
        for (int i = from; i < from + count; i++) {
            if (host instanceof FloatBuffer floats) {
                floats.put(i, 0);
            } else if (host instanceof DoubleBuffer doubles) {
                doubles.put(i, 0);
            } else if (host instanceof ShortBuffer shorts) {
                shorts.put(i, (short) 0);
            } else if (host instanceof IntBuffer ints) {
                ints.put(i, 0);
            } else {
                ((ByteBuffer) host).put(i, (byte) 0);
            }
        }
    }

    /** The bytes of an element. */
    private static int size(Object host) {
        if (host instanceof byte[] || host instanceof ByteBuffer) {
            return Byte.BYTES;
        } else if (host instanceof short[] || host instanceof ShortBuffer) {
            return Short.BYTES;
        }
        return host instanceof double[] || host instanceof DoubleBuffer ? Double.BYTES : Float.BYTES;
    }

    @Override
    public ByteBuffer clEnqueueMapBuffer(cl_command_queue queue, cl_mem memory, long flags, long byteOffset, long bytes) {
        copied(Direction.MAP, bytes);
        return ByteBuffer.allocateDirect(Math.toIntExact(bytes));
    }

    @Override
    public void clEnqueueUnmapMemObject(cl_command_queue queue, cl_mem memory, ByteBuffer mapped) {
    }

    private synchronized void copied(Direction direction, long bytes) {
        copies.add(new Copy(direction, bytes));
    }

    // ---- handles

    private <T> T remember(T handle, Object description) {
        described.put(handle, description);
        return handle;
    }

    @SuppressWarnings("unchecked")
    private <T> T of(Object handle) {
        return (T) described.get(handle);
    }
}
