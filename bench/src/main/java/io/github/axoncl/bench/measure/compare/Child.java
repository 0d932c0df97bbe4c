package io.github.axoncl.bench.measure.compare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM that one peer has for itself: native libraries do not meet, and one that ends the process ends no other. Tells what
 * it measured line by line, so that what was measured before an end like that is kept.
 */
public final class Child {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Request request;
    private final PrintWriter out;
    private final List<String> absent = new ArrayList<>();

    private Child(Request request, PrintWriter out) {
        this.request = request;
        this.out = out;
    }

    /** Does what a file says and writes messages to another.
     *
     * @param args the names of the two files
     * @throws IOException if a file fails */
    public static void main(String[] args) throws IOException {
        Request request = JSON.readValue(Path.of(args[0]).toFile(), Request.class);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(args[1]), StandardCharsets.UTF_8), true)) {
            new Child(request, out).run();
        }
        System.exit(0);             // some libraries leave threads behind
    }

    private void run() {
        try (Peer peer = peer()) {
            peer.open(request.threads());
            List<Contender> contenders = peer.contenders().stream()
                    .filter(c -> request.contenders().isEmpty() || request.contenders().contains(c.name())).toList();
            for (Contender contender : contenders) {
                tell(Message.of(new Participant(contender.name(), peer.version(), contender.how(),
                        peer instanceof AxonclPeer)));
            }
            for (Request.ExactFile file : request.exact()) {
                judge(contenders, file);
            }
            for (Subject subject : request.subjects()) {
                measure(contenders, subject);
            }
        } catch (Exception | LinkageError e) {
            tell(Message.of(new Failure(request.who(), "", reason(e))));
        }
        tell(Message.end());
    }

    private Peer peer() throws ReflectiveOperationException {
        return request.peer().equals(AxonclPeer.class.getName()) ? new AxonclPeer(request.device())
                : Class.forName(request.peer()).asSubclass(Peer.class).getConstructor().newInstance();
    }

    private void judge(List<Contender> contenders, Request.ExactFile file) throws IOException {
        Exact exact = Exact.read(file.subject(), file.share(), Path.of(file.file()));
        float[] x = exact.inputs();
        float[] dy = Inputs.gradients(file.subject(), x.length);
        float[] y = new float[x.length];
        for (Contender contender : contenders) {
            attempt(contender, file.subject(), x, dy, call -> {
                call.run();
                call.read(y);
                tell(Message.of(exact.judge(contender.name(), y)));
            });
        }
    }

    private void measure(List<Contender> contenders, Subject subject) {
        float[] x = Inputs.normal(subject.length(), 1);
        float[] dy = Inputs.normal(subject.length(), 2);
        float[] copied = x.clone();
        Pacer pacer = new Pacer(request.pace());
        for (Contender contender : contenders) {
            attempt(contender, subject, x, dy, call -> {
                double copy = pacer.copy(x, copied);
                double nanos = pacer.median(call);
                tell(Message.of(new Sample(request.series(), contender.name(), subject, request.threads(),
                        nanos / subject.length(), copy / subject.length())));
            });
        }
    }

    private interface Use {
        void of(Call call) throws Exception;
    }

    /** What one function does wrong does not keep the others from being measured; it is told once. */
    private void attempt(Contender contender, Subject subject, float[] x, float[] dy, Use use) {
        String key = contender.name() + " " + subject.function() + " " + subject.operation();
        if (absent.contains(key)) {
            return;
        }
        try (Call call = contender.prepare(subject, x, dy)) {
            if (call == null) {
                absent.add(key);
            } else {
                use.of(call);
            }
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            tell(Message.of(new Failure(contender.name(), subject.toString(), reason(e))));
            absent.add(key);
        }
    }

    private static String reason(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String text = root.getMessage() == null ? "" : root.getMessage().lines().map(String::strip)
                .filter(line -> !line.isEmpty()).findFirst().orElse("");
        return root.getClass().getSimpleName() + (text.isEmpty() ? "" : ": " + text);
    }

    private void tell(Message message) {
        try {
            out.println(JSON.writeValueAsString(message));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
