package io.github.axoncl.internal.opencl;

/** How the work of a call is divided over work-items: part of what a program is compiled for. Results have the same bits with any. */
sealed interface KernelTile permits Tiling, MapTile, MapGrid, RowTile, RowGrid {
    /** The work-items of a work-group. */
    default int group() {
        return 1;
    }

    /** The same for work-groups up to a size. */
    default KernelTile within(long largest) {
        return this;
    }
}
