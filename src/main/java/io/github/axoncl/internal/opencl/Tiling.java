package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;

/**
 * What a work-group computes of an element-wise call, see {@code kernels/lib/elementwise.cl}. Part of what a program is
 * compiled for. Results are the same bits with any of them. {@link MapGrid} and {@link RowGrid} take the first two numbers as
 * what is wanted, as far as the shape allows it; their width is that of the types.
 *
 * @param workGroup the work-items of a work-group; fewer where the device or the kernel does not allow as many
 * @param elements  the elements of a work-item, a multiple of the width
 * @param width     the neighbouring elements that a work-item reads and writes at once: 1, 2, 4, 8 or 16
 */
record Tiling(int workGroup, int elements, int width) implements KernelTile {
    /** What serves without a measurement. On drivers for CPUs it stands for a loop over many elements, see
     * {@link ProgramText#loops}, on GPUs for {@link #ofGpu}. */
    static final Tiling DEFAULT = new Tiling(256, 1, 1);

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

    /** What serves on GPUs without a measurement: one access of 16 bytes. */
    static Tiling ofGpu(DType type) {
        int width = VECTOR / type.bytes();
        return new Tiling(256, width, width);
    }

    /** The same with accesses of no more than 16 bytes. */
    Tiling forGpu(DType type) {
        return new Tiling(workGroup, elements, Math.min(width, VECTOR / type.bytes()));
    }

    /** The same for operands that begin anywhere. */
    Tiling withoutVectors() {
        return new Tiling(workGroup, elements, 1);
    }

    @Override
    public int group() {
        return workGroup;
    }

    @Override
    public Tiling within(long largest) {
        return new Tiling((int) Math.min(workGroup, Long.highestOneBit(Math.max(1, largest))), elements, width);
    }

    /** What the kernel's text calls it. */
    String macros() {
        return "#define GROUP " + workGroup + "\n#define ELEMENTS " + elements + "\n#define WIDTH " + width + "\n";
    }

    /** In words. */
    @Override
    public String toString() {
        return "work-groups of " + workGroup + " with " + elements + (elements == 1 ? " element" : " elements")
                + " per work-item" + (width == 1 ? "" : ", " + width + " at once");
    }
}
