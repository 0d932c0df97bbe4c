package io.github.axoncl.bench.measure.compare;

import java.util.List;

/** A library that is not there. */
public final class MissingPeer implements Peer {

    /** For the service loader. */
    public MissingPeer() {
    }

    @Override
    public void open(int threads) {
        throw new NoClassDefFoundError("some/Library");
    }

    @Override
    public String version() {
        throw new IllegalStateException();
    }

    @Override
    public List<Contender> contenders() {
        throw new IllegalStateException();
    }
}
