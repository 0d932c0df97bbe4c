/** The command {@code functions}: the table of all functions. */
package io.github.axoncl.bench.tools.functions;
