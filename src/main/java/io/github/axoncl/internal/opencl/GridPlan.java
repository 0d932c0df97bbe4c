package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.kernel.Formulas;

import java.util.List;

/** Element by element on GPUs: one launch for each chunk, of whole work-groups, whose work-items check bounds. */
final class GridPlan extends LaunchPlan {
    private final boolean elementwise;
    private final Tiling tiling;

    GridPlan(Context context, KernelCall call, Tiling tiling) {
        super(context, call);
        KernelSignature signature = call.signature();
        this.elementwise = Programs.isElementwise(signature);
        boolean usual = elementwise && tiling.isDefault() && context.device().buildsQuickly();
        this.tiling = usual ? Tiling.ofGpu(signature.type()) : elementwise ? tiling.forGpu(signature.type()) : tiling;
    }

    @Override
    long mostOuters() {
        return MOST_PER_LAUNCH / plane;
    }

    @Override
    void launch(Lane lane, List<? extends Placed> placed, long from, long count) {
        long n = count * plane;
        LaunchKernel kernel;
        long slots;
        if (elementwise) {
            Tiling chosen = isAligned(placed, from, tiling.width()) ? tiling : tiling.withoutVectors();
            kernel = context.programs().kernel(call, chosen);
            long singles = n / chosen.width() + n % chosen.width();
            slots = ceiling(singles, chosen.elements() / chosen.width());
        } else {
            MapGrid grid = MapGrid.of(call, firstRandom(from), width -> isAligned(placed, from, width), tiling);
            kernel = context.programs().kernel(call, grid);
            slots = ceiling(n, grid.elements());
        }
        List<Object> arguments = operands(kernel, placed, from, 0);
        arguments.add((int) n);
        long group = kernel.localSize();
        submit(kernel, lane, placed, from, ceiling(slots, group) * group, group, arguments);
    }

    private static boolean isAligned(List<? extends Placed> placed, long from, long width) {
        return width == 1 || placed.stream().allMatch(operand -> operand.isAligned(from, width));
    }

    private long firstRandom(long from) {
        boolean random = call.signature().scalars().contains(Formulas.ELEMENT_LOW);
        return random ? call.value(Formulas.ELEMENT_LOW) + (call.firstOuter() + from) * plane : 0;
    }
}
