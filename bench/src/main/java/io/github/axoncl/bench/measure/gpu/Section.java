package io.github.axoncl.bench.measure.gpu;

import java.util.List;

/**
 * Cases that answer one question.
 *
 * @param name   its name in the results
 * @param weight its share of the time, relative to the other sections'
 * @param cases  the most valuable first
 */
record Section(String name, int weight, List<BenchmarkCase> cases) {
}
