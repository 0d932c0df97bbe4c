package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import io.github.axoncl.internal.kernel.RowPieces;
import io.github.axoncl.internal.kernel.Type;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The macros of {@code lib/map.cl}. */
final class MapText extends MovementText {
    /** The macros of a signature.
     *
     * @param unit whether inner is 1 */
    MapText(KernelModule module, KernelSignature signature, boolean unit) {
        super(module, signature, unit);
    }

    @Override
    String bits() {
        randomNumbers();
        roots.addAll(List.of("random_words_begun", "random_words_ended"));
        return RowPieces.BITS;
    }

    /** The macros of {@code lib/map.cl} where a work-item is a loop. */
    String macros(MapTile tile) {
        define("COMPUTE", compute());
        flag("TOGETHER", tile.together());
        define("BLOCKS", Integer.toString(MapTile.BLOCKS));
        return rest();
    }

    /** The macros of {@code lib/map.cl} where a work-item has a few neighbours. */
    String macros(MapGrid grid) {
        define("GROUP", Integer.toString(grid.group()));
        define("ELEMENTS", Integer.toString(grid.elements()));
        define("WIDTH", Integer.toString(grid.width()));
        flag("WORDS", grid.words());
        if (grid.width() > 1) {
            neighbours();
        } else {
            define("COMPUTE", compute());
        }
        return rest();
    }

    private String rest() {
        flag("DIVIDES", MapTile.divides(signature));
        flag("UNIT", unit);
        flag("RANDOM", isRandom());
        parameters();
        return text.toString();
    }

    /** Loads, one call and stores of one element. */
    private String compute() {
        StringBuilder compute = new StringBuilder();
        Map<String, String> known = new LinkedHashMap<>();
        for (Slot slot : signature.slots()) {
            if (!slot.output()) {
                compute.append(type(slot)).append(" in_").append(slot.name()).append(" = ").append(load(slot, index(slot)))
                        .append("; ");
                known.put(slot.name(), "in_" + slot.name());
            }
        }
        compute.append(result(known));
        for (Slot slot : signature.slots()) {
            if (slot.output()) {
                compute.append(memory(slot)).append('[').append(index(slot)).append("] = ").append(store(slot, part(slot)))
                        .append("; ");
            }
        }
        return compute.toString();
    }

    /** Loads, calls and stores of neighbours in one line of the shape. */
    private void neighbours() {
        StringBuilder loads = new StringBuilder();
        StringBuilder compute = new StringBuilder("{ ");
        StringBuilder stores = new StringBuilder();
        Map<String, String> known = new LinkedHashMap<>();
        for (Slot slot : signature.slots()) {
            String element = element(slot.type());
            String place = memory(slot) + " + " + index(slot);
            if (slot.output()) {
                loads.append(element).append(" out_").append(slot.name()).append("[ELEMENTS]; ");
                stores.append("STORE_NEIGHBOURS(").append(element).append(", out_").append(slot.name()).append(", ").append(place)
                        .append(") ");
            } else if (isSameForNeighbours(slot)) {
                loads.append(type(slot)).append(" in_").append(slot.name()).append(" = ").append(load(slot, index(slot)))
                        .append("; ");
                known.put(slot.name(), "in_" + slot.name());
            } else {
                loads.append(element).append(" raw_").append(slot.name()).append("[ELEMENTS]; LOAD_NEIGHBOURS(").append(element)
                        .append(", raw_").append(slot.name()).append(", ").append(place).append(") ");
                compute.append(type(slot)).append(" in_").append(slot.name()).append(" = ")
                        .append(converted(slot, "raw_" + slot.name() + "[k]")).append("; ");
                known.put(slot.name(), "in_" + slot.name());
            }
        }
        compute.append(result(known));
        for (Slot slot : signature.slots()) {
            if (slot.output()) {
                compute.append("out_").append(slot.name()).append("[k] = ").append(store(slot, part(slot))).append("; ");
            }
        }
        define("LOADS", loads.toString());
        define("COMPUTE_EACH(k)", compute.append('}').toString());
        define("STORES", stores.toString());
    }

    /** Whether neighbours in a line of the shape have the same element of an operand. */
    private boolean isSameForNeighbours(Slot slot) {
        return slot.layout() == Layout.AXIS && !unit || slot.layout() == Layout.ROW && unit;
    }

    private String result(Map<String, String> known) {
        String root = Formulas.root(module, signature);
        String value = call(root, known);
        if (Formulas.multiplies(module, signature)) {
            roots.add(Formulas.CHAIN_RULE);
            value = Formulas.CHAIN_RULE + "(in_" + signature.slots().get(1).name() + ", " + value + ")";
        }
        return type(module.returnType(root)) + " result = " + value + "; ";
    }

    /** The part of the result that goes to an output. */
    private String part(Slot slot) {
        return module.returnType(Formulas.root(module, signature)) instanceof Type.Struct ? "result." + slot.name() : "result";
    }

    /** Whether the text takes random bits; known once it was made. */
    boolean isRandom() {
        return roots.contains(RANDOM_WORD);
    }

    private static String index(Slot slot) {
        return switch (slot.layout()) {
            case EACH -> slot.parts() == 1 ? "ALL(" + at(slot) + ")"
                    : "EACH(" + at(slot) + ", " + slot.part() + ", " + slot.parts() + ")";
            case AXIS -> "AXIS(" + at(slot) + ")";
            case ROW -> "ROW(" + at(slot) + ")";
            case REPEATED -> "REPEATED(" + at(slot) + ", " + repeated(slot) + ")";
        };
    }
}
