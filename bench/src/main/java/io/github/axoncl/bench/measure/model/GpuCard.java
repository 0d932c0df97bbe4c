package io.github.axoncl.bench.measure.model;

/** What the vendors publish of some GPUs. No figure is measured. */
enum GpuCard {
    /** NVIDIA's data sheet of the H200 SXM: 4.8 TB/s, 67 TFLOPS of float32, which are two for each of 132 SMs x 128 lanes at
     * 1.98 GHz. */
    H200("H200", "sm_90", 132 * 128, 1.98, 4800),
    /** NVIDIA's whitepaper of Ada: 1008 GB/s, 128 SMs x 128 lanes, boost clock 2.52 GHz. ci/gpu-compile has no sm_89 among its
     * targets; what it counts for sm_90 serves instead. */
    RTX_4090("RTX 4090", "sm_90", 128 * 128, 2.52, 1008),
    /** AMD's product page: 960 GB/s, 96 compute units, boost clock 2.5 GHz. A compute unit has 64 lanes. A pair of operations
     * that the compiler makes one instruction (v_dual) counts as one. */
    RX_7900_XTX("RX 7900 XTX", "gfx1100", 96 * 64, 2.5, 960),
    /** Intel's product page: 560 GB/s, 512 vector engines, 2.1 GHz. A vector engine has 8 lanes. */
    ARC_A770("Arc A770", "dg2", 512 * 8, 2.1, 560);

    private final String title;
    private final String target;
    private final int lanes;
    private final double gigahertz;
    private final double gigabytesPerSecond;

    GpuCard(String title, String target, int lanes, double gigahertz, double gigabytesPerSecond) {
        this.title = title;
        this.target = target;
        this.lanes = lanes;
        this.gigahertz = gigahertz;
        this.gigabytesPerSecond = gigabytesPerSecond;
    }

    String title() {
        return title;
    }

    /** What these figures allow a kernel. */
    GpuBounds bounds(GpuCounts counts) {
        return new GpuBounds(gigabytesPerSecond / counts.bytes(), lanes * gigahertz / counts.instructions(target));
    }
}
