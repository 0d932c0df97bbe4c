package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.bench.measure.OperandMemory;
import io.github.axoncl.bench.measure.compare.AxonclContender.Form;
import io.github.axoncl.bench.shared.Machine;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Measures: rounds in which every peer gets a JVM, one after the other, in another order each time. */
final class Comparison {
    private final Plan plan;
    private final Path folder;
    private final Children children;
    private final Consumer<String> progress;
    private final List<String> devices;
    private final List<String> peers;
    private final List<Message> messages = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /** A comparison.
     *
     * @param peers    the classes of the other libraries that take part
     * @param folder   for files between the JVMs
     * @param progress told what is done next */
    Comparison(Plan plan, List<String> peers, Path folder, Consumer<String> progress) {
        this.plan = plan;
        this.folder = folder;
        this.children = new Children(folder, plan.limitSeconds());
        this.progress = progress;
        this.devices = Machine.accepted().stream().filter(device -> !Machine.slow(device)).filter(DeviceInfo::bitExact)
                .map(Machine::title).toList();
        this.peers = peers;
    }

    /** The classes of the other libraries. They are named only: to load one, its library must be there, as it is in a child. */
    static List<String> peers() throws IOException {
        ClassLoader loader = Comparison.class.getClassLoader();
        SortedSet<String> names = new TreeSet<>();
        for (URL file : Collections.list(loader.getResources("META-INF/services/" + Peer.class.getName()))) {
            try (InputStream in = file.openStream()) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(name -> loader.getResource(name.replace('.', '/') + ".class") != null).forEach(names::add);
            }
        }
        return List.copyOf(names);
    }

    /** How often {@code progress} will be told. */
    int steps() {
        int turns = 1 + devices.size() + peers.size();
        return 1 + plan.rounds() * turns + plan.sweepRounds() * (1 + devices.size()) * (1 + plan.threads().size());
    }

    /** All messages of all JVMs. */
    List<Message> run() throws IOException {
        progress.accept("exact results");
        List<Request.ExactFile> exact = exact();
        List<Request> turns = new ArrayList<>();
        turns.add(axoncl("", memories("")));
        devices.forEach(device -> turns.add(axoncl(device, memories(device))));
        peers.forEach(peer -> turns.add(new Request(peer, "", plan.allThreads(), Series.ALL, List.of(), plan.subjects(),
                plan.pace(), List.of())));
        long start = System.nanoTime();
        for (int round = 0; round < plan.rounds(); round++) {
            long elapsed = System.nanoTime() - start;
            if (round > 0 && elapsed + elapsed / round > TimeUnit.MINUTES.toNanos(plan.minutes())) {
                messages.add(Message.of(new Failure("everybody", "more than " + round + " of " + plan.rounds() + " rounds",
                        "the next would not end within " + plan.minutes() + " minutes")));
                break;
            }
            List<Request> order = new ArrayList<>(turns);
            Collections.rotate(order, round);
            for (Request turn : order) {
                run("round " + (round + 1) + " of " + plan.rounds(), round > 0 ? turn : turn.judging(exact));
            }
        }
        lengths();
        threads();
        return messages;
    }

    private List<Request.ExactFile> exact() throws IOException {
        List<Request.ExactFile> files = new ArrayList<>();
        for (String function : plan.functions()) {
            for (boolean backward : new boolean[] {false, true}) {
                Path file = folder.resolve(function + (backward ? ".backward" : ".forward"));
                Subject judged = Exact.write(Subject.of(function, backward, 1), plan.share(), file);
                files.add(new Request.ExactFile(judged, file.toString(), plan.share()));
            }
        }
        return files;
    }

    /** The kinds of memory that take part in the comparison: arrays on the CPU, what saves the transfer on a device. */
    private static List<String> memories(String device) {
        List<String> names = new ArrayList<>();
        for (OperandMemory memory : device.isEmpty() ? List.of(OperandMemory.ARRAY)
                : List.of(OperandMemory.DEVICE, OperandMemory.DIRECT)) {
            names.add(AxonclPeer.name(device, memory, Form.ACCURATE));
            names.add(AxonclPeer.name(device, memory, Form.FAST));
            if (memory != OperandMemory.DIRECT) {
                names.add(AxonclPeer.name(device, memory, Form.FROM_OUTPUT));
            }
        }
        return names;
    }

    private Request axoncl(String device, List<String> contenders) {
        return new Request(AxonclPeer.class.getName(), device, plan.allThreads(), Series.ALL, contenders, plan.subjects(),
                plan.pace(), List.of());
    }

    /** CPU and devices over lengths: with host arrays, and on devices without the transfer. */
    private void lengths() throws IOException {
        List<Subject> subjects = Plan.subjects(plan.sweepFunctions(), plan.sweepSizes(), false);
        for (int round = 0; round < plan.sweepRounds(); round++) {
            for (String device : allDevices()) {
                List<String> contenders = new ArrayList<>();
                contenders.add(AxonclPeer.name(device, OperandMemory.ARRAY, Form.ACCURATE));
                if (!device.isEmpty()) {
                    contenders.add(AxonclPeer.name(device, OperandMemory.DEVICE, Form.ACCURATE));
                }
                run("by length", new Request(AxonclPeer.class.getName(), device, plan.allThreads(), Series.LENGTHS, contenders,
                        subjects, plan.pace(), List.of()));
            }
        }
    }

    private void threads() throws IOException {
        List<Subject> subjects = Plan.subjects(plan.sweepFunctions(), List.of(plan.sizes().get(0)), false);
        for (int round = 0; round < plan.sweepRounds(); round++) {
            for (int threads : plan.threads()) {
                for (String device : allDevices()) {
                    OperandMemory memory = device.isEmpty() ? OperandMemory.ARRAY : OperandMemory.DEVICE;
                    run("by threads", new Request(AxonclPeer.class.getName(), device, threads, Series.THREADS,
                            List.of(AxonclPeer.name(device, memory, Form.ACCURATE)), subjects, plan.pace(), List.of()));
                }
            }
        }
    }

    private List<String> allDevices() {
        List<String> all = new ArrayList<>(List.of(""));
        all.addAll(devices);
        return all;
    }

    /** A peer that failed as a whole is not tried again. */
    private void run(String why, Request request) throws IOException {
        String who = request.who();
        progress.accept(why + ": " + who);
        if (failed.contains(who)) {
            return;
        }
        List<Message> told = children.run(request);
        messages.addAll(told);
        if (told.stream().anyMatch(message -> message.failure() != null && message.failure().what().isEmpty())) {
            failed.add(who);
        }
    }
}
