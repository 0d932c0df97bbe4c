/** NumPy's {@code .npy} files: reading in blocks, and writing so that the file appears whole or not at all. */
package io.github.axoncl.bench.tools.npy;
