package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;
import io.github.axoncl.Spare;
import io.github.axoncl.internal.cpu.LoopShape.Port;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The loops of one operation that reduces over rows. Every sum has one shape, whatever runs it: segments of 4,096 elements, 64
 * lanes of pairs in each, a fixed tree over the lanes, and the sums of the segments in the same way once more.
 *
 * <p>Long rows whose elements lie one behind the other are computed one by one, the lanes being neighbours in a vector, but
 * what is done once for a row is done for a group of them. Others are computed in tiles of rows side by side, each lane being
 * as many neighbours as there are rows: the same bits, since adding to 0, or a lane that is 0, changes none; so lanes that no
 * element of a short row meets are left out. Where there are fewer rows than threads, the threads share the segments of a row.
 * {@link RowRun} divides a call among the threads, {@link RowGroup} computes some rows, {@link RowDesk} goes through their
 * elements.
 */
final class RowLoops {
    static final int SEGMENT = 4096;
    static final int LANES = LoopShape.LANES;
    /** Elements that pass through staging at once: whole steps of all lanes, and little enough for the first-level cache. */
    static final int BLOCK = 4096;
    /** Rows of at most so many elements are computed side by side wherever they lie: what is done once for a row, and a call of
     * a loop, would cost more than its elements. */
    static final int SHORT = BLOCK / LoopShape.BESIDE;
    private static final int SPARE = 4;

    final KernelSignature signature;
    final RowPieces pieces;
    /** Turns rows that are computed side by side, null where they are computed one by one. */
    final CompiledLoop turning;
    final boolean sideBySide;
    final List<String> names = new ArrayList<>();
    final Numbers uniforms;
    final RandomWords random;
    private final LoopCompiler compiler;
    private final Map<String, Element> rowValues = new HashMap<>();
    private final Spare<RowRun> spare = new Spare<>(SPARE);
    final NamedLoop larger;
    /** The same where no lane is met twice. */
    final NamedLoop largerOnce;
    final LaneLoops largerLane;
    final NamedLoop maximum;
    final NamedLoop first;
    final LaneLoops firstLane;
    final NamedLoop terms;
    final NamedLoop adding;
    final LaneLoops plus;
    /** For each sum, what adds an addend to each lane of rows that lie side by side, and the lanes at once. */
    final LaneLoops[] plusOnce;
    /** What is added to a sum, high and low parts in turn; -1 for low parts that are always 0. */
    final int[] added;
    final NamedLoop normal;
    final NamedLoop start;
    final NamedLoop again;
    final NamedLoop row;
    final NamedLoop result;
    final int index;
    final int bits;
    final int count;
    final int term;
    /** The slot whose operand keeps the term between the passes, or null. */
    final Slot kept;
    final int[] lanes;
    final int[] addends;
    final int a;
    final int aHi;
    final int aLo;
    /** The names of what belongs to a row, and their numbers. */
    final String[] rowNames;
    final int[] rowNumbers;
    /** Where in these what is made of a row goes, -1 for what the rows do not have. */
    final int queryAt;
    final int maximumAt;
    final int firstAt;
    final int againAt;
    /** The high and low parts of the sums in turn. */
    final int[] sumsAt;
    /** The scalars of what is made of a row, and where they go for the next round. */
    final int[] rowAt;
    final int[] beforeAt;

    RowLoops(LoopCompiler compiler, KernelModule module, KernelSignature signature, CompiledLoop turning) {
        this.compiler = compiler;
        this.signature = signature;
        this.pieces = new RowPieces(module, signature);
        this.turning = turning;
        this.sideBySide = turning != null;
        pieces.rowValues().forEach((name, type) -> {
            List<Type.Scalar> scalars = type.scalars();
            for (int i = 0; i < scalars.size(); i++) {
                rowValues.put(RowPieces.part(name, i), scalars.get(i) == Type.Scalar.FLOAT ? Element.FLOAT : Element.INT);
            }
        });
        boolean sums = !pieces.terms().isEmpty();
        larger = pieces.needsMaximum() ? ofElements(pieces.larger(sideBySide, false), Element.FLOAT) : null;
        largerOnce = pieces.needsMaximum() && sideBySide ? ofElements(pieces.larger(true, true), Element.FLOAT) : null;
        largerLane = new LaneLoops(compiler, pieces::largerLane, Element.FLOAT, 1);
        maximum = pieces.needsMaximum() ? ofRows(pieces.maximum(), Element.FLOAT) : null;
        first = pieces.hasFirst() ? ofElements(pieces.first(sideBySide), Element.INT) : null;
        firstLane = new LaneLoops(compiler, pieces::firstLane, Element.INT, 1);
        NamedLine termLine = sums ? pieces.terms(sideBySide) : null;
        terms = sums ? ofElements(termLine, Element.FLOAT) : null;
        adding = sums ? ofElements(pieces.adding(termLine), Element.FLOAT) : null;
        plus = new LaneLoops(compiler, pieces::plus, Element.FLOAT, 2);
        plusOnce = new LaneLoops[pieces.terms().size()];
        normal = sums ? ofRows(pieces.normal(), Element.FLOAT) : null;
        start = pieces.repeats() ? ofRows(pieces.start(), Element.FLOAT) : null;
        again = pieces.repeats() ? ofRows(pieces.again(), Element.FLOAT) : null;
        row = pieces.hasRow() ? ofRows(pieces.rowLine(), Element.FLOAT) : null;
        result = pieces.hasResult() ? ofElements(pieces.result(sideBySide), Element.FLOAT) : null;
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
        aHi = NamedLoop.number(names, "a hi");
        aLo = NamedLoop.number(names, "a lo");
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
        added = new int[2 * plusOnce.length];
        for (int k = 0; k < plusOnce.length; k++) {
            int high = names.indexOf(RowPieces.ADDEND + 2 * k);
            int low = names.indexOf(RowPieces.ADDEND + (2 * k + 1));
            added[2 * k] = high < 0 ? term : high;
            added[2 * k + 1] = low;
            plusOnce[k] = new LaneLoops(compiler, lanes -> pieces.plusOnce(lanes, low >= 0), Element.FLOAT, low < 0 ? 1 : 2, 2);
        }
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

    /** A loop over elements: of those of one row, or of rows side by side, what belongs to a row being used again and again. */
    private NamedLoop ofElements(NamedLine line, Element lane) {
        return NamedLoop.of(compiler, line, names, name -> port(name, lane, 1));
    }

    /** A loop over rows, or over lanes of rows. */
    private NamedLoop ofRows(NamedLine line, Element lane) {
        return NamedLoop.of(compiler, line, names, name -> port(name, lane, 0));
    }

    private Port port(String name, Element lane, int ofRow) {
        if (name.startsWith(RowPieces.LANE)) {
            return new Port(lane, LANES);
        }
        Element rowValue = rowValues.get(name);
        if (rowValue != null) {
            return new Port(rowValue, ofRow);
        }
        for (Slot slot : signature.slots()) {
            if (slot.name().equals(name)) {
                return new Port(Element.of(slot.type()), slot.isPerRow(signature.form()) ? ofRow : 0);
            }
        }
        boolean word = name.equals(RowPieces.INDEX) || name.equals(RowPieces.BITS);
        return new Port(word ? Element.INT : name.equals(RowPieces.TERM) ? Element.FLOAT : lane, 0);
    }

    /** Whether rows of some length lie side by side and no two elements of one meet in a lane. */
    boolean meetOnce(long length) {
        return sideBySide && length > 0 && length <= LANES;
    }

    /** Arrays for what belongs to rows, in the order of its names. */
    Object[] newValues(int rows) {
        Object[] values = new Object[rowNames.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rowValues.get(rowNames[i]).newArray(rows);
        }
        return values;
    }

    void run(Workers workers, KernelCall call) {
        RowRun run = spare.take();
        run = run == null ? new RowRun(this, workers.threads()) : run;
        try {
            run.compute(workers, call);
        } finally {
            run.end();
        }
        spare.give(run);
    }
}
