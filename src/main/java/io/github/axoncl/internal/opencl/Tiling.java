package io.github.axoncl.internal.opencl;

import java.util.List;

/**
 * What a work-group computes of an element-wise call, see {@code kernels/lib/elementwise.cl}. Part of what a program is
 * compiled for. Results are the same bits with any of them.
 *
 * @param workGroup the work-items of a work-group; fewer where the device or the kernel does not allow as many
 * @param elements  the elements of a work-item, a multiple of the width
 * @param width     the neighbouring elements that a work-item reads and writes at once: 1, 2, 4, 8 or 16
 */
record Tiling(int workGroup, int elements, int width) {
    /** What serves without a measurement: neighbouring work-items have neighbouring elements. On drivers for CPUs, where
     * vectors are made of what one work-item does, it stands for a loop over many, see {@link ProgramText#loops}. */
    static final Tiling DEFAULT = new Tiling(256, 1, 1);

    /** What a device may be better at. */
    static final List<Tiling> CANDIDATES = List.of(new Tiling(64, 1, 1), new Tiling(1024, 1, 1), new Tiling(256, 4, 1),
            new Tiling(256, 2, 2), new Tiling(64, 4, 4), new Tiling(256, 4, 4), new Tiling(256, 16, 4));

    private static final int MOST = 1 << 12;

    /** Checks the numbers.
     *
     * @throws IllegalArgumentException if no kernel can be made of them */
    Tiling {
        boolean vector = width >= 1 && width <= 16 && Integer.bitCount(width) == 1;
        if (workGroup < 1 || workGroup > MOST || Integer.bitCount(workGroup) != 1 || !vector || elements < width
                || elements > MOST || elements % width != 0) {
            throw new IllegalArgumentException("no tiling: " + workGroup + " work-items, " + elements + " elements, width "
                    + width);
        }
    }

    /** The tiling of its three numbers.
     *
     * @throws IllegalArgumentException if it is none */
    static Tiling parse(String text) {
        String[] words = text.strip().split("[ ,]+");
        if (words.length != 3) {
            throw new IllegalArgumentException("no tiling: " + text);
        }
        return new Tiling(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    /** The three numbers. */
    String numbers() {
        return workGroup + " " + elements + " " + width;
    }

    boolean isDefault() {
        return equals(DEFAULT);
    }

    /** What the kernel's text calls it. */
    String macros() {
        return "#define ELEMENTS " + elements + "\n#define WIDTH " + width + "\n#define VLOAD vload" + width
                + "\n#define VSTORE vstore" + width + "\n";
    }

    /** In words. */
    @Override
    public String toString() {
        return "work-groups of " + workGroup + " with " + elements + (elements == 1 ? " element" : " elements")
                + " per work-item" + (width == 1 ? "" : ", " + width + " at once");
    }
}
