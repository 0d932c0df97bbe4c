package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.internal.kernel.RowPieces;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;

/** Rows on GPUs: one launch for each chunk, or up to three where rows are split over work-groups. */
final class RowGridPlan extends LaunchPlan {
    private final RowNeeds needs;
    private final long length;
    private final Tiling tiling;
    private final boolean residentInPlace;
    private boolean written;
    /** What launches hand on to later ones, by the lane; that of the context's queue under null. */
    private final Map<Lane, DeviceMemory> partials = new HashMap<>();

    /** The plan of a call.
     *
     * @param residentInPlace whether an output is an input on the device */
    RowGridPlan(Context context, KernelCall call, Tiling tiling, boolean residentInPlace) {
        super(context, call);
        this.tiling = tiling;
        this.residentInPlace = residentInPlace;
        this.needs = context.programs().needs(call.signature());
        this.length = needs.alongAxis() ? call.rows().axis() : call.rows().outer() * call.rows().inner();
    }

    /** Work-items are counted in 32 bits, and a row has 64 at most for each segment. */
    @Override
    long mostOuters() {
        long segments = Math.max(1, ceiling(length, RowGrid.SEGMENT));
        return Math.max(1, MOST_PER_LAUNCH / 64 / segments / Math.max(1, rows(1)));
    }

    private long rows(long outers) {
        return needs.alongAxis() ? outers * call.rows().inner() : call.rows().axis();
    }

    @Override
    void launch(Lane lane, List<? extends Placed> placed, long from, long count) {
        long rows = rows(count);
        if (rows == 0) {
            return;
        }
        LaunchKernel last = context.programs().kernel(call, grid(placed, from, rows));
        RowGrid grid = (RowGrid) last.tile();
        List<Object> arguments = operands(last, placed, from, 0, (int) rows);
        long tiles = ceiling(rows, grid.rows());
        long group = last.localSize();
        if (!grid.movement().isSplit()) {
            submit(last, lane, placed, from, tiles * group, group, arguments);
            return;
        }
        long segments = ceiling(length, RowGrid.SEGMENT);
        long shares = RowGrid.shares(needs, call.rows(), segments, tiles, context.device().info().computeUnits());
        RowPieces pieces = needs.pieces();
        DeviceMemory partial = partial(lane, rows * segments * RowGridText.parts(pieces) * Float.BYTES);
        arguments.add(partial.handle());
        arguments.add((int) shares);
        for (LaunchKernel kernel : last.earlier()) {
            submit(kernel, lane, placed, from, tiles * shares * group, group, arguments, partial);
        }
        written = RowGridText.hasResultsWithTerms(pieces, grid);
        long groups = RowGridText.lastHasSegments(pieces, grid) ? tiles * shares : tiles;
        submit(last, lane, placed, from, groups * group, group, arguments, partial);
        written = false;
    }

    @Override
    boolean hasWritten() {
        return written;
    }

    private RowGrid grid(List<? extends Placed> placed, long from, long rows) {
        int units = context.device().info().computeUnits();
        LongPredicate aligned = width -> placed.stream().allMatch(operand -> operand.isAligned(from, width));
        RowGrid grid = RowGrid.of(needs, call.rows(), rows, units, aligned, tiling);
        grid = context.programs().takesLength(call.signature(), grid) ? grid
                : RowGrid.ofAnyLength(needs, call.rows(), rows, units, aligned);
        return residentInPlace ? grid.inPlace() : grid;
    }

    private DeviceMemory partial(Lane lane, long bytes) {
        synchronized (partials) {
            DeviceMemory memory = partials.get(lane);
            if (memory == null || memory.bytes() < bytes) {
                if (memory != null) {
                    context.memory().give(memory);
                }
                memory = context.memory().lease(bytes);
                partials.put(lane, memory);
                if (lane != null) {
                    // Lanes have queues of their own.
                    context.settle(memory);
                }
            }
            return memory;
        }
    }

    @Override
    public void close() {
        partials.values().forEach(context.memory()::give);
        partials.clear();
        super.close();
    }
}
