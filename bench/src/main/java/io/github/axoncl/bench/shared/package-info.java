/**
 * What several commands share: devices and backends, names and values that users type, errors and the exit codes behind them,
 * tables. Knows no command.
 */
package io.github.axoncl.bench.shared;
