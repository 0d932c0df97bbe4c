/**
 * The OpenCL side through JOCL. Each thing has one owner: {@code Cl} the calls and their error codes, {@code Devices} what is
 * found and accepted, {@code SavedVerdicts} what of that is kept for later, {@code Context} queues and closing,
 * {@code Programs} what is built, {@code BufferManager} memory, {@code Transfers} the way of the bytes, {@code Call} one call
 * from its first chunk to its last, {@code OpenClBackend} all of it.
 *
 * <p>How an element-wise kernel is divided is its {@code Tiling}: the work-items of a group, the elements of each, and how many
 * of them it moves at once. Short calls have the usual one, a vector each or, on drivers for CPUs, a loop over many; for
 * long ones {@code Tuning} finds what is best on the device for each {@code WorkloadClass}: {@code SavedTiling} knows what was
 * measured earlier, and when enough was computed, {@code TilingRuns} measures in the background and {@code TilingChoice}
 * decides. On GPUs maps and rows have classes of their own, and {@code MapGrid} and {@code RowGrid} do what the tiling wants as
 * far as the shape allows it.
 *
 * <p>A large call over host memory that must be copied is divided: {@code Overlap} hands its chunks to up to three
 * {@code Lane}s, each a thread with a queue and pinned memory, so that copying to the device, computing and copying back
 * happen at once, and completes them in order; {@code Lanes} owns them for the context. Every copy in them blocks. A
 * simulator, whose host side bears one thread, has none.
 *
 * <p>Knows {@code internal.kernel}, {@code internal.memory}, {@code internal.cache}, {@code internal.threads} and the public
 * package; nothing of the CPU side, whose backend it gets as a reference for testing devices. The only package that imports
 * {@code org.jocl}, and {@code JoclCl} the only class that calls it.
 */
package io.github.axoncl.internal.opencl;
