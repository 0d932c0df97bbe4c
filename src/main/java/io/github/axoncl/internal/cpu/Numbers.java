package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Parameter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Which of a call's numbers goes to which name of a {@link Frame}. */
final class Numbers {
    private final int[] names;
    private final int[] values;

    Numbers(KernelSignature signature, List<String> known) {
        List<String> all = new ArrayList<>();
        for (Parameter parameter : signature.definition().parameters()) {
            all.add(parameter.name());
        }
        all.addAll(signature.scalars());
        int[] numbers = new int[all.size()];
        int[] places = new int[all.size()];
        int used = 0;
        for (int i = 0; i < all.size(); i++) {
            int place = known.indexOf(all.get(i));
            if (place >= 0) {
                numbers[used] = i;
                places[used++] = place;
            }
        }
        values = Arrays.copyOf(numbers, used);
        names = Arrays.copyOf(places, used);
    }

    void put(KernelCall call, Frame frame) {
        for (int i = 0; i < names.length; i++) {
            frame.uniforms[names[i]] = call.value(values[i]);
        }
    }
}
