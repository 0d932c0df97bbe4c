package io.github.axoncl.bench.shared;

import io.github.axoncl.Activation;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Loss;
import io.github.axoncl.Penalty;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.RowActivation;
import io.github.axoncl.StochasticActivation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds functions by the names that users type; of a wrong name it says which ones are near. */
public final class FunctionNames {
    private static final int MOST_SUGGESTIONS = 4;

    private FunctionNames() {
    }

    /** A function of AxonCL, of any family, with default parameters. */
    public static KernelFunction find(String name) {
        for (KernelFunction function : functions()) {
            if (function.id().equalsIgnoreCase(name)) {
                return function;
            }
        }
        try {
            return Activation.of(name);                     // the other names of element-wise functions
        } catch (IllegalArgumentException e) {
            throw new UsageException("there is no function \"" + name + "\"" + suggestion(name, all()), e);
        }
    }

    private static List<KernelFunction> functions() {
        return Stream.<KernelFunction[]>of(Activation.values(), RowActivation.values(), Loss.values(), GatedActivation.values(),
                StochasticActivation.values(), Penalty.values(), RecurrentCell.values()).flatMap(Stream::of).toList();
    }

    private static List<String> all() {
        List<String> names = new ArrayList<>(functions().stream().map(KernelFunction::id).toList());
        names.add("linear");
        return names;
    }

    /** "; did you mean ...?" with the names that a typing mistake may have come from, nearest first; else all names. */
    public static String suggestion(String typed, Collection<String> names) {
        List<String> near = names.stream().filter(name -> distance(typed, name) <= Math.max(2, name.length() / 3))
                .sorted(Comparator.comparingInt((String name) -> distance(typed, name)).thenComparing(name -> name))
                .limit(MOST_SUGGESTIONS).toList();
        if (!near.isEmpty()) {
            return "; did you mean " + String.join(", ", near) + "?";
        }
        return names.isEmpty() ? "; there are none" : "; known: " + String.join(", ", names);
    }

    private static int distance(String typed, String name) {
        return LevenshteinDistance.getDefaultInstance().apply(plain(typed), plain(name));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[_\\- ]", "");
    }
}
