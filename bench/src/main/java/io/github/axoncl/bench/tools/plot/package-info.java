/** The command {@code plot}: functions, their derivatives and their errors as pictures. */
package io.github.axoncl.bench.tools.plot;
