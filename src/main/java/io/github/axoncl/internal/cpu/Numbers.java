package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Parameter;

import java.util.ArrayList;
import java.util.List;

/** Which of a call's numbers goes to which name of a {@link Frame}. */
final class Numbers {
    private final int[] names;
    private final int[] values;

    Numbers(KernelSignature signature, List<String> known) {
        List<String> all = new ArrayList<>(signature.definition().parameters().stream().map(Parameter::name).toList());
        all.addAll(signature.scalars());
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (known.contains(all.get(i))) {
                used.add(i);
            }
        }
        values = used.stream().mapToInt(i -> i).toArray();
        names = used.stream().mapToInt(i -> known.indexOf(all.get(i))).toArray();
    }

    void put(KernelCall call, Frame frame) {
        for (int i = 0; i < names.length; i++) {
            frame.uniforms[names[i]] = call.value(values[i]);
        }
    }
}
