package io.github.axoncl.bench.tools.texts;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.opencl.RecordingCl.Launch;
import io.github.axoncl.internal.opencl.RecordingCl.Program;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Collects programs from launches and writes each distinct one to a file with a readable name: function, operation (unless the
 * program has several), type, tier, operands that not all calls of that operation have, shape as far as a program may depend on
 * it, form of the device. A program that serves several shapes is named after the first one.
 */
final class TextFiles {
    private static final String HEADER = String.join("\t", "file", "kernel", "options", "function", "operation", "type", "tier",
            "form", "name", "shape", "elements per work-item", "work-group");

    private final List<String> functions;
    private final Map<Program, Text> texts = new LinkedHashMap<>();
    /** The signatures of calls of one operation of a function in a type and a tier. */
    private final Map<String, Set<KernelSignature>> alternatives = new HashMap<>();

    /** A program and the launches of its kernels. */
    private static final class Text {
        final String form;
        final Set<String> operations = new LinkedHashSet<>();
        /** By kernel, operation and shape. */
        final Map<String, Use> uses = new LinkedHashMap<>();

        Text(String form) {
            this.form = form;
        }
    }

    /** The launches of a kernel in the first call of a shape. */
    private static final class Use {
        final Launch first;
        long items;

        Use(Launch first) {
            this.first = first;
        }
    }

    TextFiles(List<String> functions) {
        this.functions = functions;
    }

    /** Adds a launch.
     *
     * @param form the form of the device, as names have it */
    void add(Launch launch, String form) {
        KernelSignature signature = launch.signature();
        if (!functions.isEmpty() && !functions.contains(signature.definition().id())) {
            return;
        }
        Text text = texts.computeIfAbsent(launch.program(), program -> new Text(form));
        text.operations.add(signature.operation().id());
        alternatives.computeIfAbsent(base(signature, true), key -> new LinkedHashSet<>()).add(signature);
        String key = launch.kernel() + " " + signature.operation() + " " + shape(signature, launch.rows());
        Use use = text.uses.computeIfAbsent(key, first -> new Use(launch));
        use.items += use.first.call() == launch.call() ? launch.globalSize() : 0;
    }

    int count() {
        return texts.size();
    }

    /** Writes the texts and the index in the place of those that are there. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.{cl,tsv}")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        List<String> index = new ArrayList<>(List.of(HEADER));
        Set<String> taken = new HashSet<>();
        for (Map.Entry<Program, Text> entry : texts.entrySet()) {
            Program program = entry.getKey();
            Text text = entry.getValue();
            String file = untaken(name(text, text.uses.values().iterator().next().first), text.form, taken);
            Files.writeString(folder.resolve(file), program.text());
            for (Use use : text.uses.values()) {
                KernelSignature signature = use.first.signature();
                Rows rows = use.first.rows();
                index.add(String.join("\t", file, use.first.kernel(), program.options(), signature.definition().id(),
                        signature.operation().id(), signature.type().id(), signature.precision().id(), text.form,
                        name(text, use.first), rows.outer() + "x" + rows.axis() + "x" + rows.inner(),
                        String.format(Locale.ROOT, "%.5g", (double) rows.length() / use.items),
                        Long.toString(use.first.localSize())));
            }
        }
        Files.write(folder.resolve("index.tsv"), index);
    }

    /** The file's name; where texts differ for a reason that names do not tell, they are numbered. */
    private static String untaken(String name, String form, Set<String> taken) {
        String file = name + "." + form + ".cl";
        for (int number = 2; !taken.add(file); number++) {
            file = name + "." + number + "." + form + ".cl";
        }
        return file;
    }

    private String name(Text text, Launch launch) {
        KernelSignature signature = launch.signature();
        boolean one = text.operations.size() == 1;
        String operands = one ? operands(signature) : "";
        String shape = one ? shape(signature, launch.rows()) : "";
        return base(signature, one) + (operands.isEmpty() ? "" : "." + operands) + (shape.isEmpty() ? "" : "." + shape);
    }

    private static String base(KernelSignature signature, boolean operation) {
        return signature.definition().id().replaceAll("\\W+", "-") + (operation ? "." + signature.operation().id() : "") + "."
                + signature.type().id() + "." + signature.precision().id();
    }

    /** The names of what not every call of this operation has. */
    private String operands(KernelSignature signature) {
        Set<String> common = names(signature);
        alternatives.get(base(signature, true)).forEach(other -> common.retainAll(names(other)));
        return names(signature).stream().filter(name -> !common.contains(name)).collect(Collectors.joining("-"));
    }

    private static Set<String> names(KernelSignature signature) {
        Set<String> names = signature.slots().stream().map(Slot::name).collect(Collectors.toCollection(LinkedHashSet::new));
        names.addAll(new TreeSet<>(signature.scalars()));
        return names;
    }

    /** What of the shape a program may depend on. */
    private static String shape(KernelSignature signature, Rows rows) {
        String inner = rows.inner() > 1 ? "-inner-" + rows.inner() : "";
        return switch (signature.form()) {
            case MAP -> rows.inner() > 1 ? "inner-" + rows.inner() : "";
            case ALONG_AXIS -> "axis-" + rows.axis() + inner;
            case ALONG_OTHERS -> "sums-of-" + rows.outer() * rows.inner() + inner;
        };
    }
}
