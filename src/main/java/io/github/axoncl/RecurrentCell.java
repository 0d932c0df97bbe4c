package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/** The gates of one step of a recurrent network, all in one pass over memory; the matrix products are the caller's. */
public enum RecurrentCell implements KernelFunction {
    /** Long short-term memory: c = σ(z<sub>f</sub>) c<sub>before</sub> + σ(z<sub>i</sub>) tanh z<sub>g</sub>,
     * h = σ(z<sub>o</sub>) tanh c. Hochreiter and Schmidhuber 1997, Gers et al. 2000. */
    LSTM,
    /** Gated recurrent unit: h = n + u (h<sub>before</sub> − n) with r = σ(x<sub>r</sub> + h<sub>r</sub>),
     * u = σ(x<sub>u</sub> + h<sub>u</sub>), n = tanh(x<sub>n</sub> + r h<sub>n</sub>). Cho et al. 2014. */
    GRU;

    private final KernelDefinition definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT), List.of());

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
