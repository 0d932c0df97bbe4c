package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.Storage;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The classes of calls for which a device has one {@link Tiling} each: what limits their speed is alike. */
enum WorkloadClass {
    /** Element-wise calls limited by memory: moving a number, comparing it, multiplying it. */
    LIGHT("long light calls", Work.elementwise(Activation.RELU, Operation.FORWARD, DType.FLOAT32),
            Work.elementwise(Activation.RELU, Operation.BACKWARD, DType.FLOAT32)),
    /** Element-wise calls limited by computing, or by how well the compiler vectorises it. */
    HEAVY("long heavy calls", Work.elementwise(Activation.SIGMOID.fast(), Operation.FORWARD, DType.FLOAT32),
            Work.elementwise(Activation.GELU, Operation.FORWARD, DType.FLOAT32)),
    /** Element-wise calls on GPUs whose elements are converted from 16 bits and back. */
    SIXTEEN_BITS("long calls of 16 bits", Work.elementwise(Activation.RELU, Operation.FORWARD, DType.FLOAT16),
            Work.elementwise(Activation.GELU, Operation.FORWARD, DType.FLOAT16)),
    /** Calls on GPUs that compute every element by itself from several operands or random words. */
    MAPS("long maps", new Work(Activation.RELU.withBias(), Operation.FORWARD, DType.FLOAT32, 1024, 1),
            new Work(StochasticActivation.DROPOUT, Operation.FORWARD, DType.FLOAT32, 1, 1)),
    /** Calls on GPUs along rows of neighbours that stay in registers. */
    ROWS("many rows", new Work(RowActivation.SOFTMAX, Operation.FORWARD, DType.FLOAT32, 1024, 1),
            new Work(RowActivation.SOFTMAX, Operation.BACKWARD_FROM_OUTPUT, DType.FLOAT32, 128, 1)),
    /** The same along columns: the neighbours of an element belong to other rows. */
    COLUMNS("many columns", new Work(RowActivation.SOFTMAX, Operation.FORWARD, DType.FLOAT32, 256, 64),
            new Work(RowActivation.SOFTMAX, Operation.BACKWARD_FROM_OUTPUT, DType.FLOAT32, 64, 256));

    /** The gradient of relu has nine operations. With 17, those of hard tanh, PoCL does no longer vectorise neighbours. */
    private static final int MOST_OF_LIGHT = 10;

    /** A core of a CPU reads memory faster in several places at once than in one: a fifth less time on PoCL. */
    private static final Tiling LIGHT_ON_CPUS = new Tiling(256, 16, 4);
    private static final List<Tiling> ELEMENTWISE_ON_CPUS = List.of(new Tiling(64, 1, 1), new Tiling(1024, 1, 1),
            new Tiling(256, 4, 1), new Tiling(256, 2, 2), new Tiling(64, 4, 4), new Tiling(256, 4, 4), LIGHT_ON_CPUS);
    private static final List<Tiling> ROWS_ON_GPUS = List.of(new Tiling(128, 32, 1), new Tiling(256, 32, 1),
            new Tiling(64, 16, 1), new Tiling(128, 16, 1), new Tiling(64, 8, 1), new Tiling(256, 8, 1));
    private static final List<Tiling> COLUMNS_ON_GPUS = List.of(new Tiling(128, 32, 1), new Tiling(512, 32, 1),
            new Tiling(64, 16, 1), new Tiling(256, 16, 1), new Tiling(512, 16, 1), new Tiling(256, 8, 1));

    private final String title;
    private final List<Work> measured;

    /**
     * A call that stands for others.
     *
     * @param function  what is computed
     * @param operation what of it
     * @param type      the type of the operands, the same for all of a class: float32 or float16
     * @param axis      the length of the shape's axis
     * @param inner     the inner length
     */
    record Work(KernelFunction function, Operation operation, DType type, int axis, int inner) {
        static Work elementwise(KernelFunction function, Operation operation, DType type) {
            return new Work(function, operation, type, 1, 1);
        }
    }

    WorkloadClass(String title, Work... measured) {
        this.title = title;
        this.measured = List.of(measured);
    }

    /** What stands for all such calls; the last one takes the longest. */
    List<Work> measured() {
        return measured;
    }

    /** Whether only operands that exceed the device's cache show how fast such calls are. */
    boolean isLimitedByMemory() {
        return this != HEAVY;
    }

    /** What serves without a measurement. */
    Tiling usual(KernelForm form) {
        return form == KernelForm.CPU && this == LIGHT ? LIGHT_ON_CPUS : Tiling.DEFAULT;
    }

    /** What a device may be better at than at {@link Tiling#DEFAULT}. */
    List<Tiling> candidates(KernelForm form) {
        if (form == KernelForm.CPU) {
            return this == LIGHT || this == HEAVY ? ELEMENTWISE_ON_CPUS : List.of();
        }
        return switch (this) {
            case LIGHT, HEAVY, MAPS -> vectors(DType.FLOAT32);
            case SIXTEEN_BITS -> vectors(DType.FLOAT16);
            case ROWS -> ROWS_ON_GPUS;
            case COLUMNS -> COLUMNS_ON_GPUS;
        };
    }

    /** Work-groups of any size that GPUs have with one vector for each work-item, and some with two and four. */
    private static List<Tiling> vectors(DType type) {
        int width = Tiling.ofGpu(type).width();
        return Stream.concat(IntStream.of(64, 128, 512, 1024).mapToObj(group -> new Tiling(group, width, width)),
                Stream.of(new Tiling(128, 2 * width, width), new Tiling(256, 2 * width, width),
                        new Tiling(256, 4 * width, width))).toList();
    }

    /** A choice in words. */
    String describe(Tiling tiling) {
        return title + " in " + tiling;
    }

    /** The class of a call; null if there is no choice for it. Not quick for element-wise ones. */
    static WorkloadClass of(KernelSignature signature, Rows shape, KernelForm form) {
        if (Programs.isElementwise(signature)) {
            return elementwise(signature, form);
        } else if (form == KernelForm.CPU) {
            return null;
        } else if (signature.form() == Form.MAP) {
            return MAPS;
        }
        boolean inRegisters = signature.form() == Form.ALONG_AXIS && shape.axis() <= RowGrid.LONGEST_IN_REGISTERS;
        return !inRegisters ? null : shape.inner() == 1 ? ROWS : COLUMNS;
    }

    private static WorkloadClass elementwise(KernelSignature signature, KernelForm form) {
        if (Storage.isFor(signature.type())) {
            return form == KernelForm.GPU ? SIXTEEN_BITS : HEAVY;
        }
        try {
            KernelModule module = KernelModule.of(signature.definition(), Storage.computing(signature.type()));
            return Formulas.map(module, signature).line().operations() <= MOST_OF_LIGHT ? LIGHT : HEAVY;
        } catch (KernelBuildException e) {
            // The call itself will say so.
            return HEAVY;
        }
    }
}
