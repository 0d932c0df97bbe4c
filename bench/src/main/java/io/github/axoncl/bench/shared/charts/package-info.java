/** How charts look and how they become files. */
package io.github.axoncl.bench.shared.charts;
