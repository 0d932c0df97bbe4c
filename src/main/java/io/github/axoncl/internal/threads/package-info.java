/** Threads that both executors and the chooser make in one way, and what keeps their measurements apart. Knows nothing of the
 * project. */
package io.github.axoncl.internal.threads;
