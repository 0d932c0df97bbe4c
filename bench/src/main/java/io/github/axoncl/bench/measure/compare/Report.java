package io.github.axoncl.bench.measure.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All that a comparison found: results.json. Tables, charts and the page are made of it alone.
 *
 * @param facts        on what was measured
 * @param participants who took part
 * @param lines        the results
 * @param samples      what each JVM measured
 * @param accuracies   the errors
 * @param failures     what could not be measured
 */
record Report(Facts facts, List<Participant> participants, List<Line> lines, List<Sample> samples, List<Accuracy> accuracies,
              List<Failure> failures) {

    static Report of(Facts facts, List<Message> messages) {
        Map<String, Participant> participants = new LinkedHashMap<>();
        Map<String, Accuracy> accuracies = new LinkedHashMap<>();
        Map<List<Object>, List<Sample>> samples = new LinkedHashMap<>();
        List<Failure> failures = new ArrayList<>();
        for (Message message : messages) {
            if (message.opened() != null) {
                participants.putIfAbsent(message.opened().name(), message.opened());
            } else if (message.accuracy() != null) {
                Accuracy a = message.accuracy();
                accuracies.put(key(a.contender(), a.function(), a.backward()), a);
            } else if (message.sample() != null) {
                Sample s = message.sample();
                samples.computeIfAbsent(List.of(s.series(), s.contender(), s.subject(), s.threads()), k -> new ArrayList<>())
                        .add(s);
            } else if (message.failure() != null && !failures.contains(message.failure())) {
                failures.add(message.failure());
            }
        }
        List<Line> lines = samples.values().stream().map(some -> {
            Sample s = some.get(0);
            return Line.of(some, accuracies.get(key(s.contender(), s.subject().function(), s.subject().backward())));
        }).toList();
        return new Report(facts, List.copyOf(participants.values()), lines,
                samples.values().stream().flatMap(List::stream).toList(), List.copyOf(accuracies.values()), failures);
    }

    private static String key(String contender, String function, boolean backward) {
        return contender + " " + function + " " + backward;
    }

    List<Line> where(Predicate<Line> wanted) {
        return lines.stream().filter(wanted).toList();
    }

    /** The results of the comparison for one subject, fastest first. */
    List<Line> of(String function, String operation, int length) {
        return lines.stream().filter(line -> line.series() == Series.ALL && line.function().equals(function)
                && line.operation().equals(operation) && line.length() == length)
                .sorted(java.util.Comparator.comparingDouble(Line::nanos)).toList();
    }

    List<String> functions() {
        return distinct(Line::function);
    }

    List<Integer> lengths() {
        return distinct(Line::length).stream().sorted().toList();
    }

    private <T> List<T> distinct(java.util.function.Function<Line, T> part) {
        return where(line -> line.series() == Series.ALL).stream().map(part).distinct().toList();
    }

    boolean isAxoncl(String contender) {
        return participants.stream().anyMatch(p -> p.axoncl() && p.name().equals(contender));
    }
}
