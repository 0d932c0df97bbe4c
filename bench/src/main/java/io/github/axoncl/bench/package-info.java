/**
 * The command line. {@code Workbench} alone knows all commands. Those in {@code tools} show, check and compute; those in
 * {@code measure} measure; what both need is in {@code shared}. Tools and measurements do not know each other.
 */
package io.github.axoncl.bench;
