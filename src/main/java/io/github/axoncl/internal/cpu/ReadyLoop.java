package io.github.axoncl.internal.cpu;

import io.github.axoncl.DType;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Precision;

/**
 * A scalar loop that {@link ReadyLoopWriter} made of the kernel text when the library was built: a first call need not read the
 * text. Its operands are the slots of its signature and its uniforms the parameters, both in their order.
 */
interface ReadyLoop extends Loop {
    /** Begins the simple names of these classes. */
    String PREFIX = "Ready_";

    /** How many operations are done for every element. */
    int operations();

    /** The loop of a signature. There is none for types other than float32 and for functions that are not element-wise or not
     * the library's own, nor where the library was built without that step.
     *
     * @return a new one, or null */
    static ReadyLoop of(KernelSignature signature) {
        // Without the instruction for the fused multiply-add, another form of the loop is a thousand times faster.
        if (!mayHaveOne(signature) || !Fma.HARDWARE) {
            return null;
        }
        try {
            return (ReadyLoop) Class.forName(className(signature)).getDeclaredConstructor().newInstance();
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a loop of the library could not be made", e);
        }
    }

    private static boolean mayHaveOne(KernelSignature signature) {
        KernelDefinition definition = signature.definition();
        return definition.isBuiltIn() && definition.isElementwise()
                && signature == definition.signature(signature.operation(), signature.precision(), DType.FLOAT32);
    }

    /** The name of the class of a signature's loop. */
    static String className(KernelSignature signature) {
        String name = ReadyLoop.class.getPackageName() + "." + PREFIX + signature.definition().id() + "_"
                + signature.operation().id();
        return signature.precision() == Precision.ACCURATE ? name : name + "_" + signature.precision().id();
    }
}
