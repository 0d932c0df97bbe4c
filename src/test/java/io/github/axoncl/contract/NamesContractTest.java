package io.github.axoncl.contract;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operand;
import io.github.axoncl.Parameter;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.TestKernels;
import io.github.axoncl.internal.kernel.KernelLibrary;
import io.github.axoncl.internal.kernel.KernelModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A text may use every name that the language allows, also those that the texts around it for devices use. */
class NamesContractTest extends BackendContract {
    /** Names that the library's Java code gives. */
    private static final List<String> GIVEN = List.of("m0", "m1", "m0_at", "in_x", "row_x", "out_y", "row", "before", "result",
            "first_x", "row_of_x", "kept_x", "again", "row_query", "start_outer", "start_inner", "raw_x", "first_wrong", "AT_x",
            "TERM_OF_sum", "x", "y", "dx", "dy", "sum", "hi_sum", "seed_low", "element_low", "bits", "alpha", "pair", "pair_plus",
            "chain_rule", "row_normal", "row_larger", "reciprocal_by_fma", "NO_INDEX", "random_word");
    private static final Set<String> PIECES = Set.of("score", "maximum", "largest", "first", "sum", "row", "start", "before", "again",
            "result", "wrong", "term", "index", "count", "query", "queries", "bits");
    /** A text has so many. */
    private static final int TOGETHER = 60;
    private static final Rows ROWS = new Rows(3, 5, 1);

    /** What a name is the name of. */
    enum Role {
        CONSTANT {
            @Override
            String declared(List<String> names) {
                return numbered(names, i -> "#define " + names.get(i) + " " + value(i) + "f\n", "");
            }
        },
        FUNCTION {
            @Override
            String declared(List<String> names) {
                return numbered(names, i -> "float " + names.get(i) + "(float t_) { return t_ + " + value(i) + "f; }\n", "");
            }

            @Override
            String used(List<String> names) {
                return numbered(names, i -> names.get(i) + "(0.0f)", " + ");
            }
        },
        LOCAL {
            @Override
            String declared(List<String> names) {
                return "float helper_(float t_) {\n"
                        + numbered(names, i -> "    float " + names.get(i) + " = t_ + " + value(i) + "f;\n", "")
                        + "    return " + String.join(" + ", names) + ";\n}\n";
            }

            @Override
            String used(List<String> names) {
                return "helper_(0.0f)";
            }
        },
        TYPE {
            @Override
            String declared(List<String> names) {
                return numbered(names, i -> "typedef struct { float a_; float b_; } " + names.get(i) + ";\n", "")
                        + numbered(names, i -> names.get(i) + " make_" + i + "_(float t_) { " + names.get(i)
                        + " made_ = { t_, t_ }; return made_; }\n", "")
                        + numbered(names, i -> "float of_" + i + "_(float t_) { " + names.get(i) + " made_ = make_" + i
                        + "_(t_); return made_.a_; }\n", "");
            }

            @Override
            String used(List<String> names) {
                return numbered(names, i -> "of_" + i + "_(" + value(i) + "f)", " + ");
            }
        },
        PARAMETER {
            @Override
            String declared(List<String> names) {
                return "";
            }

            @Override
            Parameter[] parameters(List<String> names) {
                return IntStream.range(0, names.size()).mapToObj(i -> Parameter.of(names.get(i), Double.parseDouble(value(i)), -1, 99))
                        .toArray(Parameter[]::new);
            }
        };

        abstract String declared(List<String> names);

        String used(List<String> names) {
            return String.join(" + ", names);
        }

        Parameter[] parameters(List<String> names) {
            return new Parameter[0];
        }

        private static String numbered(List<String> names, IntFunction<String> each, String between) {
            return IntStream.range(0, names.size()).mapToObj(each).collect(Collectors.joining(between));
        }

        private static String value(int i) {
            return i + ".25";
        }

        private String taken(List<String> names) {
            return this == PARAMETER ? numbered(names, i -> ", float " + names.get(i), "") : "";
        }

        ActivationFunction elementwise(List<String> names) {
            String body = taken(names) + ") { return x_ * (" + used(names) + "); }\n";
            return TestKernels.function(declared(names) + "float forward(float x_" + body + "float derivative(float x_" + body,
                    parameters(names));
        }

        RowFunction rows(List<String> names) {
            String type = this == TYPE ? names.get(0) : "float";
            String made = this == TYPE ? "make_0_(v_)" : "v_";
            String field = this == TYPE ? ".a_" : "";
            return TestKernels.rows(declared(names) + "float forward_score(float x" + taken(names) + ") { return x * (" + used(names)
                    + "); }\npair forward_term(float score, float maximum) { return row_exp(score, maximum); }\n" + type
                    + " forward_row(pair sum) { float v_ = sum.hi; return " + made + "; }\n"
                    + "float forward_result(float score, " + type + " row) { return score * row" + field + "; }\n", parameters(names));
        }
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(GIVEN);
        try (Stream<Path> files = Files.list(Path.of("kernels/lib"))) {
            for (Path file : files.toList()) {
                if (!KernelLibrary.LANGUAGE.contains(file.getFileName().toString().replace(".cl", ""))) {
                    String code = Files.readString(file).replaceAll("//.*", "");
                    Pattern.compile("\\b[A-Za-z]\\w*").matcher(code).results().map(MatchResult::group).forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    /** Those that the language allows. */
    private static List<String> allowed(Function<String, KernelDefinition> definition) {
        List<String> allowed = new ArrayList<>();
        for (String name : names()) {
            try {
                KernelModule.of(definition.apply(name));
                allowed.add(name);
            } catch (KernelBuildException e) {
                assertThat(e).hasMessageContaining(name);
            }
        }
        return allowed;
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void ofElementwiseFunctions(Role role) {
        List<String> allowed = allowed(name -> role.elementwise(List.of(name)).definition());
        assertThat(allowed).hasSizeGreaterThan(100);
        for (List<String> names : parts(allowed)) {
            ActivationFunction function = role.elementwise(names);
            assertThat(outputs(function, true)).as("%s", names).isEqualTo(outputs(function, false));
        }
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void ofFunctionsOfRows(Role role) {
        // What functions of pieces take by name is not theirs to declare.
        List<String> allowed = new ArrayList<>(allowed(name -> role.rows(List.of(name)).definition()));
        allowed.removeIf(name -> role == Role.PARAMETER && PIECES.contains(name));
        assertThat(allowed).hasSizeGreaterThan(100);
        for (List<String> names : parts(allowed)) {
            RowFunction function = role.rows(names);
            assertThat(rowOutputs(function, true)).as("%s", names).isEqualTo(rowOutputs(function, false));
        }
    }

    /** The element is the first parameter of a function, whatever it is called. */
    @Test
    void ofElements() {
        for (String name : List.of("bits", "dy", "index", "count", "row", "sum", "dx", "v", "k", "n", "s", "seed_low", "z", "bias")) {
            ActivationFunction function = TestKernels.function("float forward(float %1$s) { return %1$s * 3.5f; }\n".formatted(name)
                    + "float derivative(float %1$s) { return %1$s * 2.5f; }\n".formatted(name));
            float[] outputs = outputs(function, true);
            float x = numbers(ROWS)[0];
            assertThat(outputs[0]).as(name).isEqualTo(x * 3.5f);
            assertThat(outputs[(int) ROWS.length()]).as(name).isEqualTo(x * (x * 2.5f));
            assertThat(outputs).as(name).isEqualTo(outputs(function, false));
        }
    }

    private static List<List<String>> parts(List<String> names) {
        return IntStream.rangeClosed(0, (names.size() - 1) / TOGETHER)
                .mapToObj(i -> names.subList(i * TOGETHER, Math.min(names.size(), (i + 1) * TOGETHER))).toList();
    }

    private static float[] numbers(Rows rows) {
        float[] numbers = new float[(int) rows.length()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (i * 7 % 11 - 5) * 0.001f;
        }
        return numbers;
    }

    /** Forward, backward, and forward with a bias, which other texts move. */
    private static float[] outputs(ActivationFunction function, boolean tested) {
        Backend on = tested ? backend() : reference();
        int n = (int) ROWS.length();
        float[] x = numbers(ROWS);
        float[] all = new float[3 * n];
        on.forward(function, Operand.of(x), Operand.of(all, 0, n));
        on.backward(function, Operand.of(x), Operand.of(x), Operand.of(all, n, n));
        on.forward(function.withBias(), ROWS, Operand.of(x), Operand.of(new float[] {1, 2, 3, 4, 5}),
                Operand.of(all, 2 * n, n));
        return all;
    }

    /** Rows that lie one behind the other or side by side, and one of several segments. */
    private static float[] rowOutputs(RowFunction function, boolean tested) {
        Backend on = tested ? backend() : reference();
        List<Rows> shapes = List.of(ROWS, new Rows(1, 5, 3), Rows.of(1, 5000));
        float[] all = new float[(int) shapes.stream().mapToLong(Rows::length).sum()];
        int at = 0;
        for (Rows rows : shapes) {
            on.forward(function, rows, Operand.of(numbers(rows)), Operand.of(all, at, (int) rows.length()));
            at += (int) rows.length();
        }
        return all;
    }
}
