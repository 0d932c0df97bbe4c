package io.github.axoncl.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class JoclLibraryTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void loadsExactlyOneLibraryFromAPrivateDirectoryThatIsGoneAfterwards() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        String temporary = System.getProperty("java.io.tmpdir");
        assumeTrue(JoclLibrary.load() == null || System.getenv("AXONCL_REQUIRE") != null, "needs an OpenCL library");
        assertThat(JoclLibrary.load()).isNull();
        assertThat(System.getProperty("java.io.tmpdir")).isEqualTo(temporary);
        List<String> loaded = Files.readAllLines(maps).stream().filter(line -> line.contains("JOCL"))
                .map(line -> line.substring(line.indexOf('/'))).distinct().toList();
        assertThat(loaded).singleElement().asString().contains("/axoncl-").endsWith("(deleted)");
        assertThat(Path.of(loaded.get(0).replace(" (deleted)", "")).getParent()).doesNotExist();
    }

    @Test
    void answersTheSameAgain() {
        assertThat(JoclLibrary.load()).isEqualTo(JoclLibrary.load());
    }

    @Test
    void anOlderJoclIsRefusedWithWhatToWriteInThePom() {
        for (String older : List.of("0.1.9", "0.2.0-RC00", "2.0.0", "2.0.5")) {
            assertThat(JoclLibrary.refusal(older)).contains("JOCL " + older + " is too old", "<artifactId>jocl</artifactId>",
                    "<version>2.0.6</version>");
        }
        for (String good : List.of(JoclLibrary.VERSION, "2.0.10", "2.1.0", "3", "local")) {
            assertThat(JoclLibrary.refusal(good)).isNull();
        }
        assertThat(JoclLibrary.refusal(null)).isNull();
    }

    @Test
    void theVersionIsReadFromTheJar() throws IOException {
        assertThat(JoclLibrary.version()).isEqualTo(JoclLibrary.VERSION);
    }
}
