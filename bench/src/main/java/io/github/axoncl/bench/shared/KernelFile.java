package io.github.axoncl.bench.shared;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a function of a user's kernel file. What {@code forward} takes behind the element are its parameters; a file cannot
 * state defaults, so each needs a value, and any float32 is legal.
 */
public final class KernelFile {
    private static final Pattern COMMENT = Pattern.compile("//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern FORWARD = Pattern.compile("\\bfloat\\s+forward\\s*\\(([^)]*)\\)");
    private static final Pattern ARGUMENT = Pattern.compile("\\s*(?:const\\s+)?float\\s+(\\w+)\\s*");
    private static final int LONGEST_NAME = 64;
    /** The compiler's own limit is far lower; this one keeps a wrong file name from filling the heap. */
    private static final int LARGEST = 16 << 20;

    private KernelFile() {
    }

    /** The function of a file, with these values of its parameters. */
    public static ActivationFunction load(Path file, Map<String, Double> values) {
        String text = read(file);
        List<String> names = parameters(text, values);
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new UsageException(file + ": forward has no parameter \"" + name + "\""
                        + FunctionNames.suggestion(name, names));
            }
        }
        List<Parameter> declared = new ArrayList<>();
        for (String name : names) {
            Double value = values.get(name);
            if (value == null) {
                throw new UsageException(file + ": the parameter " + name + " has no value; give --param " + name + "=VALUE");
            }
            if (!Float.isFinite(value.floatValue())) {
                throw new UsageException(file + ": parameter " + name + " = " + value + " is not a finite float32");
            }
            declared.add(Parameter.of(name, value, -Float.MAX_VALUE, Float.MAX_VALUE));
        }
        try {
            return Activations.define(name(file), file, declared.toArray(Parameter[]::new));
        } catch (KernelBuildException | IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static String read(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UsageException(file + ": " + (Files.exists(file) ? "not a regular file" : "there is no such file"));
            }
            if (Files.size(file) > LARGEST) {
                throw new UsageException(file + ": " + Files.size(file) + " bytes are too many for a kernel file");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UsageException(file + " is not a text file in UTF-8 that can be read: " + e, e);
        }
    }

    /** The names behind the first; where the text is not understood those that are given, and the compiler says what is
     * wrong. */
    private static List<String> parameters(String text, Map<String, Double> values) {
        Matcher forward = FORWARD.matcher(COMMENT.matcher(text).replaceAll(" "));
        if (!forward.find()) {
            return List.copyOf(values.keySet());
        }
        List<String> names = new ArrayList<>();
        for (String argument : forward.group(1).split(",")) {
            Matcher matcher = ARGUMENT.matcher(argument);
            if (!matcher.matches()) {
                return List.copyOf(values.keySet());
            }
            names.add(matcher.group(1));
        }
        return names.subList(1, names.size());
    }

    /** The file's name as a function's name: lower case letters, digits and underscores, a letter first. */
    private static String name(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.cl$", "").toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9_]", "_");
        String legal = name.matches("[a-z].*") ? name : "f" + name;
        return legal.substring(0, Math.min(LONGEST_NAME, legal.length()));
    }
}
