package io.github.axoncl.bench.measure.compare;

import java.util.List;

/** A library that ends the process when it computes, as a native one may. */
public final class DyingPeer implements Peer, Contender {

    /** For the service loader. */
    public DyingPeer() {
    }

    @Override
    public void open(int threads) {
    }

    @Override
    public String version() {
        return "dying 1";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "dying";
    }

    @Override
    public String how() {
        return "not at all";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) {
        System.err.println("an error of the dying peer");
        Runtime.getRuntime().halt(9);
        return null;
    }
}
