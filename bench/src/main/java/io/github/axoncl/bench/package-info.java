/** The command line, and what several commands share: devices and backends, names and values that users type, errors. */
package io.github.axoncl.bench;
