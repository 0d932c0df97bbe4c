package io.github.axoncl.internal.auto;

import io.github.axoncl.BackendInfo.Fallback;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.internal.log.Log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what a device left to others by distinct reason, and warns of each reason once. */
final class Fallbacks {
    private static final Log LOG = Log.of(Fallbacks.class);
    /** More distinct reasons than any device gives; keeps a hostile driver from filling the memory. */
    private static final int MAX_REASONS = 100;

    private final String warning;
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /** Nothing yet.
     *
     * @param warning what is done instead, for the log */
    Fallbacks(String warning) {
        this.warning = warning;
    }

    void add(RuntimeException failure) {
        String reason = reason(failure);
        boolean first;
        synchronized (counts) {
            first = !counts.containsKey(reason) && counts.size() < MAX_REASONS;
            if (first || counts.containsKey(reason)) {
                counts.merge(reason, 1L, Long::sum);
            }
        }
        if (first) {
            LOG.warn("{}: {}", warning, failure.getMessage(), failure);
        }
    }

    /** What failed underneath, without the function and length of the call that happened to meet it. */
    private static String reason(RuntimeException failure) {
        boolean build = failure instanceof KernelBuildException || failure.getCause() == null;
        return build ? failure.getMessage() : failure.getCause().getMessage();
    }

    /** All reasons of some, with how often. */
    static List<Fallback> list(Fallbacks... all) {
        List<Fallback> list = new ArrayList<>();
        for (Fallbacks fallbacks : all) {
            synchronized (fallbacks.counts) {
                fallbacks.counts.forEach((reason, count) -> list.add(new Fallback(reason, count)));
            }
        }
        return list;
    }
}
