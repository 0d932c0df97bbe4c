package io.github.axoncl.bench.measure.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.axoncl.bench.shared.ChildJvm;
import io.github.axoncl.bench.shared.FailedException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts child JVMs, one after the other, and collects what they tell. */
final class Children {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Where native libraries and compiled kernels are kept between children. */
    private final Path folder;
    private final Path jars;
    private final long limitSeconds;
    private int count;

    /** Children that work in a folder and end within a time. */
    Children(Path folder, long limitSeconds) {
        this.folder = folder;
        this.jars = peerJars();
        this.limitSeconds = limitSeconds;
    }

    /** The folder into which the profile {@code peers} puts other libraries: beside the jar or the classes. */
    static Path peerJars() {
        try {
            return Path.of(Children.class.getProtectionDomain().getCodeSource().getLocation().toURI()).resolveSibling("peers");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs one child; the last message is a failure if it did not reach its end. */
    List<Message> run(Request request) throws IOException {
        count++;
        Path asked = folder.resolve(count + ".json");
        Path told = folder.resolve(count + ".jsonl");
        Path log = folder.resolve(count + ".log");
        JSON.writeValue(asked.toFile(), request);
        ProcessBuilder builder = new ProcessBuilder(command(request, asked, told)).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        surroundings(builder, request.threads());
        Process process = builder.start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        String trouble;
        try {
            trouble = process.waitFor(limitSeconds, TimeUnit.SECONDS)
                    ? "its process ended with exit code " + process.exitValue()
                    : "stopped after " + limitSeconds + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        List<Message> messages = messages(told);
        boolean finished = messages.stream().anyMatch(message -> message.finished() != null);
        if (!finished) {
            messages.add(Message.of(new Failure(request.who(), "", trouble + lastWords(log))));
        }
        return messages;
    }

    private List<String> command(Request request, Path asked, Path told) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.java(), "-Xmx3g",
                "-XX:ActiveProcessorCount=" + request.threads(), "--enable-native-access=ALL-UNNAMED",
                "-XX:-UsePerfData"));
        if (request.peer().equals(AxonclPeer.class.getName())) {
            // What it would measure in the background would be in the way.
            command.add("-Daxoncl.calibration=off");
            if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
                command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
            }
        } else {
            String cache = folder.resolve("native").toString();
            command.addAll(List.of("-DDJL_CACHE_DIR=" + cache, "-DENGINE_CACHE_DIR=" + cache, "-Dai.djl.offline=true",
                    "-DOPT_OUT_TRACKING=true", "-Dorg.bytedeco.javacpp.cachedir=" + cache));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path") + File.pathSeparator + jars + File.separator + "*",
                Child.class.getName(), asked.toString(), told.toString()));
        return command;
    }

    /** What OpenCL drivers need (see {@code ci/common.sh}), and the number of threads of libraries that are told so. */
    private void surroundings(ProcessBuilder builder, int threads) {
        ChildJvm.surroundings(builder);
        builder.environment().put("POCL_CACHE_DIR", made(folder.resolve("pocl-cache")).toString());
        if (Facts.isBusy(Facts.currentLoad(), threads)) {
            // Threads of OpenMP that wait by spinning take the processor from those that they wait for.
            builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
        }
        for (String name : List.of("OMP_NUM_THREADS", "POCL_MAX_PTHREAD_COUNT", "POCL_CPU_MAX_CU_COUNT")) {
            builder.environment().put(name, Integer.toString(threads));
        }
    }

    private static Path made(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All complete lines. */
    private static List<Message> messages(Path told) throws IOException {
        List<Message> messages = new ArrayList<>();
        if (Files.exists(told)) {
            for (String line : Files.readAllLines(told)) {
                try {
                    messages.add(JSON.readValue(line, Message.class));
                } catch (JsonProcessingException e) {
                    break;                                       // the process ended within the line
                }
            }
        }
        return messages;
    }

    /** The last line that says something of what the child wrote to its console. */
    private static String lastWords(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.map(String::strip).filter(line -> line.matches(".*[A-Za-z].*")).toList();
            return all.stream().filter(line -> line.matches(".*(SIG[A-Z]+|Error|Exception|error|terminate).*")).findFirst()
                    .or(() -> all.stream().reduce((a, b) -> b)).map(line -> ": " + line).orElse("");
        }
    }
}
