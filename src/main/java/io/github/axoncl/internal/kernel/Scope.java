package io.github.axoncl.internal.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names that are known at a place: constants, structs and functions of the whole text, variables of one function. What the
 * library's own texts declare is read when its name is first asked for, because a function needs a few of their hundreds of
 * declarations.
 */
final class Scope {
    /** The most scalars a struct may flatten into. */
    static final int MAX_FIELDS = 16;

    private final Type.Scalar real;
    /** What is known to every text, or null. Shared with other scopes. */
    private final Scope library;
    /** Files of the library that no name was looked for in yet. */
    private final Deque<String> unopened = new ArrayDeque<>();
    private final List<SourceText> texts = new ArrayList<>();
    private final Map<String, Outline.Piece> unread = new LinkedHashMap<>();
    private final Map<String, Declaration> declarations = new LinkedHashMap<>();
    private final Map<String, Expression.Literal> constants = new HashMap<>();
    private final Map<String, Type.Struct> structs = new HashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private Map<String, Variable> variables = new HashMap<>();
    private Set<String> uses = new LinkedHashSet<>();

    /** An empty scope.
     *
     * @param real what the type {@code real} stands for: float or double */
    Scope(Type.Scalar real) {
        this.real = real;
        this.library = null;
    }

    /** A scope that begins with the global names of another. */
    Scope(Scope library) {
        this.real = library.real;
        this.library = library;
    }

    /** The scope of the library's files. */
    static Scope ofLibrary(Type.Scalar real) {
        Scope scope = new Scope(real);
        for (String file : KernelLibrary.LANGUAGE) {
            scope.unopened.add(file);
        }
        return scope;
    }

    /** Reads a text.
     *
     * @param own whether it is one of the library's own, which are legal: they are read piece by piece, when there is need */
    synchronized void add(SourceText text, boolean own) {
        texts.add(text);
        if (own) {
            unread.putAll(Outline.of(text));
        } else {
            Parser.parse(text, this);
        }
    }

    /** Reads what has not been read. */
    synchronized void readAll() {
        while (!unopened.isEmpty()) {
            open(unopened.remove());
        }
        for (String name : List.copyOf(unread.keySet())) {
            read(name);
        }
    }

    private void open(String file) {
        add(new SourceText(KernelLibrary.sourceName(file), KernelLibrary.text(file)), true);
    }

    /** Opens files of the library until a name is found. */
    private void find(String name) {
        while (!unopened.isEmpty() && !declarations.containsKey(name) && !unread.containsKey(name)) {
            open(unopened.remove());
        }
    }

    /** Reads a declaration that was passed over; another one may be begun at the moment. */
    private void read(String name) {
        find(name);
        Outline.Piece piece = unread.remove(name);
        if (piece != null) {
            Map<String, Variable> begunVariables = variables;
            Set<String> begunUses = uses;
            variables = new HashMap<>();
            uses = new LinkedHashSet<>();
            try {
                Parser.parse(piece, this);
            } finally {
                variables = begunVariables;
                uses = begunUses;
            }
        }
    }

    /** The scalar type of a name, or null. */
    Type.Scalar scalar(String name) {
        return name.equals("real") ? real : Names.TYPES.get(name);
    }

    Type.Scalar real() {
        return real;
    }

    /** Notes that the present declaration refers to another one. */
    void use(String name) {
        uses.add(name);
    }

    /** Ends the present declaration. */
    void declared(String name, SourceText source, int start, int end) {
        declarations.put(name, new Declaration(source, start, end, Set.copyOf(uses)));
        uses = new LinkedHashSet<>();
    }

    /** A declaration, or null. */
    synchronized Declaration declaration(String name) {
        read(name);
        Declaration own = declarations.get(name);
        return own != null || library == null ? own : library.declaration(name);
    }

    /** The names that one of the texts declares. */
    synchronized List<String> declaredBy(SourceText source) {
        readAll();
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Declaration> entry : declarations.entrySet()) {
            if (entry.getValue().source() == source) {
                names.add(entry.getKey());
            }
        }
        return names;
    }

    /** Which of the texts this is, in their order. */
    synchronized int number(SourceText source) {
        int number = 0;
        while (number < texts.size() && texts.get(number) != source) {
            number++;
        }
        return library == null ? number : number < texts.size() ? KernelLibrary.LANGUAGE.size() + number
                : library.number(source);
    }

    /** A constant, or null. */
    synchronized Expression.Literal constant(String name) {
        read(name);
        Expression.Literal own = constants.get(name);
        return own != null || library == null ? own : library.constant(name);
    }

    /** A struct, or null. */
    synchronized Type.Struct struct(String name) {
        read(name);
        Type.Struct own = structs.get(name);
        return own != null || library == null ? own : library.struct(name);
    }

    /** A function that is not the library's, or null. */
    synchronized Function ownFunction(String name) {
        read(name);
        return functions.get(name);
    }

    /** A function, or null. */
    synchronized Function function(String name) {
        read(name);
        Function own = functions.get(name);
        return own != null || library == null ? own : library.function(name);
    }

    void add(String name, Expression.Literal constant) {
        constants.put(name, constant);
    }

    void add(Type.Struct struct) {
        structs.put(struct.text(), struct);
    }

    void add(Function function) {
        functions.put(function.name(), function);
    }

    /** Whether a constant or a struct has a name. */
    synchronized boolean isConstantOrStruct(String name) {
        find(name);
        Outline.Piece piece = unread.get(name);
        return constants.containsKey(name) || structs.containsKey(name)
                || piece != null && piece.kind() != Outline.Kind.FUNCTION || library != null
                        && library.isConstantOrStruct(name);
    }

    /** Whether a constant, a struct or a function has a name. */
    synchronized boolean isGlobal(String name) {
        return isConstantOrStruct(name) || functions.containsKey(name) || unread.containsKey(name)
                || library != null && library.isGlobal(name);
    }

    void enter() {
        variables.clear();
    }

    void leave() {
        variables.clear();
    }

    void declare(Variable variable) {
        variables.put(variable.name(), variable);
    }

    boolean isLocal(String name) {
        return variables.containsKey(name);
    }

    Variable variable(String name) {
        return variables.get(name);
    }
}
