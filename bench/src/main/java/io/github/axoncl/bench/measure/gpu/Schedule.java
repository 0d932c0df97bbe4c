package io.github.axoncl.bench.measure.gpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Divides a time over sections by their weights. */
final class Schedule {
    private final LongSupplier clock;
    private final long end;

    /** A schedule that ends at a time.
     *
     * @param clock the time in nanoseconds
     * @param end   when no more case begins */
    Schedule(LongSupplier clock, long end) {
        this.clock = clock;
        this.end = end;
    }

    /** Runs the cases of each section while its share lasts; time that sections leave goes to those behind them, and at last
     * to what was left out, the first sections first.
     *
     * @param run runs one case
     * @return the cases for which there was no time */
    List<BenchmarkCase> run(List<Section> sections, Consumer<BenchmarkCase> run) {
        int weights = sections.stream().mapToInt(Section::weight).sum();
        List<Deque<BenchmarkCase>> queues = new ArrayList<>();
        for (Section section : sections) {
            Deque<BenchmarkCase> queue = new ArrayDeque<>(section.cases());
            queues.add(queue);
            long now = clock.getAsLong();
            run(queue, now + (end - now) * section.weight() / weights, run);
            weights -= section.weight();
        }
        queues.forEach(queue -> run(queue, end, run));
        return queues.stream().flatMap(Deque::stream).toList();
    }

    private void run(Deque<BenchmarkCase> queue, long until, Consumer<BenchmarkCase> run) {
        while (!queue.isEmpty() && clock.getAsLong() < until) {
            run.accept(queue.poll());
        }
    }
}
