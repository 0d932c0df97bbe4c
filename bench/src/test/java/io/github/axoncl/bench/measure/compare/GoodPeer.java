package io.github.axoncl.bench.measure.compare;

import java.util.List;

/** A library that has relu only. */
public final class GoodPeer implements Peer, Contender {

    /** For the service loader. */
    public GoodPeer() {
    }

    @Override
    public void open(int threads) {
    }

    @Override
    public String version() {
        return "good 1";
    }

    @Override
    public List<Contender> contenders() {
        return List.of(this);
    }

    @Override
    public String name() {
        return "good";
    }

    @Override
    public String how() {
        return "arrays";
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) {
        if (!subject.function().equals("relu") || subject.backward()) {
            return null;
        }
        float[] y = new float[x.length];
        return new Call() {
            @Override
            public void run() {
                for (int i = 0; i < y.length; i++) {
                    y[i] = Math.max(x[i], 0);
                }
            }

            @Override
            public void read(float[] output) {
                System.arraycopy(y, 0, output, 0, y.length);
            }
        };
    }
}
