package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.threads.Daemons;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Owns the lanes of a context and the threads that work in them beside the callers' own: made when the first large call comes,
 * kept for later ones, and never more than {@link #most}, however many calls there are.
 *
 * <p>A lane either copies, which takes a core, or waits for the device, which takes none. So that neither the cores nor the
 * engines of a device (uploads, kernels, downloads) run out of work, there is a lane for each core and two for each engine: one
 * whose chunk it works on, one whose chunk waits for it. A device whose kernels work in the memory of lanes has one engine. A
 * CPU's driver has none beside the cores: there one further lane is best, and more of them only take memory out of the caches.
 */
final class Lanes {
    private static final int FEWEST = 3;
    /** Beyond this the cores copy faster than memory does, and memory that is pinned is kept from everybody else. */
    private static final int LIMIT = 24;
    private static final int PER_ENGINE = 2;
    /** Host memory of a lane: a share of a millisecond on any bus, and small enough to stay in a processor's cache. */
    static final int BYTES = 4 << 20;
    private static final long CLOSING_SECONDS = 5;

    private final Cl cl;
    private final Context context;
    private final Deque<Lane> free = new ArrayDeque<>();
    private final ThreadPoolExecutor helpers;
    private final int most;
    private int taken;

    Lanes(Cl cl, Context context) {
        this.cl = cl;
        this.context = context;
        int cores = Runtime.getRuntime().availableProcessors();
        int atTheDevice = context.device().info().type().equals("CPU") ? 1 : context.kernelsUseLanes() ? PER_ENGINE
                : 3 * PER_ENGINE;
        most = Math.min(LIMIT, Math.max(FEWEST, cores + atTheDevice));
        helpers = Daemons.executor("axoncl-transfer", most - 1, Thread.NORM_PRIORITY);
    }

    /** How many lanes there are at most. */
    int most() {
        return most;
    }

    /** The threads that work in lanes beside a caller's own. */
    Executor helpers() {
        return helpers;
    }

    /** Takes lanes that are free.
     *
     * @param wanted how many there is work for
     * @return as many of them as there are, which may be none
     * @throws ClException if the context is lost */
    List<Lane> take(long wanted) {
        List<Lane> lanes = new ArrayList<>(most);
        while (lanes.size() < wanted) {
            Lane lane;
            synchronized (this) {
                if (taken == most) {
                    break;
                }
                taken++;
                lane = free.poll();
            }
            if (lane == null) {
                lane = open();
            }
            if (lane == null) {
                break;
            }
            lanes.add(lane);
        }
        return lanes;
    }

    private Lane open() {
        Lane lane = null;
        try {
            lane = Lane.open(cl, context, BYTES);
        } catch (ClException e) {
            // Without it the call takes the way that needs no lanes, and meets what is really wrong.
            context.failed(e);
        } finally {
            if (lane == null) {
                synchronized (this) {
                    taken--;
                }
            }
        }
        return lane;
    }

    /** Takes lanes back.
     *
     * @param sound whether every call on them succeeded; otherwise nobody knows what state they are in */
    void give(List<Lane> lanes, boolean sound) {
        if (!sound) {
            lanes.forEach(Lane::close);
        }
        synchronized (this) {
            taken -= lanes.size();
            if (sound) {
                free.addAll(lanes);
            }
        }
    }

    /** Gives back the lanes that are free. */
    void trim() {
        List<Lane> unused;
        synchronized (this) {
            unused = new ArrayList<>(free);
            free.clear();
        }
        unused.forEach(Lane::close);
    }

    /** Nobody is inside the context any more. The threads have ended when this returns. */
    void close() {
        trim();
        helpers.shutdown();
        boolean interrupted = false;
        try {
            helpers.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
