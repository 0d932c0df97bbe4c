package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;
import io.github.axoncl.Operation;

/** Compares a derived derivative with central differences, at points on both sides of 0 over six orders of magnitude. */
final class DerivativeCheck {
    private static final int POINTS = 64;
    /** Half the distance between the two values of a difference, relative to |x|; a power of two. */
    private static final float STEP = 0x1p-9f;

    private final KernelModule module;
    private final Evaluator forward;
    private final Evaluator derivative;
    /** The size of the function's values, at most 1: what its own intermediate roundings may be as large as. */
    private double scale;

    private DerivativeCheck(KernelModule module, float[] parameters) {
        this.module = module;
        this.forward = new Evaluator(Formulas.elementwise(module, Operation.FORWARD), parameters);
        this.derivative = new Evaluator(Formulas.elementwise(module, Operation.DERIVATIVE), parameters);
    }

    /** Checks with the default parameters.
     *
     * @throws KernelBuildException if they disagree, with the place; or if no point could be compared */
    static void run(KernelModule module) {
        float[] defaults = new float[module.definition().parameters().size()];
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = (float) module.definition().parameters().get(i).defaultValue();
        }
        new DerivativeCheck(module, defaults).compareAll();
    }

    private void compareAll() {
        for (float x = -10; x <= 10; x += 0.5f) {
            double y = Math.abs(forward.at(x));
            scale = Math.max(scale, Math.min(1, Double.isFinite(y) ? y : 0));
        }
        int compared = 0;
        for (int i = 0; i < POINTS; i++) {
            float size = (float) Math.pow(10, -4 + 6.0 * i / POINTS);
            compared += compare(size) + compare(-size);
        }
        if (compared == 0) {
            throw error("the derived derivative could not be checked: \"forward\" is finite at none of the points tried");
        }
    }

    /** 1 if the point could be compared, 0 if the function is not finite around it. */
    private int compare(float x) {
        float h = Math.scalb(STEP, Math.getExponent(x));
        double above = forward.at(x + h);
        double here = forward.at(x);
        double below = forward.at(x - h);
        if (!Double.isFinite(above) || !Double.isFinite(here) || !Double.isFinite(below)) {
            return 0;
        }
        double got = derivative.at(x);
        double right = (above - here) / h;
        double left = (here - below) / h;
        double expected = (right + left) / 2;
        // Values are good to a few units in the last place; a bend or kink shows as unequal slopes on the two sides.
        double noise = 4 * 0x1p-24 * (scale + Math.abs(above) + Math.abs(here) + Math.abs(below)) / h;
        double allowed = noise + Math.abs(right - left) + 0.01 * Math.max(Math.abs(expected), Math.abs(got));
        if (!(Math.abs(got - expected) <= allowed)) {
            throw error("the derived derivative fails its check at x = " + x + ": it is " + got
                    + ", but differences of \"forward\" "
                    + "give " + expected + "; give a function \"derivative\"");
        }
        return 1;
    }

    private KernelBuildException error(String message) {
        return module.source().error(module.function("forward").offset(), message);
    }
}
