/** The command {@code demo}: training on a device and on the CPU, and how long every function takes. */
package io.github.axoncl.bench.tools.demo;
