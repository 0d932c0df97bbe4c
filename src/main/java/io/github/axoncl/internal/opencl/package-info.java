/**
 * The OpenCL side through JOCL. Each thing has one owner: {@code Cl} the calls and their error codes, {@code Devices} what is
 * found and accepted, {@code SavedVerdicts} what of that is kept for later, {@code Context} queues and closing,
 * {@code Programs} what is built, {@code BufferManager} memory, {@code RowChecks} the words in which kernels note wrong rows,
 * {@code Transfers} the way of the bytes, {@code Call} one call from its first chunk to its last, {@code OpenClBackend} all of
 * it.
 *
 * <p>{@code SmokeTest} decides about a device by the calls of {@code SmokeProbes}, whose programs {@code JoinedPrograms} compiles
 * as one.
 *
 * <p>A driver gets the kernels in one of two forms, see {@code KernelForm}: loops of which a CPU's compiler makes vectors, or
 * kernels for GPUs, whose work-items check bounds. {@code LaunchPlan} says what is launched for the chunks of a call:
 * {@code LoopPlan} and {@code RowPlan} in the first form, {@code GridPlan} and {@code RowGridPlan} in the second. How the work
 * of a kernel is divided is a {@code KernelTile}: {@code Tiling} for element-wise calls, {@code MapTile} or {@code MapGrid} for
 * calls with several operands per element, {@code RowTile} or {@code RowGrid} for those that reduce over rows. A program is
 * composed by {@code ProgramText} of the function's text, the macros of {@code MapText}, {@code RowText} or
 * {@code RowGridText}, and a movement of {@code kernels/lib}.
 *
 * <p>Short calls have the usual tiling; for long ones {@code Tuning} finds what is best on the device for each
 * {@code WorkloadClass}: {@code SavedTiling} knows what was measured earlier, and when enough was computed, {@code TilingRuns}
 * measures in the background and {@code TilingChoice} decides. On GPUs calls of 16-bit types, maps and rows have classes of
 * their own; {@code MapGrid} and {@code RowGrid} do what their tiling wants as far as the shape allows it.
 *
 * <p>A large call over host memory that must be copied is divided: {@code Overlap} hands its chunks to {@code Lane}s, each a
 * thread with a queue and pinned memory, so that copying to the device, computing and copying back happen at once and every
 * core copies between operands and pinned memory; {@code Lanes} owns them for the context. Every copy in them blocks. A
 * simulator, whose host side bears one thread, has none.
 *
 * <p>{@code RecordingBackend} shows programs and launches of calls without a driver: {@code RecordingCl} takes its calls.
 *
 * <p>Knows {@code internal.kernel}, {@code internal.memory}, {@code internal.cache}, {@code internal.threads} and the public
 * package; nothing of the CPU side, whose backend it gets as a reference for testing devices. The only package that imports
 * {@code org.jocl}, and {@code JoclCl} the only class that calls it.
 */
package io.github.axoncl.internal.opencl;
