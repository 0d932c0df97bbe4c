package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.bench.shared.FailedException;
import java.util.List;

/** One thing that is verified, and the sum of its comparisons. */
final class VerifyTarget implements AutoCloseable {
    final String name;
    /** One for each worker, or the same for all. */
    final List<Backend> backends;
    final boolean bitExact;
    final boolean fp64;
    final int samples;
    long values;
    long differing;
    long flushed;
    double maxUlp;
    String worst = "";
    private int bad;

    VerifyTarget(String name, List<Backend> backends, boolean bitExact, boolean fp64, int samples) {
        this.name = name;
        this.backends = backends;
        this.bitExact = bitExact;
        this.fp64 = fp64;
        this.samples = samples;
    }

    void add(String title, Comparison comparison) {
        values += comparison.values();
        differing += comparison.differing();
        flushed += comparison.flushed();
        bad += comparison.isGood() ? 0 : 1;
        if (comparison.maxUlp() > maxUlp) {
            maxUlp = comparison.maxUlp();
            worst = title + " " + comparison.worst();
        }
    }

    Backend backend(int worker) {
        return backends.get(worker % backends.size());
    }

    boolean good() {
        return bad == 0;
    }

    /** Fails if what was forced was not what computed. */
    void checkThatItComputed() {
        List<BackendInfo> infos = backends.stream().map(Backend::info).toList();
        boolean device = infos.get(0).backend().equals("opencl");
        if (device && infos.stream().anyMatch(info -> info.cpuCalls() != 0)) {
            throw new FailedException(name + " was forced, but calls were computed on the CPU: " + infos);
        }
        if (infos.stream().allMatch(info -> (device ? info.deviceCalls() : info.simdRuns()) == 0)) {
            throw new FailedException(name + (device ? " was forced, but computed nothing" : ": the SIMD form did not run"));
        }
    }

    @Override
    public void close() {
        backends.forEach(Backend::close);
    }
}
