/** The OpenCL side through JOCL: devices, programs, buffers, queues. Knows nothing of the CPU side. */
package io.github.axoncl.internal.opencl;
