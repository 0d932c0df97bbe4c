/**
 * Activation functions for neural networks, on OpenCL devices and on the CPU, with the same bits.
 *
 * <p>{@link io.github.axoncl.Backends#open()} gives a {@link io.github.axoncl.Backend}; {@link io.github.axoncl.Activation},
 * {@link io.github.axoncl.RowActivation}, {@link io.github.axoncl.Loss}, {@link io.github.axoncl.GatedActivation},
 * {@link io.github.axoncl.StochasticActivation}, {@link io.github.axoncl.Penalty} and {@link io.github.axoncl.RecurrentCell}
 * name the functions; {@link io.github.axoncl.Operand} is what they work on, a {@link io.github.axoncl.DeviceBuffer} one that
 * stays on the device. {@link io.github.axoncl.DeviceException} and {@link io.github.axoncl.KernelBuildException} are what can
 * go wrong without a mistake in the arguments.
 *
 * <h2>What lives where</h2>
 *
 * <p>Only this package is for users. Everything below {@code internal} may change at any time. Dependencies go in one
 * direction: {@code internal.auto} knows {@code internal.cpu} and {@code internal.opencl}, which do not know each other; both
 * know {@code internal.kernel} and {@code internal.memory}; all know this package, which knows none of them, but for
 * {@code Backends}, where a backend is opened. No internal type occurs in a public signature. Tests enforce this.
 *
 * <table>
 * <caption>Where a line of code or text belongs</caption>
 * <thead><tr><th scope="col">A line about</th><th scope="col">belongs to</th></tr></thead>
 * <tbody>
 * <tr><td>the formula of a function</td><td>{@code kernels/NAME.cl}</td></tr>
 * <tr><td>name, parameters and legal ranges of a function</td><td>its constant, here</td></tr>
 * <tr><td>an elementary function (exp, log, erf, ...)</td><td>{@code kernels/lib/math.cl}, its cheaper form {@code fast.cl},
 *     that in double {@code math64.cl}</td></tr>
 * <tr><td>what functions of rows, gated and random ones have in common</td><td>{@code kernels/lib/rows.cl}, {@code gates.cl},
 *     {@code random.cl}</td></tr>
 * <tr><td>how functions are joined to one</td><td>{@code kernels/fused}</td></tr>
 * <tr><td>the bits of a type for storage</td><td>{@code kernels/lib/storage.cl}</td></tr>
 * <tr><td>loading, storing and looping on a device: drivers of CPUs</td><td>{@code kernels/lib/loops.cl},
 *     {@code elementwise.cl}, {@code map.cl}, {@code rowwise.cl}</td></tr>
 * <tr><td>the same: GPUs</td><td>{@code kernels/lib/vectors.cl}, {@code grid.cl}, {@code elementwise.cl}, {@code map.cl},
 *     {@code row_grid.cl}, {@code row_registers.cl}, {@code row_segments.cl}</td></tr>
 * <tr><td>what may be passed to an operation</td><td>this package, once for all backends</td></tr>
 * <tr><td>what kernel text may say</td><td>{@code internal.kernel}</td></tr>
 * <tr><td>bytecode, SIMD, threads</td><td>{@code internal.cpu}</td></tr>
 * <tr><td>work-groups and launches</td><td>{@code LaunchPlan} and its kinds, {@code KernelTile} and its kinds in
 *     {@code internal.opencl}</td></tr>
 * <tr><td>build options</td><td>{@code ProgramText} in {@code internal.opencl}</td></tr>
 * <tr><td>how bytes cross to a device</td><td>{@code Transfers}, {@code Lane}, {@code Overlap} in
 *     {@code internal.opencl}</td></tr>
 * <tr><td>reuse of device memory and its limits</td><td>{@code BufferPool}, {@code BufferManager} in
 *     {@code internal.opencl}</td></tr>
 * <tr><td>the oddity of a driver</td><td>{@code Device}, {@code Devices}, {@code PlatformRule} in {@code internal.opencl}, with
 *     the reason</td></tr>
 * <tr><td>a call of OpenCL and its error</td><td>{@code Cl}, {@code JoclCl}, {@code ClErrors} in
 * {@code internal.opencl}</td></tr>
 * <tr><td>closing and forgetting buffers</td><td>{@code internal.memory}</td></tr>
 * <tr><td>where messages go</td><td>{@code internal.log}</td></tr>
 * <tr><td>choosing a backend and falling back to the CPU</td><td>{@code internal.auto} and nowhere else</td></tr>
 * <tr><td>tables, pictures, command line</td><td>the project in {@code bench}</td></tr>
 * </tbody>
 * </table>
 */
package io.github.axoncl;
