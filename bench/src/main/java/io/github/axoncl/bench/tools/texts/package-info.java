/** The command {@code texts}: the program texts that a device gets, as files. */
package io.github.axoncl.bench.tools.texts;
