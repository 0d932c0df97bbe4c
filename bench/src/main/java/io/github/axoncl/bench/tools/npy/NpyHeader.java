package io.github.axoncl.bench.tools.npy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The header of an array in C order: what its dictionary may say, and the bytes that NumPy writes for a shape.
 *
 * @param type  the type of the elements
 * @param shape the extents; empty for a single number
 */
public record NpyHeader(NpyType type, List<Long> shape) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Set<String> KEYS = Set.of("descr", "fortran_order", "shape");
    private static final int ALIGNMENT = 64;
    /** NumPy leaves room for so many digits of the first extent, so that a growing array can be described in place. */
    private static final int GROWTH_DIGITS = 21;
    private static final int LONGEST_VERSION_1 = 65_535;

    /** Keeps an unmodifiable copy. */
    public NpyHeader {
        shape = List.copyOf(shape);
    }

    /** The header of a float32 array.
     *
     * @param shape the extents */
    public NpyHeader(List<Long> shape) {
        this(NpyType.FLOAT32, shape);
    }

    /** The header that a dictionary describes; its type must be one of some. */
    static NpyHeader of(String dictionary, NpyType... types) {
        Map<String, Object> entries = PythonLiteral.dictionary(dictionary);
        if (!entries.keySet().equals(KEYS)) {
            throw new NpyException("the keys must be 'descr', 'fortran_order' and 'shape', found "
                    + new TreeSet<>(entries.keySet()).stream().map(NpyException::show).toList());
        }
        NpyType type = type(entries.get("descr"), types);
        Object order = entries.get("fortran_order");
        if (!(order instanceof Boolean fortran)) {
            throw new NpyException("'fortran_order' is " + NpyException.show(order) + ", not True or False");
        }
        if (fortran) {
            throw new NpyException("the array is in Fortran order; only C order is supported (numpy.ascontiguousarray)");
        }
        return new NpyHeader(type, shape(entries.get("shape"), type));
    }

    private static NpyType type(Object descr, NpyType... types) {
        for (NpyType type : types) {
            if (type.descr().equals(descr)) {
                return type;
            }
        }
        String supported = Arrays.stream(types).map(NpyType::toString).collect(Collectors.joining(" or "));
        throw new NpyException("the data type is " + NpyException.show(descr) + titled(descr) + "; only " + supported
                + " is supported here (numpy.ndarray.astype)");
    }

    private static List<Long> shape(Object value, NpyType type) {
        if (!(value instanceof List<?> extents)) {
            throw new NpyException("'shape' is " + NpyException.show(value) + ", not a tuple");
        }
        NpyHeader header = new NpyHeader(type, extents.stream().map(Long.class::cast).toList());
        header.bytes();
        return header.shape;
    }

    private static String titled(Object type) {
        if (!(type instanceof String text)) {
            return "";
        }
        String name = switch (text.isEmpty() ? "" : text.substring(1)) {
            case "f2" -> "float16";
            case "f4" -> "float32";
            case "f8" -> "float64";
            case "i4" -> "int32";
            case "i8" -> "int64";
            case "u1" -> "uint8";
            case "b1" -> "bool";
            case "O" -> "Python objects";
            default -> "";
        };
        String order = text.startsWith(">") ? "big endian" : "";
        return name.isEmpty() && order.isEmpty() ? ""
                : " (" + name + (name.isEmpty() || order.isEmpty() ? "" : ", ") + order + ")";
    }

    /** The number of elements: the product of the extents, 1 for none.
     *
     * @return the number */
    public long elements() {
        return bytes() / type.bytes();
    }

    /** The size of the data. */
    long bytes() {
        if (shape.contains(0L)) {
            return 0;
        }
        try {
            long bytes = type.bytes();
            for (long extent : shape) {
                bytes = Math.multiplyExact(bytes, extent);
            }
            return bytes;
        } catch (ArithmeticException e) {
            throw new NpyException("'shape' is " + shape + ": more than 2^63 - 1 bytes");
        }
    }

    /** What stands before the data, as NumPy writes it: magic, version, dictionary, padding. */
    byte[] encoded() {
        String tuple = shape.stream().map(String::valueOf)
                .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
        StringBuilder text = new StringBuilder("{'descr': '").append(type.descr())
                .append("', 'fortran_order': False, 'shape': ").append(tuple)
                .append(", }");
        if (!shape.isEmpty()) {
            text.append(" ".repeat(GROWTH_DIGITS - shape.get(0).toString().length()));
        }
        boolean second = text.length() + ALIGNMENT + 1 > LONGEST_VERSION_1;
        int lengthBytes = second ? 4 : 2;
        int used = MAGIC.length + 2 + lengthBytes + text.length() + 1;
        text.append(" ".repeat(ALIGNMENT - used % ALIGNMENT)).append('\n');

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(MAGIC);
        bytes.write(second ? 2 : 1);
        bytes.write(0);
        for (int i = 0; i < lengthBytes; i++) {
            bytes.write(text.length() >> 8 * i);
        }
        bytes.writeBytes(text.toString().getBytes(StandardCharsets.US_ASCII));
        return bytes.toByteArray();
    }

    @Override
    public String toString() {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
