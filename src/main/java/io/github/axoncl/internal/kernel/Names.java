package io.github.axoncl.internal.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words with a meaning of their own: types, intrinsics, and OpenCL's own names, which kernel text must not define. */
final class Names {
    static final Map<String, Type.Scalar> TYPES = Map.of("float", Type.Scalar.FLOAT, "double", Type.Scalar.DOUBLE,
            "int", Type.Scalar.INT, "uint", Type.Scalar.UINT, "long", Type.Scalar.LONG, "ulong", Type.Scalar.ULONG,
            "bool", Type.Scalar.BOOL);

    /** Functions of the language itself, by name: the type they give where the name says it. */
    static final Map<String, Type.Scalar> BITCASTS = Map.of("as_float", Type.Scalar.FLOAT, "as_int", Type.Scalar.INT,
            "as_uint", Type.Scalar.UINT, "as_double", Type.Scalar.DOUBLE, "as_long", Type.Scalar.LONG,
            "as_ulong", Type.Scalar.ULONG);

    static final Set<String> INTRINSICS = Set.of("fma", "reciprocal", "mul_hi", "as_float", "as_int", "as_uint", "as_double",
            "as_long", "as_ulong");

    /** Keywords of C, its preprocessor and OpenCL C, and macros of its headers. */
    private static final Set<String> KEYWORDS = Set.of("auto", "break", "case", "char", "const", "continue", "default", "do",
            "else", "enum", "extern", "for", "goto", "if", "inline", "register", "restrict", "return", "short", "signed",
            "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "half",
            "uchar", "ushort", "quad", "complex", "kernel", "global", "local", "constant", "private", "generic", "read_only",
            "write_only", "read_write", "uniform", "pipe", "size_t", "ptrdiff_t", "intptr_t", "uintptr_t", "true", "false",
            "event_t", "sampler_t", "real", "defined", "NAN", "INFINITY");

    /** Built-in functions of OpenCL: not correctly rounded, or undefined for NaN, or not functions of one element. */
    private static final Set<String> BUILT_IN = Set.of("acos", "acosh", "asin", "asinh", "atan", "atan2", "atanh", "cbrt",
            "ceil", "copysign", "cos", "cosh", "erf", "erfc", "exp", "exp2", "exp10", "expm1", "fabs", "fdim", "floor", "fmax",
            "fmin", "fmod", "fract", "frexp", "hypot", "ilogb", "ldexp", "lgamma", "log", "log2", "log10", "log1p", "logb",
            "mad", "modf", "nan", "nextafter", "pow", "pown", "powr", "remainder", "remquo", "rint", "rootn", "round", "rsqrt",
            "sin", "sincos", "sinh", "sqrt", "tan", "tanh", "tgamma", "trunc", "abs", "abs_diff", "add_sat", "hadd", "clz",
            "ctz", "mad_hi", "max", "min", "clamp", "rotate", "sub_sat", "upsample", "popcount", "mad24", "mul24", "degrees",
            "mix", "radians", "step", "smoothstep", "sign", "cross", "dot", "distance", "length", "normalize", "isequal",
            "isnan", "isinf", "isfinite", "isnormal", "signbit", "any", "all", "bitselect", "select", "barrier", "printf",
            "prefetch", "shuffle", "shuffle2", "divide", "recip", "maxmag", "minmag", "acospi", "asinpi", "atanpi", "atan2pi",
            "cospi", "sinpi", "tanpi", "lgamma_r", "isless", "islessequal", "isgreater", "isgreaterequal", "islessgreater",
            "isnotequal", "isordered", "isunordered", "mad_sat", "fast_length", "fast_distance", "fast_normalize", "mem_fence",
            "read_mem_fence", "write_mem_fence", "wait_group_events", "vec_step");
    private static final List<String> BUILT_IN_PREFIXES = List.of("native_", "half_", "convert_", "get_", "atomic_", "atom_",
            "work_group_", "sub_group_", "async_work_group_", "vload", "vstore", "as_", "read_image", "write_image");

    /** Begins the names of variables in derived functions. */
    static final String DERIVED_PREFIX = "derived_";

    /** What the names of vector types begin with, and what they end with. */
    private static final Set<String> VECTORS = Set.of("char", "uchar", "short", "ushort", "int", "uint", "long", "ulong",
            "half", "float", "double");
    private static final Set<String> WIDTHS = Set.of("2", "3", "4", "8", "16");

    /** What stands before the first underscore of the macros of OpenCL's headers, and of the names of AxonCL's device text. */
    private static final Set<String> PREFIXES = Set.of("FLT", "DBL", "HALF", "CHAR", "UCHAR", "SCHAR", "SHRT", "USHRT", "INT",
            "UINT", "LONG", "ULONG", "M", "CL", "CLK", "HAS", "run");
    private static final Set<String> MACROS = Set.of("MAXFLOAT", "HUGE_VAL", "HUGE_VALF");

    private Names() {
    }

    static boolean isKeyword(String name) {
        return KEYWORDS.contains(name) || TYPES.containsKey(name) || name.startsWith("__") || isReserved(name);
    }

    private static boolean isReserved(String name) {
        int underscore = name.indexOf('_');
        int digits = name.length();
        while (digits > 0 && name.charAt(digits - 1) <= '9') {
            digits--;
        }
        return underscore > 0 && underscore < name.length() - 1 && PREFIXES.contains(name.substring(0, underscore))
                || digits < name.length() && WIDTHS.contains(name.substring(digits))
                && VECTORS.contains(name.substring(0, digits))
                || MACROS.contains(name) || name.startsWith("image") && name.endsWith("_t");
    }

    static boolean isBuiltIn(String name) {
        boolean builtIn = BUILT_IN.contains(name);
        for (String prefix : BUILT_IN_PREFIXES) {
            builtIn |= name.startsWith(prefix);
        }
        return builtIn;
    }
}
