package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/** A type of the kernel language: a scalar or a small struct. */
public sealed interface Type permits Type.Scalar, Type.Struct {

    /** The scalars this type is flattened into, in order. */
    List<Scalar> scalars();

    /** The name in kernel text. */
    String text();

    /** A scalar type, with OpenCL's name and meaning. */
    enum Scalar implements Type {
        /** binary32. */
        FLOAT,
        /** binary64. */
        DOUBLE,
        /** 32 bits, signed. */
        INT,
        /** 32 bits, unsigned. */
        UINT,
        /** 64 bits, signed. */
        LONG,
        /** 64 bits, unsigned. */
        ULONG,
        /** The result of a comparison. */
        BOOL;

        boolean isReal() {
            return this == FLOAT || this == DOUBLE;
        }

        boolean isInteger() {
            return this == INT || this == UINT || this == LONG || this == ULONG;
        }

        /** Whether shifts, comparisons and high products are unsigned. */
        public boolean isUnsigned() {
            return this == UINT || this == ULONG;
        }

        /** Whether the type takes 64 bits. */
        public boolean isWide() {
            return this == DOUBLE || this == LONG || this == ULONG;
        }

        @Override
        public List<Scalar> scalars() {
            return List.of(this);
        }

        @Override
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A struct; equal only to itself, as in C. */
    final class Struct implements Type {
        private final String name;
        private final List<String> names = new ArrayList<>();
        private final List<Type> types = new ArrayList<>();

        Struct(String name) {
            this.name = name;
        }

        void add(String fieldName, Type type) {
            names.add(fieldName);
            types.add(type);
        }

        int indexOf(String fieldName) {
            return names.indexOf(fieldName);
        }

        List<Type> fields() {
            return types;
        }

        /** The place of a field's first scalar among all scalars. */
        int offsetOf(int field) {
            int offset = 0;
            for (int i = 0; i < field; i++) {
                offset += types.get(i).scalars().size();
            }
            return offset;
        }

        @Override
        public List<Scalar> scalars() {
            List<Scalar> scalars = new ArrayList<>();
            for (Type type : types) {
                scalars.addAll(type.scalars());
            }
            return scalars;
        }

        @Override
        public String text() {
            return name;
        }
    }
}
