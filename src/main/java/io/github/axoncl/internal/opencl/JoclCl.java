package io.github.axoncl.internal.opencl;

import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntSupplier;

/**
 * The only caller of {@link CL}: checks every return code and names the call.
 *
 * <p>{@link CL#setExceptionsEnabled} is a switch of the whole process that belongs to the application, so both its values must
 * work here: codes are checked, and JOCL's exceptions translated. Output parameters are looked at after success only, because
 * drivers leave garbage there otherwise.
 */
final class JoclCl implements Cl {
    private static final int MEM_HOST_PTR = 0x1103;

    @Override
    public cl_platform_id[] clGetPlatformIDs() {
        int[] count = new int[1];
        check("clGetPlatformIDs", () -> CL.clGetPlatformIDs(0, null, count));
        cl_platform_id[] platforms = new cl_platform_id[count[0]];
        if (platforms.length > 0) {
            check("clGetPlatformIDs", () -> CL.clGetPlatformIDs(platforms.length, platforms, null));
        }
        return platforms;
    }

    @Override
    public String clGetPlatformInfo(cl_platform_id platform, int name) {
        Objects.requireNonNull(platform);
        return text("clGetPlatformInfo", (size, to, needed) -> CL.clGetPlatformInfo(platform, name, size, to, needed));
    }

    @Override
    public cl_device_id[] clGetDeviceIDs(cl_platform_id platform, long type) {
        Objects.requireNonNull(platform);
        int[] count = new int[1];
        try {
            check("clGetDeviceIDs", () -> CL.clGetDeviceIDs(platform, type, 0, null, count));
        } catch (ClException e) {
            if (e.code() == ClErrors.DEVICE_NOT_FOUND) {
                return new cl_device_id[0];
            }
            throw e;
        }
        cl_device_id[] devices = new cl_device_id[count[0]];
        if (devices.length > 0) {
            check("clGetDeviceIDs", () -> CL.clGetDeviceIDs(platform, type, devices.length, devices, null));
        }
        return devices;
    }

    @Override
    public long clGetDeviceInfo(cl_device_id device, int name) {
        Objects.requireNonNull(device);
        ByteBuffer value = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
        long[] size = new long[1];
        check("clGetDeviceInfo", () -> CL.clGetDeviceInfo(device, name, Long.BYTES, Pointer.to(value), size));
        return size[0] == Integer.BYTES ? Integer.toUnsignedLong(value.getInt(0)) : value.getLong(0);
    }

    @Override
    public String clGetDeviceInfoText(cl_device_id device, int name) {
        Objects.requireNonNull(device);
        return text("clGetDeviceInfo", (size, to, needed) -> CL.clGetDeviceInfo(device, name, size, to, needed));
    }

    @Override
    public cl_context clCreateContext(cl_platform_id platform, cl_device_id device) {
        Objects.requireNonNull(device);
        cl_context_properties properties = new cl_context_properties();
        properties.addProperty(CL.CL_CONTEXT_PLATFORM, Objects.requireNonNull(platform));
        cl_device_id[] devices = {device};
        return create("clCreateContext", code -> CL.clCreateContext(properties, 1, devices, null, null, code));
    }

    @Override
    public void clReleaseContext(cl_context context) {
        Objects.requireNonNull(context);
        check("clReleaseContext", () -> CL.clReleaseContext(context));
    }

    // Deprecated since OpenCL 2.0, but the one call for this that every version has.
    @Override
    @SuppressWarnings("deprecation")
    public cl_command_queue clCreateCommandQueue(cl_context context, cl_device_id device) {
        Objects.requireNonNull(context);
        Objects.requireNonNull(device);
        return create("clCreateCommandQueue", code -> CL.clCreateCommandQueue(context, device, 0, code));
    }

    @Override
    public void clReleaseCommandQueue(cl_command_queue queue) {
        Objects.requireNonNull(queue);
        check("clReleaseCommandQueue", () -> CL.clReleaseCommandQueue(queue));
    }

    @Override
    public void clFlush(cl_command_queue queue) {
        Objects.requireNonNull(queue);
        check("clFlush", () -> CL.clFlush(queue));
    }

    @Override
    public void clFinish(cl_command_queue queue) {
        Objects.requireNonNull(queue);
        check("clFinish", () -> CL.clFinish(queue));
    }

    @Override
    public cl_program clCreateProgramWithSource(cl_context context, String text) {
        Objects.requireNonNull(context);
        String[] texts = {text};
        return create("clCreateProgramWithSource", code -> CL.clCreateProgramWithSource(context, 1, texts, null, code));
    }

    @Override
    public void clBuildProgram(cl_program program, cl_device_id device, String options) {
        Objects.requireNonNull(program);
        cl_device_id[] devices = {Objects.requireNonNull(device)};
        check("clBuildProgram", () -> CL.clBuildProgram(program, 1, devices, options, null, null));
    }

    @Override
    public String clGetProgramBuildLog(cl_program program, cl_device_id device) {
        Objects.requireNonNull(program);
        Objects.requireNonNull(device);
        return text("clGetProgramBuildInfo",
                (size, to, needed) -> CL.clGetProgramBuildInfo(program, device, CL.CL_PROGRAM_BUILD_LOG, size, to, needed));
    }

    @Override
    public void clReleaseProgram(cl_program program) {
        Objects.requireNonNull(program);
        check("clReleaseProgram", () -> CL.clReleaseProgram(program));
    }

    @Override
    public cl_kernel clCreateKernel(cl_program program, String name) {
        Objects.requireNonNull(program);
        return create("clCreateKernel", code -> CL.clCreateKernel(program, name, code));
    }

    @Override
    public void clReleaseKernel(cl_kernel kernel) {
        Objects.requireNonNull(kernel);
        check("clReleaseKernel", () -> CL.clReleaseKernel(kernel));
    }

    @Override
    public long clGetKernelWorkGroupSize(cl_kernel kernel, cl_device_id device) {
        Objects.requireNonNull(kernel);
        Objects.requireNonNull(device);
        long[] value = new long[1];
        check("clGetKernelWorkGroupInfo", () -> CL.clGetKernelWorkGroupInfo(kernel, device, CL.CL_KERNEL_WORK_GROUP_SIZE,
                Sizeof.size_t, Pointer.to(value), null));
        return value[0];
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, cl_mem value) {
        set(kernel, index, Sizeof.cl_mem, Pointer.to(Objects.requireNonNull(value)));
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, long value) {
        set(kernel, index, Sizeof.cl_ulong, Pointer.to(new long[] {value}));
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, int value) {
        set(kernel, index, Sizeof.cl_int, Pointer.to(new int[] {value}));
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, float value) {
        set(kernel, index, Sizeof.cl_float, Pointer.to(new float[] {value}));
    }

    @Override
    public void clSetKernelArg(cl_kernel kernel, int index, double value) {
        set(kernel, index, Sizeof.cl_double, Pointer.to(new double[] {value}));
    }

    private static void set(cl_kernel kernel, int index, long size, Pointer value) {
        Objects.requireNonNull(kernel);
        check("clSetKernelArg", () -> CL.clSetKernelArg(kernel, index, size, value));
    }

    @Override
    public void clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, long globalSize, long localSize) {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(kernel);
        long[] global = {globalSize};
        long[] local = {localSize};
        check("clEnqueueNDRangeKernel",
                () -> CL.clEnqueueNDRangeKernel(queue, kernel, 1, null, global, local, 0, null, null));
    }

    @Override
    public cl_mem clCreateBuffer(cl_context context, long flags, long bytes) {
        Objects.requireNonNull(context);
        return create("clCreateBuffer", code -> CL.clCreateBuffer(context, flags, bytes, null, code));
    }

    @Override
    public cl_mem clCreateBufferOver(cl_context context, long flags, Buffer host, long bytes) {
        Objects.requireNonNull(context);
        Pointer memory = direct(host);
        return create("clCreateBuffer", code -> CL.clCreateBuffer(context, flags, bytes, memory, code));
    }

    @Override
    public long clGetMemHostAddress(cl_mem memory) {
        Objects.requireNonNull(memory);
        long[] value = new long[1];
        check("clGetMemObjectInfo",
                () -> CL.clGetMemObjectInfo(memory, MEM_HOST_PTR, Sizeof.POINTER, Pointer.to(value), null));
        return value[0];
    }

    @Override
    public void clReleaseMemObject(cl_mem memory) {
        Objects.requireNonNull(memory);
        check("clReleaseMemObject", () -> CL.clReleaseMemObject(memory));
    }

    @Override
    public void clEnqueueWriteBuffer(cl_command_queue queue, cl_mem memory, long byteOffset, Object host, long hostOffset,
                                     long bytes) {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(memory);
        Pointer first = pointer(host).withByteOffset(hostOffset);
        check("clEnqueueWriteBuffer",
                () -> CL.clEnqueueWriteBuffer(queue, memory, true, byteOffset, bytes, first, 0, null, null));
    }

    @Override
    public void clEnqueueReadBuffer(cl_command_queue queue, cl_mem memory, long byteOffset, Object host, long hostOffset,
                                    long bytes) {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(memory);
        Pointer first = pointer(host).withByteOffset(hostOffset);
        check("clEnqueueReadBuffer",
                () -> CL.clEnqueueReadBuffer(queue, memory, true, byteOffset, bytes, first, 0, null, null));
    }

    @Override
    public ByteBuffer clEnqueueMapBuffer(cl_command_queue queue, cl_mem memory, long flags, long byteOffset, long bytes) {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(memory);
        return create("clEnqueueMapBuffer",
                code -> CL.clEnqueueMapBuffer(queue, memory, true, flags, byteOffset, bytes, 0, null, null, code));
    }

    @Override
    public void clEnqueueUnmapMemObject(cl_command_queue queue, cl_mem memory, ByteBuffer mapped) {
        Objects.requireNonNull(queue);
        Objects.requireNonNull(memory);
        Objects.requireNonNull(mapped);
        check("clEnqueueUnmapMemObject", () -> CL.clEnqueueUnmapMemObject(queue, memory, mapped, 0, null, null));
    }

    private static Pointer pointer(Object host) {
        if (host instanceof float[] floats) {
            return Pointer.to(floats);
        } else if (host instanceof double[] doubles) {
            return Pointer.to(doubles);
        }
        if (host instanceof int[] ints) {
            return Pointer.to(ints);
        }
        if (host instanceof byte[] bytes) {
            return Pointer.to(bytes);
        }
        return host instanceof short[] shorts ? Pointer.to(shorts) : direct((Buffer) host);
    }

    /** JOCL takes the address of a direct buffer and ignores its position, so the position must be 0. */
    private static Pointer direct(Buffer buffer) {
        if (!buffer.isDirect() || buffer.position() != 0) {
            throw new IllegalArgumentException("not a direct buffer at position 0: " + buffer);
        }
        return Pointer.to(buffer);
    }

    /** A query that first tells the size of its answer. */
    private interface TextQuery {
        int ask(long size, Pointer to, long[] needed);
    }

    private static String text(String call, TextQuery query) {
        long[] size = new long[1];
        check(call, () -> query.ask(0, null, size));
        if (size[0] <= 0 || size[0] > Integer.MAX_VALUE - 8) {
            return "";
        }
        byte[] bytes = new byte[(int) size[0]];
        check(call, () -> query.ask(bytes.length, Pointer.to(bytes), null));
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8).strip();
    }

    private static void check(String call, IntSupplier function) {
        int code;
        try {
            code = function.getAsInt();
        } catch (CLException e) {
            code = e.getStatus();
        } catch (UnsupportedOperationException e) {
            throw new ClException(call, "the OpenCL library does not have this function", ClErrors.INVALID_OPERATION, e);
        }
        if (code != 0) {
            throw new ClException(call, code);
        }
    }

    private static <T> T create(String call, Function<int[], T> function) {
        int[] code = new int[1];
        T made;
        try {
            made = function.apply(code);
        } catch (CLException e) {
            throw new ClException(call, e.getStatus());
        } catch (UnsupportedOperationException e) {
            throw new ClException(call, "the OpenCL library does not have this function", ClErrors.INVALID_OPERATION, e);
        }
        if (code[0] != 0) {
            throw new ClException(call, code[0]);
        }
        if (made == null) {
            throw new ClException(call, "success, but no result", 0, null);
        }
        return made;
    }
}
