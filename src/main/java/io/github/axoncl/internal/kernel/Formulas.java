package io.github.axoncl.internal.kernel;

import io.github.axoncl.DType;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Makes the straight lines of operations that compute every element by itself. */
public final class Formulas {
    private static final Pattern OPERATION = Pattern.compile("(forward|derivative(_from_output)?|backward)(_fast|64)?");

    /** The function that multiplies a derivative by the gradient. */
    public static final String CHAIN_RULE = "chain_rule";

    /** Numbers for which random words are made; as all these, the name of a {@link RowPieces#part}. */
    public static final String BLOCK_LOW = "block_low";
    public static final String BLOCK_HIGH = "block_high";
    /** Random words that are half made. */
    public static final String BEGUN = "begun";
    /** Random words. */
    public static final String WORD = "word";
    /** Numbers of a call: the halves of the number of its first element, for which the random bits are made. */
    public static final String ELEMENT_LOW = "element_low";
    public static final String ELEMENT_HIGH = "element_high";

    private Formulas() {
    }

    /** An element-wise operation on float32; see {@link #elementwise(KernelModule, Operation, Precision, DType)}. */
    public static StraightLine elementwise(KernelModule module, Operation operation) {
        return elementwise(module, operation, Precision.ACCURATE, DType.FLOAT32);
    }

    /** An element-wise operation: inputs x (or y) and dy, parameters those of the function, one output. Inputs and output of a
     * type for storage are its bits as uint.
     *
     * @param module    the float or double program, as the type asks for
     * @param operation the operation
     * @param precision the tier
     * @param type      the type of the elements
     * @throws io.github.axoncl.KernelBuildException if the text does not define the operation for that type */
    public static StraightLine elementwise(KernelModule module, Operation operation, Precision precision, DType type) {
        return map(module, module.definition().signature(operation, precision, type)).line();
    }

    /** The operation of a signature. Outputs are those of the signature.
     *
     * @param module    the float or double program, as the type asks for
     * @param signature what is computed
     * @throws io.github.axoncl.KernelBuildException if the text does not define it */
    public static NamedLine map(KernelModule module, KernelSignature signature) {
        LineBuilder builder = new LineBuilder(module, signature, Map.of(), true);
        String root = root(module, signature);
        Value[] result = builder.call(root);
        if (multiplies(module, signature)) {
            result = builder.call(CHAIN_RULE, builder.element(signature.slots().get(1)), result);
        }
        List<Slot> outputs = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Slot slot : signature.slots()) {
            if (slot.output()) {
                outputs.add(slot);
                names.add(slot.name());
            }
        }
        return builder.line(names, builder.toSlots(root, result, outputs));
    }

    /** The first half of making four random words for each block number, see {@code lib/random.cl}: inputs {@link #BLOCK_LOW}
     * and {@link #BLOCK_HIGH}, outputs {@link #BEGUN}. */
    public static NamedLine randomWordsBegun(KernelModule module, KernelSignature signature) {
        return words(module, signature, "random_words_begun", BEGUN,
                Map.of(BLOCK_LOW, Type.Scalar.UINT, BLOCK_HIGH, Type.Scalar.UINT));
    }

    /** The second half: inputs {@link #BEGUN}, outputs {@link #WORD}. */
    public static NamedLine randomWordsEnded(KernelModule module, KernelSignature signature) {
        String function = "random_words_ended";
        return words(module, signature, function, WORD, Map.of(BEGUN, module.returnType(function)));
    }

    private static NamedLine words(KernelModule module, KernelSignature signature, String function, String output,
                                   Map<String, Type> inputs) {
        LineBuilder builder = new LineBuilder(module, signature, inputs, true);
        Value[] words = builder.call(function);
        return builder.line(IntStream.range(0, words.length).mapToObj(k -> RowPieces.part(output, k)).toList(), words);
    }

    /** Whether a function takes an element first, whatever it is called: those of element-wise operations. */
    public static boolean takesElement(KernelSignature signature, String function) {
        return signature.definition().isElementwise() && OPERATION.matcher(function).matches();
    }

    /** Whether such a function means a number of the call by a name, also where an operand has the same name, unless that stands for
     * the number, as a learned slope does. */
    public static boolean takesNumber(KernelSignature signature, String function, String name) {
        boolean takes = false;
        for (Parameter parameter : signature.definition().parameters()) {
            takes |= parameter.name().equals(name);
        }
        for (Slot slot : signature.slots()) {
            takes &= slot.layout() == Layout.EACH || !slot.name().equals(name);
        }
        return takes && takesElement(signature, function);
    }

    /** The function that a signature calls.
     *
     * @throws io.github.axoncl.KernelBuildException if the text does not define it */
    public static String root(KernelModule module, KernelSignature signature) {
        Operation operation = signature.operation();
        boolean elementwise = signature.definition().isElementwise();
        String root = elementwise && operation == Operation.BACKWARD && module.backward() != null ? module.backward()
                : elementwise ? module.root(operation, signature.precision())
                : module.has(operation.id()) ? operation.id() : null;
        if (root == null) {
            throw module.source().error(0, "the text does not define \"" + operation.id() + "\" for " + signature.type().id());
        }
        return root;
    }

    /** Whether the function gives a derivative that is still to be multiplied by the gradient. */
    public static boolean multiplies(KernelModule module, KernelSignature signature) {
        return signature.definition().isElementwise() && signature.operation().takesGradient()
                && !(signature.operation() == Operation.BACKWARD && module.backward() != null);
    }
}
