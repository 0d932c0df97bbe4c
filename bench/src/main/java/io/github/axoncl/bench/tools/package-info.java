/**
 * Commands that a user runs for what they show, check or compute: devices, functions, texts, pictures, files, training. A
 * command that has more than one class has a package of its own. Whether a result is right belongs here; how long it takes
 * belongs to {@code measure}.
 */
package io.github.axoncl.bench.tools;
