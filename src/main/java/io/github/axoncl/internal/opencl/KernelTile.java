package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;

/** How the work of a call is divided over work-items: part of what a program is compiled for. Results have the same bits with any. */
sealed interface KernelTile permits Tiling, MapTile, MapGrid, RowTile, RowGrid {
    /** The bytes of a GPU's widest access. */
    int VECTOR = 16;

    /** How many elements a GPU moves at once: as many as the largest of those that neighbours have for themselves allow. */
    static int vectorWidth(KernelSignature signature) {
        int most = 1;
        for (Slot slot : signature.slots()) {
            most = Math.max(most, slot.layout() == Layout.EACH ? slot.type().bytes() : 1);
        }
        return VECTOR / (most == 1 ? Float.BYTES : most);
    }

    /** The work-items of a work-group. */
    default int group() {
        return 1;
    }

    /** The same for work-groups up to a size. */
    default KernelTile within(long largest) {
        return this;
    }
}
