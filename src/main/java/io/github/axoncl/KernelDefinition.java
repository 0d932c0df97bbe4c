package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The kernel text of a function and its declared parameters. Compared by identity: it is the key under which backends keep what
 * they compiled.
 *
 * <p><b>Threads.</b> Immutable; may be shared by any threads. <b>Errors.</b> What is wrong with the text is a
 * {@link KernelBuildException} when it is first compiled, with file, line and column; parameter values are checked where a
 * function is made of the definition.
 */
public final class KernelDefinition {
    private static final int PRECISIONS = Precision.values().length;
    private static final int TYPES = DType.values().length;

    private final String id;
    private final String sourceName;
    private final List<Parameter> parameters;
    private final boolean elementwise;
    private final List<KernelDefinition> used;
    /** Those of element-wise operations, so that a call need not make one. */
    private final AtomicReferenceArray<KernelSignature> signatures = new AtomicReferenceArray<>(
            Operation.values().length * PRECISIONS * TYPES);
    /** The slots and signatures of all other operations that were asked for, few: a call need not make them either. */
    private volatile List<Slot> knownSlots = List.of();
    private volatile List<KernelSignature> knownSignatures = List.of();
    /** What was made of this function and others, so that one composition is one definition. */
    private final ConcurrentMap<Object, KernelDefinition> compositions = new ConcurrentHashMap<>();
    private final boolean builtIn;
    private volatile String source;
    private volatile Traits traits;

    /** What the text has besides the accurate functions of the input, in float. */
    private record Traits(boolean fromOutput, boolean fast, boolean wide) {
        private static final Pattern FROM_OUTPUT = Pattern.compile("\\bderivative_from_output(64)?\\s*\\(");
        private static final Pattern FAST = Pattern.compile("\\b(forward|derivative)(_[a-z]+)?_fast\\s*\\(");
        private static final Pattern WIDE = Pattern.compile("\\bforward64\\s*\\(|\\breal\\s+forward\\s*\\(");

        static Traits of(String text) {
            return new Traits(FROM_OUTPUT.matcher(text).find(), FAST.matcher(text).find(), WIDE.matcher(text).find());
        }
    }

    /** A definition of an element-wise function whose text is given. */
    KernelDefinition(String id, String sourceName, String source, List<Parameter> parameters) {
        this(id, sourceName, source, parameters, true, List.of());
    }

    private KernelDefinition(String id, String sourceName, String source, List<Parameter> parameters, boolean elementwise,
                             List<KernelDefinition> used) {
        this.elementwise = elementwise;
        this.used = List.copyOf(used);
        this.id = Objects.requireNonNull(id, "id");
        this.sourceName = Objects.requireNonNull(sourceName, "sourceName");
        this.parameters = List.copyOf(parameters);
        this.source = source;
        this.builtIn = source == null;
    }

    /** A definition whose functions take what they need by name and whose text is given. */
    static KernelDefinition ofPieces(String id, String sourceName, String source, List<Parameter> parameters) {
        return new KernelDefinition(id, sourceName, source, parameters, false, List.of());
    }

    /** A composition of this function with others: the known one, or a new one. */
    KernelDefinition composition(Object key, Function<Object, KernelDefinition> compose) {
        return compositions.computeIfAbsent(key, compose);
    }

    /** A definition whose text is {@code kernels/<id>.cl} of this library, read when it is first needed. */
    static KernelDefinition builtIn(String id, List<Parameter> parameters) {
        return new KernelDefinition(id, "kernels/" + id + ".cl", null, parameters, true, List.of());
    }

    /** A definition like that whose functions do not take one element and the parameters, but what they need, by name. */
    static KernelDefinition ofPieces(String id, List<Parameter> parameters) {
        return ofPieces(id, parameters, List.of());
    }

    /** A definition like that whose text may call the functions of element-wise definitions, see {@link #used}. */
    static KernelDefinition ofPieces(String id, List<Parameter> parameters, List<KernelDefinition> used) {
        return new KernelDefinition(id, "kernels/" + id + ".cl", null, parameters, false, used);
    }

    /** The element-wise functions that the text calls by their names behind an operation: {@code forward_of_gelu},
     * {@code derivative_of_gelu}.
     *
     * @return their definitions, an unmodifiable list, empty for most functions */
    public List<KernelDefinition> used() {
        return used;
    }

    /** Whether the text's functions take one element and the parameters.
     *
     * @return false for functions made of pieces */
    public boolean isElementwise() {
        return elementwise;
    }

    /** Whether the text is a file of this library.
     *
     * @return false for texts that were given or put together */
    public boolean isBuiltIn() {
        return builtIn;
    }

    /** What an element-wise operation is compiled for; for backends.
     *
     * @param operation the operation
     * @param precision the tier
     * @param type      the type of the elements
     * @return the signature, always the same */
    public KernelSignature signature(Operation operation, Precision precision, DType type) {
        int index = (operation.ordinal() * PRECISIONS + precision.ordinal()) * TYPES + type.ordinal();
        KernelSignature known = signatures.get(index);
        if (known == null) {
            List<Slot> slots = new ArrayList<>();
            slots.add(new Slot(operation == Operation.BACKWARD_FROM_OUTPUT ? "y" : "x", 0, Layout.EACH, 0, 1, type, false));
            if (operation.takesGradient()) {
                slots.add(new Slot("dy", 1, Layout.EACH, 0, 1, type, false));
            }
            slots.add(new Slot(operation == Operation.FORWARD ? "y" : "dx", slots.size(), Layout.EACH, 0, 1, type, true));
            known = new KernelSignature(this, precision, operation, Form.MAP, slots, List.of(), Map.of());
            signatures.compareAndSet(index, null, known);
            known = signatures.get(index);
        }
        return known;
    }

    /** A slot with these facts. */
    Slot slot(String name, int operand, Layout layout, int part, int parts, DType type, boolean output) {
        List<Slot> known = knownSlots;
        for (int i = 0; i < known.size(); i++) {
            Slot slot = known.get(i);
            if (slot.operand() == operand && slot.layout() == layout && slot.part() == part && slot.parts() == parts
                    && slot.type() == type && slot.output() == output && slot.name().equals(name)) {
                return slot;
            }
        }
        Slot made = new Slot(name, operand, layout, part, parts, type, output);
        synchronized (this) {
            knownSlots = with(knownSlots, made);
        }
        return made;
    }

    /** The signature with these facts.
     *
     * @param constantValues the values of the constants, perhaps followed by others */
    KernelSignature signature(Precision precision, Operation operation, Form form, List<Slot> slots, List<String> scalars,
                              List<String> constants, int... constantValues) {
        List<KernelSignature> known = knownSignatures;
        for (int i = 0; i < known.size(); i++) {
            KernelSignature signature = known.get(i);
            if (signature.precision() == precision && signature.operation() == operation && signature.form() == form
                    && areEqual(signature.slots(), slots) && areEqual(signature.scalars(), scalars)
                    && areEqual(signature.constants(), constants, constantValues)) {
                return signature;
            }
        }
        Map<String, Integer> map = new HashMap<>();
        for (int i = 0; i < constants.size(); i++) {
            map.put(constants.get(i), constantValues[i]);
        }
        KernelSignature made = new KernelSignature(this, precision, operation, form, slots, scalars, map);
        synchronized (this) {
            knownSignatures = with(knownSignatures, made);
        }
        return made;
    }

    private static <T> List<T> with(List<T> list, T one) {
        List<T> more = new ArrayList<>(list);
        more.add(one);
        return more;
    }

    /** As {@link List#equals}, without an iterator. */
    private static boolean areEqual(List<?> a, List<?> b) {
        boolean equal = a.size() == b.size();
        for (int i = 0; i < a.size() && equal; i++) {
            equal = a.get(i).equals(b.get(i));
        }
        return equal;
    }

    private static boolean areEqual(Map<String, Integer> map, List<String> names, int... values) {
        boolean equal = map.size() == names.size();
        for (int i = 0; i < names.size() && equal; i++) {
            Integer value = map.get(names.get(i));
            equal = value != null && value == values[i];
        }
        return equal;
    }

    /** The lower case name.
     *
     * @return for example {@code gelu} */
    public String id() {
        return id;
    }

    /** The name under which compilers report errors in the text.
     *
     * @return for example {@code kernels/gelu.cl} */
    public String sourceName() {
        return sourceName;
    }

    /** The parameters in the order in which the kernel text takes them.
     *
     * @return an unmodifiable list, empty for most functions */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The kernel text, as it is compiled on every backend.
     *
     * @return the whole text of the file
     * @throws KernelBuildException if the library's jar does not have the file */
    public String source() {
        String text = source;
        if (text == null) {
            text = read(sourceName);
            source = text;
        }
        return text;
    }

    /** Whether the text gives the derivative from the function's own output.
     *
     * @return true if {@link Backend#backwardFromOutput} takes this function */
    public boolean hasDerivativeFromOutput() {
        return traits().fromOutput();
    }

    /** Whether the text has a form with fewer operations.
     *
     * @return true if {@link ActivationFunction#fast()} gives another function */
    public boolean hasFast() {
        return traits().fast();
    }

    /** Whether elements may be of a type: the text of a function must define it for {@link DType#FLOAT64}; AxonCL's own all do.
     *
     * @param type the type
     * @return true if operations take operands of that type */
    public boolean supports(DType type) {
        return type != DType.FLOAT64 || traits().wide();
    }

    private Traits traits() {
        Traits known = traits;
        if (known == null) {
            known = Traits.of(source());
            traits = known;
        }
        return known;
    }

    private static String read(String sourceName) {
        try (InputStream in = KernelDefinition.class.getResourceAsStream(sourceName)) {
            if (in == null) {
                throw new KernelBuildException(sourceName + " is missing from the library's jar", "");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(sourceName, e);
        }
    }

    /** The values that a function has for the parameters. */
    double[] arguments(KernelFunction function) {
        double[] values = new double[parameters.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = function.argument(i);
        }
        return values;
    }

    double[] checkArguments(double... values) {
        Objects.requireNonNull(values, "values");
        if (values.length != parameters.size()) {
            throw new IllegalArgumentException(id + " takes " + parameters.size() + " parameters "
                    + parameters.stream().map(Parameter::name).toList() + ", but " + values.length + " values were given");
        }
        double[] checked = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            checked[i] = parameters.get(i).check(id, values[i]);
        }
        checkOrder(checked);
        return checked;
    }

    /** The rules between parameters: {@link Parameter#notAbove}. */
    private void checkOrder(double... values) {
        for (int i = 0; i < values.length; i++) {
            String above = parameters.get(i).notAbove();
            for (int j = 0; j < values.length; j++) {
                if (parameters.get(j).name().equals(above) && values[i] > values[j]) {
                    throw new IllegalArgumentException(id + ": parameter " + parameters.get(i).name() + " = " + values[i]
                            + " exceeds " + above + " = " + values[j] + "; " + parameters.get(i).name() + " <= " + above
                            + " must hold");
                }
            }
        }
    }

    String describe(KernelFunction function) {
        String name = function.precision() == Precision.FAST ? "fast " + id : id;
        if (parameters.isEmpty()) {
            return name;
        }
        StringBuilder text = new StringBuilder(name).append('(');
        for (int i = 0; i < parameters.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(parameters.get(i).name()).append('=')
                    .append(Parameter.text(function.argument(i)));
        }
        return text.append(')').toString();
    }

    @Override
    public String toString() {
        return sourceName;
    }
}
