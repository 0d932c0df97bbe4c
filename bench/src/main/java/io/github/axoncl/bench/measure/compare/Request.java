package io.github.axoncl.bench.measure.compare;

import java.util.List;

/**
 * What a child is to do.
 *
 * @param peer       the class of the peer
 * @param device     for AxonCL's devices, which one; else ""
 * @param threads    the number of threads
 * @param series     what the measurements are for
 * @param contenders the names of those that take part; empty for the usual ones
 * @param subjects   what to measure
 * @param pace       how long
 * @param exact      files with exact results to judge accuracy by, may be none
 */
record Request(String peer, String device, int threads, Series series, List<String> contenders, List<Subject> subjects,
               Pace pace, List<ExactFile> exact) {

    /**
     * How long a call is measured.
     *
     * @param warmUpMillis  how long it is made before
     * @param measureMillis how long its runs are timed
     * @param least         the fewest timed runs
     */
    record Pace(long warmUpMillis, long measureMillis, int least) {
    }

    /** The same, judging accuracy first. */
    Request judging(List<ExactFile> files) {
        return new Request(peer, device, threads, series, contenders, subjects, pace, files);
    }

    /** Who is asked, for people. */
    String who() {
        return !peer.equals(AxonclPeer.class.getName()) ? shortName(peer)
                : AxonclPeer.NAME + " " + (device.isEmpty() ? "CPU" : AxonclPeer.shortTitle(device));
    }

    /** A peer's name from that of its class. */
    static String shortName(String peer) {
        return peer.substring(peer.lastIndexOf('.') + 1).replaceFirst("Peer$", "");
    }

    /** A subject's exact results in a file, for one of so many of all inputs. */
    record ExactFile(Subject subject, String file, int share) {
    }
}
