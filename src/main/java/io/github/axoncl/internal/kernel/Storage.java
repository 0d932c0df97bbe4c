package io.github.axoncl.internal.kernel;

import io.github.axoncl.DType;

/** The types that elements are only kept in, and the functions of {@code lib/storage.cl} that convert them. */
public final class Storage {
    private Storage() {
    }

    /** Whether functions are computed in another type than this one. */
    public static boolean isFor(DType type) {
        return type == DType.FLOAT16 || type == DType.BFLOAT16;
    }

    /** The type that functions of such elements are computed in. */
    public static Type.Scalar computing(DType type) {
        return type == DType.FLOAT64 ? Type.Scalar.DOUBLE : Type.Scalar.FLOAT;
    }

    /** The function from the bits of an element to its number. */
    public static String reader(DType type) {
        return "from_" + type.id();
    }

    /** The function from a number to the bits of the nearest element. */
    public static String writer(DType type) {
        return "to_" + type.id();
    }

    /** What an element is before it is converted: the bits of those that are only kept are the low ones of a uint. */
    public static Type.Scalar element(DType type) {
        return switch (type) {
            case FLOAT32 -> Type.Scalar.FLOAT;
            case FLOAT64 -> Type.Scalar.DOUBLE;
            case INT32 -> Type.Scalar.INT;
            case FLOAT16, BFLOAT16, UINT8 -> Type.Scalar.UINT;
        };
    }
}
