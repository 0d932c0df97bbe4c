package io.github.axoncl;

import java.util.Locale;
import java.util.Objects;

/**
 * Where a {@link Backend} computes calls of one kind, and why. Both backends give the same bits, so only time is at stake; the
 * times are predictions from what was measured of a whole class of functions, see {@link BackendOptions#calibration()}.
 *
 * @param backend     {@code "opencl"} or {@code "cpu"}: where the call is computed while nothing fails
 * @param call        the operation and the function, for example {@code forward of gelu}
 * @param n           the number of elements
 * @param residence   where the operands lie
 * @param cpuNanos    the predicted time on the CPU in nanoseconds, what crosses to and from it included; NaN if there is no
 *                    choice
 * @param deviceNanos the predicted time on the device, likewise
 * @param source      where the numbers come from
 * @param reason      why, in words
 */
public record Explanation(String backend, String call, long n, Residence residence, double cpuNanos, double deviceNanos,
                          Source source, String reason) {

    /** Where the operands of a call lie. */
    public enum Residence {
        /** In arrays, or NIO buffers over them. */
        HEAP,
        /** In direct buffers. */
        DIRECT,
        /** In a {@link DeviceBuffer}. */
        DEVICE;

        /** Where an operand lies.
         *
         * @param operand the operand
         * @return the kind of its memory */
        public static Residence of(Operand operand) {
            if (operand instanceof DeviceBuffer) {
                return DEVICE;
            }
            return operand instanceof Operand.OfBuffer host && host.buffer().isDirect() ? DIRECT : HEAP;
        }
    }

    /** Where the predicted times come from. */
    public enum Source {
        /** Measured by this process. */
        MEASURED("measured"),
        /** Measured by an earlier process, for the same device, driver, JVM and version. */
        CACHE("measured earlier"),
        /** Rough defaults: nothing was measured yet, or it could not be. */
        DEFAULTS("defaults"),
        /** Rough defaults: measuring is switched off. */
        SWITCHED_OFF("defaults, calibration is off"),
        /** There is only one backend to compute on. */
        NO_CHOICE("no choice");

        private final String text;

        Source(String text) {
            this.text = text;
        }
    }

    /** Checks that nothing is missing.
     *
     * @param backend     where the call is computed
     * @param call        the operation and the function
     * @param n           the number of elements
     * @param residence   where the operands lie
     * @param cpuNanos    the predicted time on the CPU
     * @param deviceNanos the predicted time on the device
     * @param source      where the numbers come from
     * @param reason      why */
    public Explanation {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(residence, "residence");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(reason, "reason");
    }

    /** All of it in a line.
     *
     * @return for example {@code forward of gelu, n = 1048576, heap operands: cpu, because it is predicted to be faster (cpu
     *         1.41 ms, device 3.02 ms; measured)} */
    @Override
    public String toString() {
        String times = source == Source.NO_CHOICE ? ""
                : " (cpu " + time(cpuNanos) + ", device " + time(deviceNanos) + "; " + source.text + ")";
        return call + ", n = " + n + ", " + residence.name().toLowerCase(Locale.ROOT) + " operands: " + backend + ", because "
                + reason + times;
    }

    private static String time(double nanos) {
        double magnitude = Math.abs(nanos);
        return magnitude < 1e3 ? String.format(Locale.ROOT, "%.0f ns", nanos)
                : magnitude < 1e6 ? String.format(Locale.ROOT, "%.3g us", nanos / 1e3)
                : magnitude < 1e9 ? String.format(Locale.ROOT, "%.3g ms", nanos / 1e6)
                : String.format(Locale.ROOT, "%.3g s", nanos / 1e9);
    }
}
