package io.github.axoncl;

import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.RowOracle;
import io.github.axoncl.oracle.StochasticOracle;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A function is a kernel file, a constant and an oracle: none may be missing, none left over. */
class RegistryTest {

    @Test
    void everyConstantHasItsKernelFileAndEveryFileItsConstant() throws IOException {
        Set<String> files;
        try (Stream<Path> list = Files.list(Path.of("kernels"))) {
            files = list.map(path -> path.getFileName().toString()).filter(name -> name.endsWith(".cl"))
                    .map(name -> name.substring(0, name.length() - 3)).collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> constants = Stream.<KernelFunction[]>of(Activation.values(), RowActivation.values(),
                StochasticActivation.values())
                .flatMap(Stream::of).map(KernelFunction::id).collect(Collectors.toCollection(TreeSet::new));
        assertThat(files).isNotEmpty().isEqualTo(constants);
    }

    @Test
    void everyConstantHasItsOracleAndEveryOracleItsConstant() {
        assertThat(Oracles.functions()).containsExactlyInAnyOrder(Activation.values());
        assertThat(RowOracle.functions()).containsExactlyInAnyOrder(RowActivation.values());
        assertThat(StochasticOracle.functions()).containsExactlyInAnyOrder(StochasticActivation.values());
    }

    @Test
    void theOracleKnowsTheDerivativeFromTheOutputWhereTheKernelDoes() {
        for (Activation activation : Activation.values()) {
            Oracle oracle = Oracles.of(activation);
            assertThat(oracle.fromOutput() != null).as(activation.id())
                    .isEqualTo(activation.definition().hasDerivativeFromOutput());
        }
    }

    @Test
    void limitsAreOfTheOrderOfOneUnit() {
        for (Activation activation : Activation.values()) {
            assertThat(Oracles.of(activation).forwardLimit()).as(activation.id()).isBetween(0.0, 2.0);
            assertThat(Oracles.of(activation).derivativeLimit()).as(activation.id()).isBetween(0.0, 2.0);
        }
    }
}
