/** Threads that both executors and the chooser make in one way. Knows nothing of the project. */
package io.github.axoncl.internal.threads;
