package io.github.axoncl.internal.opencl;

import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;
import org.jocl.cl_platform_id;
import org.jocl.cl_program;

import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * The only seam to OpenCL: every call the library makes, named as OpenCL names it.
 *
 * <p>A call that OpenCL does not answer with success throws {@link ClException}. Handles are never null. All transfers block.
 * Beside {@link JoclCl} there is {@link RecordingCl}, which needs no driver; those of tests let any call fail.
 */
interface Cl {
    /** All device types. JOCL's own constant is an int that becomes -1L, which some drivers refuse. */
    long DEVICE_TYPE_ALL = 0xFFFFFFFFL;
    long DEVICE_TYPE_CPU = 1 << 1;
    long DEVICE_TYPE_GPU = 1 << 2;
    long DEVICE_TYPE_ACCELERATOR = 1 << 3;

    int PLATFORM_VERSION = 0x0901;
    int PLATFORM_NAME = 0x0902;

    int DEVICE_TYPE = 0x1000;
    int DEVICE_MAX_COMPUTE_UNITS = 0x1002;
    int DEVICE_MAX_WORK_GROUP_SIZE = 0x1004;
    int DEVICE_MAX_MEM_ALLOC_SIZE = 0x1010;
    int DEVICE_SINGLE_FP_CONFIG = 0x101B;
    int DEVICE_GLOBAL_MEM_CACHE_SIZE = 0x101E;
    int DEVICE_GLOBAL_MEM_SIZE = 0x101F;
    int DEVICE_AVAILABLE = 0x1027;
    int DEVICE_COMPILER_AVAILABLE = 0x1028;
    int DEVICE_NAME = 0x102B;
    int DEVICE_VENDOR = 0x102C;
    int DRIVER_VERSION = 0x102D;
    int DEVICE_VERSION = 0x102F;
    int DEVICE_EXTENSIONS = 0x1030;
    int DEVICE_HOST_UNIFIED_MEMORY = 0x1035;

    long FP_CORRECTLY_ROUNDED_DIVIDE_SQRT = 1 << 7;

    long MEM_READ_WRITE = 1;
    long MEM_READ_ONLY = 1 << 2;
    long MEM_USE_HOST_PTR = 1 << 3;
    long MEM_ALLOC_HOST_PTR = 1 << 4;

    long MAP_READ = 1;
    long MAP_WRITE = 1 << 1;

    cl_platform_id[] clGetPlatformIDs();

    String clGetPlatformInfo(cl_platform_id platform, int name);

    /** The devices, an empty array where there are none. */
    cl_device_id[] clGetDeviceIDs(cl_platform_id platform, long type);

    /** A number of any width. */
    long clGetDeviceInfo(cl_device_id device, int name);

    String clGetDeviceInfoText(cl_device_id device, int name);

    cl_context clCreateContext(cl_platform_id platform, cl_device_id device);

    void clReleaseContext(cl_context context);

    /** An in-order queue. */
    cl_command_queue clCreateCommandQueue(cl_context context, cl_device_id device);

    void clReleaseCommandQueue(cl_command_queue queue);

    void clFlush(cl_command_queue queue);

    void clFinish(cl_command_queue queue);

    cl_program clCreateProgramWithSource(cl_context context, String text);

    void clBuildProgram(cl_program program, cl_device_id device, String options);

    String clGetProgramBuildLog(cl_program program, cl_device_id device);

    void clReleaseProgram(cl_program program);

    cl_kernel clCreateKernel(cl_program program, String name);

    void clReleaseKernel(cl_kernel kernel);

    /** The largest work-group with which the kernel runs. */
    long clGetKernelWorkGroupSize(cl_kernel kernel, cl_device_id device);

    void clSetKernelArg(cl_kernel kernel, int index, cl_mem value);

    void clSetKernelArg(cl_kernel kernel, int index, long value);

    void clSetKernelArg(cl_kernel kernel, int index, int value);

    void clSetKernelArg(cl_kernel kernel, int index, float value);

    void clSetKernelArg(cl_kernel kernel, int index, double value);

    void clEnqueueNDRangeKernel(cl_command_queue queue, cl_kernel kernel, long globalSize, long localSize);

    cl_mem clCreateBuffer(cl_context context, long flags, long bytes);

    /** A buffer over host memory: the first bytes of a direct buffer. */
    cl_mem clCreateBufferOver(cl_context context, long flags, Buffer host, long bytes);

    /** The address that was given to {@link #clCreateBufferOver}. */
    long clGetMemHostAddress(cl_mem memory);

    void clReleaseMemObject(cl_mem memory);

    /** Copies to the device.
     *
     * @param host       an array, which is pinned meanwhile, so that nothing may be running on the queue, or a direct buffer
     * @param hostOffset where the first byte lies in it */
    void clEnqueueWriteBuffer(cl_command_queue queue, cl_mem memory, long byteOffset, Object host, long hostOffset, long bytes);

    /** Copies from the device.
     *
     * @param host       an array, which is pinned meanwhile, so that nothing may be running on the queue, or a direct buffer
     * @param hostOffset where the first byte goes in it */
    void clEnqueueReadBuffer(cl_command_queue queue, cl_mem memory, long byteOffset, Object host, long hostOffset, long bytes);

    ByteBuffer clEnqueueMapBuffer(cl_command_queue queue, cl_mem memory, long flags, long byteOffset, long bytes);

    void clEnqueueUnmapMemObject(cl_command_queue queue, cl_mem memory, ByteBuffer mapped);
}
