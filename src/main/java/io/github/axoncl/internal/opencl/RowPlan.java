package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;

import java.util.List;

/** Rows in tiles on drivers for CPUs: one launch for each chunk. */
final class RowPlan extends LaunchPlan {
    private final RowTile tile;
    private final LaunchKernel kernel;

    RowPlan(Context context, KernelCall call) {
        super(context, call);
        tile = RowTile.of(call);
        kernel = context.programs().kernel(call, tile);
    }

    @Override
    void addReciprocals(List<Object> arguments) {
        // These kernels divide, once for a row.
    }

    @Override
    long mostOuters() {
        return MOST_PER_LAUNCH / kernel.localSize() / Math.max(1, groups(1));
    }

    @Override
    void launch(Lane lane, List<? extends Placed> placed, long from, long count) {
        submit(kernel, lane, placed, from, groups(count) * kernel.localSize(), kernel.localSize(),
                operands(kernel, placed, from, 0, rows(count)));
    }

    private long rows(long outers) {
        return call.signature().form() == Form.ALONG_AXIS ? outers * call.rows().inner() : call.rows().axis();
    }

    // Rows of one outer index are neighbours, or all are if no others lie between their elements.
    private long groups(long outers) {
        long rows = rows(outers);
        boolean apart = call.signature().form() == Form.ALONG_AXIS && call.rows().inner() > 1;
        return tile.groups(rows, apart ? call.rows().inner() : rows);
    }
}
