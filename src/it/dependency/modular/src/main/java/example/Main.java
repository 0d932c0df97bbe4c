package example;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;

import java.util.Arrays;

/** Fails unless the library works as a module whose one reader requires nothing else. */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) {
        check("io.github.axoncl".equals(Backend.class.getModule().getName()), "the library is a module");
        check(ModuleLayer.boot().findModule("org.slf4j").isEmpty(), "slf4j is none");
        float[] y = new float[3];
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("auto"))) {
            backend.forward(Activation.RELU, new float[] {-1, 0, 2}, y);
            String reason = backend.info().reason();
            check(!reason.contains("ClassDef"), reason);
            System.out.println("computed on " + backend.info().device() + ": " + reason);
        }
        check(Arrays.equals(y, new float[] {0, 0, 2}), Arrays.toString(y));
        Backends.devices();
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
