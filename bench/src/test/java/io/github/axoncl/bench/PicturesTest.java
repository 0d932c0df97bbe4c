package io.github.axoncl.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands plot and study write pictures that can be read and have something in them, and numbers that are finite. */
class PicturesTest {
    @TempDir
    private Path folder;

    @Test
    void plotDrawsEveryFunctionAndAPage() throws Exception {
        assertEquals(0, Workbench.execute("plot", "--all", "--form", "png", "--out", folder.toString()));
        String page = Files.readString(folder.resolve("README.md"));
        for (io.github.axoncl.Activation function : io.github.axoncl.Activation.values()) {
            assertPicture(folder.resolve(function.id() + ".png"));
            assertTrue(page.contains("(" + function.id() + ".png)"), page);
        }
    }

    @Test
    void plotDrawsBothFormsWithParametersAndARange() throws Exception {
        assertEquals(0, Workbench.execute("plot", "--function", "elu,elu", "--param", "alpha=2", "--range=-3:1.5", "--out",
                folder.toString()));
        assertPicture(folder.resolve("elu.png"));
        assertSvg(folder.resolve("elu.svg"));
    }

    @Test
    void plotDrawsAFunctionOfTheUser() throws Exception {
        Path kernel = Files.writeString(folder.resolve("cube.cl"), "float forward(float x) { return x * x * x; }\n");
        assertEquals(0, Workbench.execute("plot", "--kernel", kernel.toString(), "--out", folder.toString()));
        assertPicture(folder.resolve("cube.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--function softmax", "--function rellu", "--function relu --param a=1", "--function relu --range 1",
        "--function relu --range 2:1", "--function relu --range 0:1e99", "--function relu --form gif", "--all --function relu"})
    void wrongUsageIsTwo(String arguments) {
        assertEquals(2, Workbench.execute(("plot " + arguments + " --out " + folder).split(" ")));
    }

    /** A jump is a gap between two neighbouring floats; a bend is none. */
    @Test
    void aJumpIsNotDrawnAsASteepLine() {
        try (io.github.axoncl.Backend cpu = Targets.cpu(true)) {
            Curve step = Curve.of(cpu, io.github.axoncl.Activation.RELU, io.github.axoncl.Operation.DERIVATIVE, -1, 2);
            Curve bend = Curve.of(cpu, io.github.axoncl.Activation.RELU, io.github.axoncl.Operation.FORWARD, -1, 2);
            List<Double> gaps = new java.util.ArrayList<>();
            for (int i = 0; i < step.y().length; i++) {
                if (Double.isNaN(step.y()[i])) {
                    gaps.add(step.x()[i]);
                }
            }
            assertEquals(List.of(0.0), gaps);
            assertTrue(java.util.Arrays.stream(bend.y()).noneMatch(Double::isNaN));
        }
    }

    @Test
    void studyMeasuresFiniteFiguresAndTheSameAgain() throws Exception {
        Path page = Files.writeString(folder.resolve("PAGE.md"), "a\n<!-- study:begin -->\nold\n<!-- study:end -->\nb\n");
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        assertEquals(0, Workbench.execute("study", "--quick", "--out", first.toString(), "--page", page.toString()));
        assertEquals(0, Workbench.execute("study", "--quick", "--out", second.toString()));
        List<String> lines = Files.readAllLines(first.resolve("study.csv"));
        assertEquals(lines, Files.readAllLines(second.resolve("study.csv")));
        assertEquals(String.join("\n", lines) + "\n", StudyResults.parse(lines).csv());
        assertTrue(lines.size() > 50);
        for (String line : lines.subList(1, lines.size())) {
            double value = Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
            assertTrue(Double.isFinite(value) && value >= 0, line);
        }
        for (String name : List.of("gradient-start", "gradient-end", "accuracy", "dead", "rate")) {
            assertPicture(first.resolve(name + ".png"));
            assertSvg(first.resolve(name + ".svg"));
        }
        String text = Files.readString(page);
        assertTrue(text.contains("| sigmoid |") && !text.contains("old") && text.endsWith("b\n"), text);
    }

    private static void assertPicture(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y));
            }
        }
        assertTrue(colours.size() > 20, () -> file + " has " + colours.size() + " colours");
    }

    private static void assertSvg(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        DocumentBuilder builder = factory.newDocumentBuilder();
        org.w3c.dom.Element root = builder.parse(file.toFile()).getDocumentElement();
        assertEquals("svg", root.getTagName());
        assertTrue(root.getElementsByTagName("line").getLength() + root.getElementsByTagName("path").getLength() > 20);
    }
}
