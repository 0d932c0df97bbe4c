package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.measure.OperandMemory;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.SimdForm;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** AxonCL with operands in one kind of memory and in one tier. */
record AxonclContender(Backend backend, String name, OperandMemory memory, Form form, Set<String> warm)
        implements Contender {
    private static final int FEW = 16_384;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final long QUIET_MILLIS = 100;
    private static final long MOST_MILLIS = 2000;
    /** Nanoseconds for an element that only a form takes which the JVM still interprets. */
    private static final long INTERPRETED = 50;

    AxonclContender(Backend backend, String name, OperandMemory memory, Form form) {
        this(backend, name, memory, form, new HashSet<>());
    }

    /** Which text of a function. */
    enum Form {
        /** The accurate tier. */
        ACCURATE(""),
        /** The fast tier. */
        FAST(", FAST"),
        /** The gradient from the output, where it is another text. */
        FROM_OUTPUT(", from output");

        private final String suffix;

        Form(String suffix) {
            this.suffix = suffix;
        }

        /** What it adds to a contender's name. */
        String suffix() {
            return suffix;
        }

        /** The form of a contender, by its name. */
        static Form of(String contender) {
            return contender.endsWith(FAST.suffix) ? FAST : contender.endsWith(FROM_OUTPUT.suffix) ? FROM_OUTPUT : ACCURATE;
        }

        boolean has(Subject subject) {
            if (this == ACCURATE) {
                return true;
            }
            if (subject.columns() > 1) {
                // The fast tier's gradient is the accurate one's.
                return this == FAST && !subject.backward() && RowActivation.SOFTMAX.definition().hasFast();
            }
            return this == FAST ? Activation.of(subject.function()).definition().hasFast()
                    : subject.backward() && Activation.of(subject.function()).definition().hasDerivativeFromOutput();
        }
    }

    @Override
    public String how() {
        return "operands in " + memory.title() + (memory == OperandMemory.DEVICE ? ", until the output is complete" : "")
                + (form == Form.FAST ? "; fast tier" : form == Form.FROM_OUTPUT ? "; gradients from the output" : "");
    }

    @Override
    public Call prepare(Subject subject, float[] x, float[] dy) throws Exception {
        if (!form.has(subject)) {
            return null;
        }
        if (warm.add(subject.function() + subject.operation())) {
            warmUp(subject);
        }
        Call call = operands(subject, x, dy);
        untilCompiled(call, subject.length());
        return call;
    }

    private Call operands(Subject subject, float[] x, float... dy) {
        boolean byRows = subject.columns() > 1;
        Operand in = memory.filled(backend, x);
        Operand gradient = subject.backward() ? memory.filled(backend, dy) : null;
        Operand out = memory.output(backend, subject.length());
        if (byRows && subject.backward()) {
            backend.forward(RowActivation.SOFTMAX, rows(subject), in, in);       // the gradient starts from the output
        }
        List<Operand> operands = gradient == null ? List.of(in, out) : List.of(in, gradient, out);
        return new Prepared(memory, byRows ? byRows(subject, in, gradient, out) : byElement(subject, in, gradient, out),
                operands);
    }

    private Runnable byElement(Subject subject, Operand in, Operand gradient, Operand out) {
        ActivationFunction plain = Activation.of(subject.function());
        ActivationFunction f = form == Form.FAST ? plain.fast() : plain;
        if (form == Form.FROM_OUTPUT) {
            backend.forward(f, in, in);
            return () -> backend.backwardFromOutput(f, in, gradient, out);
        }
        return gradient == null ? () -> backend.forward(f, in, out) : () -> backend.backward(f, in, gradient, out);
    }

    private Runnable byRows(Subject subject, Operand in, Operand gradient, Operand out) {
        RowFunction f = form == Form.FAST ? RowActivation.SOFTMAX.fast() : RowActivation.SOFTMAX;
        Rows rows = rows(subject);
        return gradient == null ? () -> backend.forward(f, rows, in, out)
                : () -> backend.backwardFromOutput(f, rows, in, gradient, out);
    }

    private static Rows rows(Subject subject) {
        return Rows.of(subject.rows(), subject.columns());
    }

    /** Makes small calls until they are fast; a measurement of the scalar form must not pass for the other's. */
    private void warmUp(Subject subject) throws Exception {
        Subject few = subject.ofLength(FEW);
        try (Call call = operands(few, Inputs.normal(few.length(), 1), Inputs.normal(few.length(), 2))) {
            if (!SimdForm.await(backend, PATIENCE, call::run)) {
                throw new FailedException("the SIMD form was not ready within a minute");
            }
            Pacer.warmUp(call, QUIET_MILLIS, MOST_MILLIS);
            untilCompiled(call, few.length());
        }
    }

    /** Makes a call as long as it takes what only a form takes that the JVM still interprets. */
    private void untilCompiled(Call call, int length) throws Exception {
        boolean cpu = backend.info().backend().equals("cpu");
        long start = System.nanoTime();
        long before = start;
        long took = Long.MAX_VALUE;
        while (cpu && took > INTERPRETED * length && before - start < PATIENCE / 4) {
            call.run();
            long now = System.nanoTime();
            took = now - before;
            before = now;
        }
    }

    private record Prepared(OperandMemory memory, Runnable call, List<Operand> operands) implements Call {
        private Operand out() {
            return operands.get(operands.size() - 1);
        }

        @Override
        public void run() {
            call.run();
            memory.await(out());
        }

        @Override
        public void read(float[] output) {
            memory.read(out(), output);
        }

        @Override
        public void close() {
            operands.forEach(memory::release);
        }
    }
}
