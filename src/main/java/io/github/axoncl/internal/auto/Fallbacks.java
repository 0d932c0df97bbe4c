package io.github.axoncl.internal.auto;

import io.github.axoncl.BackendInfo.Fallback;
import io.github.axoncl.KernelBuildException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what fell back to the CPU by distinct reason, and warns of each reason once. */
final class Fallbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Fallbacks.class);
    /** More distinct reasons than any device gives; keeps a hostile driver from filling the memory. */
    private static final int MAX_REASONS = 100;

    private final Map<String, Long> counts = new LinkedHashMap<>();

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
            LOG.warn("Computing on the CPU instead of the device: {}", failure.getMessage(), failure);
        }
    }

    /** What failed underneath, without the function and length of the call that happened to meet it. */
    private static String reason(RuntimeException failure) {
        boolean build = failure instanceof KernelBuildException || failure.getCause() == null;
        return build ? failure.getMessage() : failure.getCause().getMessage();
    }

    List<Fallback> list() {
        synchronized (counts) {
            return counts.entrySet().stream().map(e -> new Fallback(e.getKey(), e.getValue())).toList();
        }
    }
}
