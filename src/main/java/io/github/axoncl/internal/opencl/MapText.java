package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
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

    /** The macros of {@code lib/map.cl}. */
    String macros(MapTile tile) {
        StringBuilder compute = new StringBuilder();
        Map<String, String> known = new LinkedHashMap<>();
        String root = Formulas.root(module, signature);
        for (Slot slot : signature.slots()) {
            if (!slot.output()) {
                compute.append(type(slot)).append(" in_").append(slot.name()).append(" = ").append(load(slot, index(slot)))
                        .append("; ");
                known.put(slot.name(), "in_" + slot.name());
            }
        }
        String value = call(root, known);
        if (Formulas.multiplies(module, signature)) {
            roots.add(Formulas.CHAIN_RULE);
            value = Formulas.CHAIN_RULE + "(in_" + signature.slots().get(1).name() + ", " + value + ")";
        }
        Type result = module.returnType(root);
        compute.append(result.text()).append(" result = ").append(value).append("; ");
        for (Slot slot : signature.slots()) {
            if (slot.output()) {
                compute.append(store(slot, index(slot), result instanceof Type.Struct ? "result." + slot.name() : "result"));
            }
        }
        flag("DIVIDES", MapTile.divides(signature));
        flag("UNIT", unit);
        flag("TOGETHER", tile.together());
        flag("RANDOM", isRandom());
        define("BLOCKS", Integer.toString(MapTile.BLOCKS));
        define("COMPUTE", compute.toString());
        parameters();
        return text.toString();
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
