package io.github.axoncl.internal.kernel;

import java.util.List;

/** A text that has some of everything: reading it loads what reads texts, and the first file of the library. */
public final class Sample {
    private static final String TEXT = """
            #define HALF 0x1p-1f
            typedef struct { float hi; float lo; } sample_pair;
            sample_pair both(float x) { sample_pair p = {absolute(x), -HALF}; p.lo = p.lo * 2.0f; return p; }
            float sample(float x) {
                sample_pair p = both(x);
                uint n = as_uint(fma(p.hi, p.lo, 1.0f)) >> 1;
                return x < 0.0f ? as_float(n) : x;
            }
            """;

    private Sample() {
    }

    /** The line of a function of one input. */
    public static StraightLine line() {
        Scope scope = new Scope(KernelModule.library(Type.Scalar.FLOAT));
        scope.add(new SourceText("sample.cl", TEXT), true);
        Tracer tracer = new Tracer();
        Value[] x = {tracer.input(0, Type.Scalar.FLOAT)};
        return StraightLine.of(List.of(tracer.call(scope.function("sample"), List.<Value[]>of(x))));
    }
}
