package io.github.axoncl.bench.tools.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.Workbench;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.charts.PictureFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command plot writes pictures that can be read and have something in them. */
class PlotTest {
    @TempDir
    private Path folder;

    @Test
    void plotDrawsEveryFunctionAndAPage() throws Exception {
        assertEquals(0, Workbench.execute("plot", "--all", "--form", "png", "--out", folder.toString()));
        String page = Files.readString(folder.resolve("README.md"));
        for (Activation function : Activation.values()) {
            PictureFiles.assertPicture(folder.resolve(function.id() + ".png"));
            assertTrue(page.contains("(" + function.id() + ".png)"), page);
        }
    }

    @Test
    void plotDrawsBothFormsWithParametersAndARange() throws Exception {
        assertEquals(0, Workbench.execute("plot", "--function", "elu,elu", "--param", "alpha=2", "--range=-3:1.5", "--out",
                folder.toString()));
        PictureFiles.assertPicture(folder.resolve("elu.png"));
        PictureFiles.assertSvg(folder.resolve("elu.svg"));
    }

    @Test
    void plotDrawsAFunctionOfTheUser() throws Exception {
        Path kernel = Files.writeString(folder.resolve("cube.cl"), "float forward(float x) { return x * x * x; }\n");
        assertEquals(0, Workbench.execute("plot", "--kernel", kernel.toString(), "--out", folder.toString()));
        PictureFiles.assertPicture(folder.resolve("cube.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--function softmax", "--function rellu", "--function relu --param a=1",
        "--function relu --range 1", "--function relu --range 2:1", "--function relu --range 0:1e99",
        "--function relu --form gif", "--all --function relu"})
    void wrongUsageIsTwo(String arguments) {
        assertEquals(2, Workbench.execute(("plot " + arguments + " --out " + folder).split(" ")));
    }

    /** A jump is a gap between two neighbouring floats; a bend is none. */
    @Test
    void aJumpIsNotDrawnAsASteepLine() {
        try (Backend cpu = Machine.cpu(true)) {
            Curve step = Curve.of(cpu, Activation.RELU, Operation.DERIVATIVE, -1, 2);
            Curve bend = Curve.of(cpu, Activation.RELU, Operation.FORWARD, -1, 2);
            List<Double> gaps = new ArrayList<>();
            for (int i = 0; i < step.y().length; i++) {
                if (Double.isNaN(step.y()[i])) {
                    gaps.add(step.x()[i]);
                }
            }
            assertEquals(List.of(0.0), gaps);
            assertTrue(Arrays.stream(bend.y()).noneMatch(Double::isNaN));
        }
    }
}
