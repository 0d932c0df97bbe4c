package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.LoopShape.Port;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Type;
import io.github.axoncl.internal.memory.HostMemory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The loops of one operation that reduces over rows, and their order. Every sum has one shape, whatever runs it: segments of
 * 4,096 elements, 64 lanes of pairs in each, a fixed tree over the lanes, and the sums of the segments in the same way once more.
 *
 * <p>Long rows whose elements lie one behind the other are computed one by one, the lanes being neighbours in a vector. Others
 * are computed in tiles of rows side by side, each lane being as many neighbours as there are rows: the same bits, since adding
 * to 0, or a lane that is 0, changes none; so lanes that no element of a short row meets are left out. Where there are fewer
 * rows than threads, the threads share the segments of a row.
 */
final class RowLoops {
    /** Rows side by side: the floats of the widest vector. */
    private static final int TILE = 16;
    private static final int SEGMENT = 4096;
    private static final int LANES = LoopShape.LANES;
    /** Elements that pass through staging at once: whole steps of all lanes, and little enough for the first-level cache. */
    private static final int BLOCK = 4096;
    /** Elements that are worth being handed to another thread. */
    private static final long PIECE = 4L * BLOCK;
    /** Rows of at most so many elements are computed side by side wherever they lie: what is done once for a row, and a call of a
     * loop, would cost more than its elements. */
    private static final int SHORT = BLOCK / TILE;

    private final KernelSignature signature;
    private final RowPieces pieces;
    private final LoopCompiler compiler;
    private final int width;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Element> rowValues = new HashMap<>();
    private final Numbers uniforms;
    private final RandomWords random;
    private final NamedLoop larger;
    private final NamedLoop largerLane;
    private final NamedLoop maximum;
    private final NamedLoop first;
    private final NamedLoop firstLane;
    private final NamedLoop terms;
    private final NamedLoop adding;
    private final NamedLoop plus;
    private final NamedLoop normal;
    private final NamedLoop start;
    private final NamedLoop again;
    private final NamedLoop row;
    private final NamedLoop result;
    private final int index;
    private final int bits;
    private final int count;
    private final int term;
    /** The slot whose operand keeps the term between the passes, or null. */
    private final Slot kept;
    private final int[] lanes;
    private final int[] addends;
    private final int a;
    private final int b;
    private final int aHi;
    private final int aLo;
    private final int bHi;
    private final int bLo;
    /** The names of what belongs to a row, and their numbers. */
    private final String[] rowNames;
    private final int[] rowNumbers;
    /** Where in these what is made of a row goes, -1 for what the rows do not have. */
    private final int queryAt;
    private final int maximumAt;
    private final int firstAt;
    private final int againAt;
    /** The high and low parts of the sums in turn. */
    private final int[] sumsAt;
    /** The scalars of what is made of a row, and where they go for the next round. */
    private final int[] rowAt;
    private final int[] beforeAt;

    RowLoops(LoopCompiler compiler, KernelModule module, KernelSignature signature, boolean sideBySide) {
        this.compiler = compiler;
        this.signature = signature;
        this.pieces = new RowPieces(module, signature);
        this.width = sideBySide ? TILE : 1;
        pieces.rowValues().forEach((name, type) -> {
            List<Type.Scalar> scalars = type.scalars();
            for (int i = 0; i < scalars.size(); i++) {
                rowValues.put(RowPieces.part(name, i), scalars.get(i) == Type.Scalar.FLOAT ? Element.FLOAT : Element.INT);
            }
        });
        boolean sums = !pieces.terms().isEmpty();
        larger = pieces.needsMaximum() ? compile(pieces.larger(sideBySide), Element.FLOAT) : null;
        largerLane = pieces.needsMaximum() ? compile(pieces.largerLane(), Element.FLOAT) : null;
        maximum = pieces.needsMaximum() ? compile(pieces.maximum(), Element.FLOAT) : null;
        first = pieces.hasFirst() ? compile(pieces.first(sideBySide), Element.INT) : null;
        firstLane = pieces.hasFirst() ? compile(pieces.firstLane(), Element.INT) : null;
        NamedLine termLine = sums ? pieces.terms(sideBySide) : null;
        terms = sums ? compile(termLine, Element.FLOAT) : null;
        adding = sums ? compile(pieces.adding(termLine), Element.FLOAT) : null;
        plus = sums ? compile(pieces.plus(), Element.FLOAT) : null;
        normal = sums ? compile(pieces.normal(), Element.FLOAT) : null;
        start = pieces.repeats() ? compile(pieces.start(), Element.FLOAT) : null;
        again = pieces.repeats() ? compile(pieces.again(), Element.FLOAT) : null;
        row = pieces.hasRow() ? compile(pieces.rowLine(), Element.FLOAT) : null;
        result = pieces.hasResult() ? compile(pieces.result(sideBySide), Element.FLOAT) : null;
        rowNames = rowValues.keySet().toArray(String[]::new);
        rowNumbers = Arrays.stream(rowNames).mapToInt(name -> NamedLoop.number(names, name)).toArray();
        queryAt = place(RowPieces.QUERY, 0);
        maximumAt = place(RowPieces.MAXIMUM, 0);
        firstAt = place(RowPieces.FIRST, 0);
        againAt = place(RowPieces.AGAIN, 0);
        sumsAt = pieces.terms().keySet().stream().flatMapToInt(sum -> IntStream.of(place(sum, 0), place(sum, 1))).toArray();
        int parts = pieces.repeats() ? pieces.row().scalars().size() : 0;
        rowAt = IntStream.range(0, parts).map(part -> place(RowPieces.ROW, part)).toArray();
        beforeAt = IntStream.range(0, parts).map(part -> place(RowPieces.BEFORE, part)).toArray();
        a = NamedLoop.number(names, "a");
        b = NamedLoop.number(names, "b");
        aHi = NamedLoop.number(names, "a hi");
        aLo = NamedLoop.number(names, "a lo");
        bHi = NamedLoop.number(names, "b hi");
        bLo = NamedLoop.number(names, "b lo");
        lanes = new int[Math.max(1, 2 * pieces.terms().size())];
        for (int k = 0; k < lanes.length; k++) {
            lanes[k] = NamedLoop.number(names, RowPieces.LANE + k);
        }
        addends = names.stream().filter(name -> name.startsWith(RowPieces.ADDEND)).mapToInt(names::indexOf).toArray();
        index = names.indexOf(RowPieces.INDEX);
        bits = names.indexOf(RowPieces.BITS);
        count = names.indexOf(RowPieces.COUNT);
        term = names.indexOf(RowPieces.TERM);
        kept = term < 0 ? null : pieces.elementOutputs().get(0);
        random = bits < 0 ? null : new RandomWords(compiler, module, signature);
        uniforms = new Numbers(signature, names);
    }

    /** Whether the rows of a call are computed in tiles. */
    static boolean sideBySide(KernelCall call) {
        Rows rows = call.rows();
        return call.signature().form() == Form.ALONG_AXIS ? rows.inner() > 1 || rows.axis() <= SHORT && rows.outer() > 1
                : rows.inner() == 1 && rows.axis() > 1;
    }

    private int place(String name, int part) {
        return List.of(rowNames).indexOf(RowPieces.part(name, part));
    }

    private NamedLoop compile(NamedLine line, Element lane) {
        return NamedLoop.of(compiler, line, names, name -> port(name, lane));
    }

    private Port port(String name, Element lane) {
        if (name.startsWith(RowPieces.LANE)) {
            return new Port(lane, LANES * width);
        }
        Element rowValue = rowValues.get(name);
        if (rowValue != null) {
            return new Port(rowValue, width);
        }
        for (Slot slot : signature.slots()) {
            if (slot.name().equals(name)) {
                return new Port(Element.of(slot.type()), slot.isPerRow(signature.form()) ? width : 0);
            }
        }
        boolean word = name.equals(RowPieces.INDEX) || name.equals(RowPieces.BITS);
        return new Port(word ? Element.INT : name.equals(RowPieces.TERM) ? Element.FLOAT : lane, 0);
    }

    void run(Workers workers, KernelCall call) {
        Rows shape = call.rows();
        boolean alongAxis = signature.form() == Form.ALONG_AXIS;
        long rows = alongAxis ? shape.outer() * shape.inner() : shape.axis();
        long length = alongAxis ? shape.axis() : shape.outer() * shape.inner();
        long tiles = (rows + width - 1) / width;
        if (tiles < workers.threads() && length * width >= 2 * PIECE) {
            Tile tile = new Tile(call, rows, length, workers, new Desk(call));
            for (long number = 0; number < tiles; number++) {
                tile.run(number * width);
            }
            return;
        }
        workers.split(tiles, Math.max(1, PIECE / Math.max(1, length * width)), (thread, from, to) -> {
            Desk desk = new Desk(call);
            Tile tile = new Tile(call, rows, length, null, desk);
            for (long number = from; number < to; number++) {
                tile.run(number * width);
            }
        });
    }

    /** What a thread works with. Not shared. */
    private final class Desk {
        private final Frame frame = new Frame(names.size());
        private final List<SlotView> views = new ArrayList<>();
        private final int[] numbers;
        private final Object[] staging;
        private final int[] ramp;
        private final RandomWords.Block words;
        /** Lanes of the sums, high and low parts in turn; the first one serves maxima too. */
        private final float[][] sums;
        private final int[] firsts;
        /** Which staging holds a whole row's elements since this row was begun. */
        private final boolean[] loaded;
        private float[] keptStaging;
        private int keptView = -1;

        Desk(KernelCall call) {
            uniforms.put(call, frame);
            for (Slot slot : signature.slots()) {
                if (names.contains(slot.name())) {
                    views.add(new SlotView(call, slot));
                }
            }
            numbers = views.stream().mapToInt(view -> names.indexOf(view.slot().name())).toArray();
            staging = new Object[numbers.length];
            loaded = new boolean[numbers.length];
            for (int k = 0; k < numbers.length; k++) {
                keptView = views.get(k).slot() == kept ? k : keptView;
            }
            ramp = index < 0 ? null : new int[BLOCK];
            words = random == null ? null : random.block(BLOCK).begin(call);
            sums = new float[RowLoops.this.lanes.length][LANES * width];
            firsts = first == null ? null : new int[LANES * width];
            for (int addend : addends) {
                frame.put(addend, new float[BLOCK], 0);
            }
        }

        void lanes(Object... arrays) {
            for (int k = 0; k < arrays.length; k++) {
                frame.put(lanes[k], arrays[k], 0);
            }
        }
    }

    /** Some rows, and what is known of them. */
    private final class Tile {
        private final KernelCall call;
        private final long allRows;
        private final long length;
        /** The threads that share the segments; null if there is one thread. */
        private final Workers sharing;
        /** What is known of the rows, in the order of their names. */
        private final Object[] values = new Object[rowNames.length];
        private final Desk desk;
        /** Whether the rows pass through staging once, so that they need not be read again. */
        private final boolean once;
        /** The lanes that elements of these rows meet: a power of two. */
        private final int met;
        private long firstRow;
        private int rows;

        Tile(KernelCall call, long allRows, long length, Workers sharing, Desk desk) {
            this.call = call;
            this.allRows = allRows;
            this.length = length;
            this.sharing = sharing;
            this.desk = desk;
            this.once = sharing == null && length * width <= BLOCK;
            this.met = length >= LANES ? LANES : Integer.highestOneBit(Math.max(1, 2 * (int) length - 1));
            for (int i = 0; i < values.length; i++) {
                values[i] = rowValues.get(rowNames[i]).newArray(width);
            }
        }

        /** Computes the rows from one on, as many as a tile has. */
        void run(long from) {
            firstRow = from;
            rows = (int) Math.min(width, allRows - from);
            if (queryAt >= 0) {
                int[] queries = (int[]) values[queryAt];
                long modulus = call.value(RowPieces.QUERIES);
                for (int j = 0; j < rows; j++) {
                    queries[j] = (int) ((call.firstOuter() + (firstRow + j) / call.rows().inner()) % modulus);
                }
            }
            open(desk);
            if (larger != null) {
                maximum();
            }
            if (first != null) {
                first();
            }
            if (start != null) {
                start.run(desk.frame, width);
                publish(desk);
            }
            do {
                if (terms != null) {
                    sums();
                }
                if (row != null) {
                    row();
                }
            } while (start != null && again());
            if (result != null) {
                share((d, begin, end) -> pass(d, result, false, begin, end));
            }
        }

        /** What is done with the elements of some segments. */
        private interface Work {
            void on(Desk desk, long from, long to);
        }

        private void share(Work work) {
            if (sharing == null) {
                work.on(desk, 0, length);
                return;
            }
            long segments = (length + SEGMENT - 1) / SEGMENT;
            sharing.split(segments, Math.max(1, PIECE / SEGMENT / width), (thread, from, to) -> {
                Desk own = new Desk(call);
                open(own);
                work.on(own, from * SEGMENT, Math.min(length, to * SEGMENT));
            });
        }

        /** Puts what belongs to the rows on a desk. */
        private void open(Desk d) {
            if (count >= 0) {
                d.frame.uniforms[count] = length;
            }
            for (int k = 0; k < d.numbers.length; k++) {
                SlotView view = d.views.get(k);
                if (view.slot().isPerRow(signature.form())) {
                    if (d.staging[k] == null) {
                        d.staging[k] = HostMemory.newArray(view.slot().type(), width);
                    }
                    if (!view.slot().output()) {
                        view.readOfRows(firstRow, rows, d.staging[k]);
                        d.frame.uniforms[d.numbers[k]] = number(d.staging[k], false);
                    }
                    d.frame.put(d.numbers[k], d.staging[k], 0);
                }
            }
            Arrays.fill(d.loaded, false);
            publish(d);
        }

        private void publish(Desk d) {
            for (int i = 0; i < values.length; i++) {
                d.frame.put(rowNumbers[i], values[i], 0);
                d.frame.uniforms[rowNumbers[i]] = number(values[i], true);
            }
        }

        private double number(Object array, boolean unsigned) {
            if (array instanceof float[] floats) {
                return floats[0];
            } else if (array instanceof double[] doubles) {
                return doubles[0];
            } else if (array instanceof int[] ints) {
                return unsigned ? Integer.toUnsignedLong(ints[0]) : ints[0];
            }
            return array instanceof short[] shorts ? Short.toUnsignedInt(shorts[0]) : Byte.toUnsignedInt(((byte[]) array)[0]);
        }

        private void maximum() {
            float[] all = sharing == null ? desk.sums[0] : new float[LANES * width];
            Arrays.fill(all, 0, met * width, Float.NEGATIVE_INFINITY);
            share((d, from, to) -> {
                Arrays.fill(d.sums[0], 0, met * width, Float.NEGATIVE_INFINITY);
                d.lanes((Object) d.sums[0]);
                pass(d, larger, false, from, to);
                if (sharing != null) {
                    synchronized (all) {
                        ofTwo(d, largerLane, all, 0, d.sums[0], 0, met * width);
                    }
                }
            });
            for (int half = met / 2; half > 0; half /= 2) {
                ofTwo(desk, largerLane, all, 0, all, half * width, half * width);
            }
            desk.frame.put(a, all, 0);
            maximum.run(desk.frame, width);
            keep(maximumAt, all);
            publish(desk);
        }

        private void first() {
            int[] all = sharing == null ? desk.firsts : new int[LANES * width];
            Arrays.fill(all, 0, met * width, -1);
            share((d, from, to) -> {
                Arrays.fill(d.firsts, 0, met * width, -1);
                d.lanes((Object) d.firsts);
                pass(d, first, false, from, to);
                if (sharing != null) {
                    synchronized (all) {
                        ofTwo(d, firstLane, all, 0, d.firsts, 0, met * width);
                    }
                }
            });
            for (int half = met / 2; half > 0; half /= 2) {
                ofTwo(desk, firstLane, all, 0, all, half * width, half * width);
            }
            keep(firstAt, all);
            publish(desk);
        }

        private void ofTwo(Desk d, NamedLoop loop, Object one, int oneAt, Object other, int otherAt, int elements) {
            d.frame.put(RowLoops.this.a, one, oneAt);
            d.frame.put(RowLoops.this.b, other, otherAt);
            loop.run(d.frame, elements);
        }

        /** Makes the start of an array a value of the rows. */
        private void keep(int place, Object from) {
            System.arraycopy(from, 0, values[place], 0, width);
        }

        private void sums() {
            int count = pieces.terms().size();
            int segments = (int) Math.max(1, (length + SEGMENT - 1) / SEGMENT);
            // A row of one segment needs no second level: adding to 0 changes no bit.
            float[][] ofSegments = segments == 1 ? null : new float[2 * count][segments * width];
            share((d, from, to) -> {
                d.lanes((Object[]) d.sums);
                for (long start = from; start < to || start == 0; start += SEGMENT) {
                    for (float[] lane : d.sums) {
                        Arrays.fill(lane, 0, met * width, 0);
                    }
                    pass(d, terms, true, start, Math.min(to, start + SEGMENT));
                    int segment = (int) (start / SEGMENT);
                    for (int k = 0; k < 2 * count; k += 2) {
                        tree(d, d.sums[k], d.sums[k + 1], met);
                        if (ofSegments != null) {
                            System.arraycopy(d.sums[k], 0, ofSegments[k], segment * width, width);
                            System.arraycopy(d.sums[k + 1], 0, ofSegments[k + 1], segment * width, width);
                        }
                    }
                }
            });
            for (int next = 0; next < 2 * count; next += 2) {
                float[] hi = desk.sums[next];
                float[] lo = desk.sums[next + 1];
                if (ofSegments != null) {
                    Arrays.fill(hi, 0);
                    Arrays.fill(lo, 0);
                    for (int segment = 0; segment < segments; segment += LANES) {
                        int some = Math.min(LANES, segments - segment) * width;
                        plus(desk, hi, lo, 0, ofSegments[next], ofSegments[next + 1], segment * width, some);
                    }
                    tree(desk, hi, lo, LANES);
                }
                desk.frame.put(aHi, hi, 0);
                desk.frame.put(aLo, lo, 0);
                normal.run(desk.frame, width);
                keep(sumsAt[next], hi);
                keep(sumsAt[next + 1], lo);
            }
            publish(desk);
        }

        private void tree(Desk d, float[] hi, float[] lo, int some) {
            for (int half = some / 2; half > 0; half /= 2) {
                plus(d, hi, lo, 0, hi, lo, half * width, half * width);
            }
        }

        private void plus(Desk d, float[] hi, float[] lo, int at, float[] otherHi, float[] otherLo, int otherAt, int elements) {
            d.frame.put(aHi, hi, at);
            d.frame.put(aLo, lo, at);
            d.frame.put(bHi, otherHi, otherAt);
            d.frame.put(bLo, otherLo, otherAt);
            plus.run(d.frame, elements);
        }

        private void row() {
            row.run(desk.frame, width);
            publish(desk);
            for (int k = 0; k < desk.numbers.length; k++) {
                SlotView view = desk.views.get(k);
                if (view.slot().output() && view.slot().isPerRow(signature.form())) {
                    view.writeOfRows(desk.staging[k], firstRow, rows);
                }
            }
        }

        /** Whether one of the rows needs another round; prepares it. */
        private boolean again() {
            again.run(desk.frame, width);
            boolean wanted = false;
            for (int j = 0; j < rows; j++) {
                wanted |= ((int[]) values[againAt])[j] != 0;
            }
            for (int i = 0; i < rowAt.length; i++) {
                keep(beforeAt[i], values[rowAt[i]]);
            }
            publish(desk);
            return wanted;
        }

        /** Runs a loop over elements of the rows, in whole steps of the lanes but for the last.
         *
         * @param keeps whether the term is written; else it is read, where the loop takes it */
        private void pass(Desk d, NamedLoop loop, boolean keeps, long from, long to) {
            if (from == to) {
                return;
            }
            boolean staged = width > 1 || loop.uses(index) || loop.uses(bits)
                    || loop.uses(term) && !d.views.get(d.keptView).isRowInPlace(from, (int) (to - from));
            for (int k = 0; k < d.numbers.length && !staged; k++) {
                SlotView view = d.views.get(k);
                staged = loop.uses(d.numbers[k]) && !view.slot().isPerRow(signature.form())
                        && !view.isRowInPlace(from, (int) (to - from));
            }
            long step = staged ? BLOCK / width : to - from;
            for (long k = from; k < to; k += step) {
                int some = (int) Math.min(step, to - k);
                place(d, loop, k, some);
                if (loop.uses(term)) {
                    placeTerm(d, keeps, k, some);
                }
                loop.run(d.frame, some * width);
                if (loop == terms) {
                    adding.run(d.frame, some * width);
                }
                writeBack(d, loop, k, some);
                if (keeps && !once && loop.uses(term) && d.frame.arrays[term] == d.keptStaging) {
                    d.views.get(d.keptView).writeRows(d.keptStaging, firstRow, rows, width, k, some);
                }
            }
        }

        private void place(Desk d, NamedLoop loop, long k, int some) {
            for (int v = 0; v < d.numbers.length; v++) {
                SlotView view = d.views.get(v);
                if (loop.uses(d.numbers[v]) && !view.slot().isPerRow(signature.form())) {
                    if (width == 1 && view.isRowInPlace(k, some)) {
                        d.frame.put(d.numbers[v], view.array(), view.at(view.ofRow(firstRow, k)));
                        continue;
                    }
                    if (d.staging[v] == null) {
                        d.staging[v] = HostMemory.newArray(view.slot().type(), BLOCK);
                    }
                    if (!view.slot().output() && !d.loaded[v]) {
                        view.readRows(firstRow, rows, width, k, some, d.staging[v]);
                        d.loaded[v] = once;
                    }
                    d.frame.put(d.numbers[v], d.staging[v], 0);
                }
            }
            if (loop.uses(index)) {
                ramp(d.ramp, (int) k, some);
                d.frame.put(index, d.ramp, 0);
            }
            if (loop.uses(bits)) {
                if (width == 1 && signature.form() == Form.ALONG_AXIS) {
                    d.words.put(d.frame, bits, position(firstRow, k), some);
                } else {
                    long[] starts = new long[rows];
                    Arrays.setAll(starts, j -> position(firstRow + j, 0));
                    d.words.put(d.frame, bits, starts, i -> position(0, k + i), width, some);
                }
            }
        }

        /** Elements k and following of rows side by side. */
        private void ramp(int[] to, int k, int some) {
            if (width == 1) {
                for (int i = 0; i < some; i++) {
                    to[i] = k + i;
                }
                return;
            }
            for (int i = 0; i < some; i++) {
                Arrays.fill(to, i * width, (i + 1) * width, k + i);
            }
        }

        /** The place of an element in the call, for which its random word is made: the place of the row and that of k added. */
        private long position(long wanted, long k) {
            Rows shape = call.rows();
            long plane = shape.axis() * shape.inner();
            if (signature.form() == Form.ALONG_AXIS) {
                return wanted / shape.inner() * plane + k * shape.inner() + wanted % shape.inner();
            }
            return k / shape.inner() * plane + wanted * shape.inner() + k % shape.inner();
        }

        private void placeTerm(Desk d, boolean keeps, long k, int some) {
            SlotView view = d.views.get(d.keptView);
            if (width == 1 && view.isRowInPlace(k, some)) {
                d.frame.put(term, view.array(), view.at(view.ofRow(firstRow, k)));
                return;
            }
            if (d.keptStaging == null) {
                d.keptStaging = new float[BLOCK];
            }
            if (!keeps && !once) {
                view.readRows(firstRow, rows, width, k, some, d.keptStaging);
            }
            d.frame.put(term, d.keptStaging, 0);
        }

        private void writeBack(Desk d, NamedLoop loop, long k, int some) {
            for (int v = 0; v < d.numbers.length; v++) {
                SlotView view = d.views.get(v);
                boolean written = view.slot().output() && loop.uses(d.numbers[v]) && !view.slot().isPerRow(signature.form());
                if (written && d.frame.arrays[d.numbers[v]] == d.staging[v]) {
                    view.writeRows(d.staging[v], firstRow, rows, width, k, some);
                }
            }
        }
    }
}
