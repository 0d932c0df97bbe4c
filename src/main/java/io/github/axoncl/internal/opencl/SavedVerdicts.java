package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.kernel.KernelLibrary;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What smoke tests came to, kept in the user's cache, because building their programs is most of a start. Only devices that
 * were accepted: one that failed is tested again. A verdict holds for the same device, driver, environment and texts, and for a
 * week, since a driver's own libraries may change without its version.
 */
final class SavedVerdicts {
    private static final String KIND = "device";
    private static final long LONGEST = TimeUnit.DAYS.toMillis(7);

    /** Null if nothing is kept. */
    private final UserCache cache;

    SavedVerdicts(UserCache cache) {
        this.cache = cache;
    }

    /** A device as it was tested; null if that is not known. */
    Device recall(Device queried) {
        if (cache == null) {
            return null;
        }
        try {
            List<String> lines = cache.read(KIND, key(queried)).orElse(List.of());
            if (lines.size() != 4) {
                return null;
            }
            long age = System.currentTimeMillis() - Long.parseLong(lines.get(0));
            boolean fp64 = Boolean.parseBoolean(lines.get(2));
            return age < 0 || age > LONGEST ? null
                    : queried.with(fp64 && queried.info().fp64(), true, Boolean.parseBoolean(lines.get(1)), lines.get(3));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Keeps what was found out, if the device was accepted. */
    void keep(Device queried, Device tested) {
        DeviceInfo info = tested.info();
        if (cache != null && info.accepted()) {
            cache.write(KIND, key(queried), List.of(Long.toString(System.currentTimeMillis()),
                    Boolean.toString(info.bitExact()),
                    Boolean.toString(info.fp64()), info.verdict().lines().findFirst().orElse("")));
        }
    }

    private static String key(Device device) {
        StringBuilder texts = new StringBuilder(SmokeProbes.texts(device)).append(SmokeProbes.tilings(device.form()));
        KernelLibrary.LANGUAGE.forEach(name -> texts.append(KernelLibrary.text(name)));
        texts.append(KernelLibrary.text("smoke"));
        ProgramText.MOVEMENTS.forEach(name -> texts.append(KernelLibrary.text(name)));
        return key(device, texts.toString());
    }

    /** All that what was found out about a device depends on: itself, its driver, the environment and the texts it compiled. */
    static String key(Device device, String texts) {
        DeviceInfo info = device.info();
        return String.join("; ", info.name(), info.platform(), info.driver(), info.version(), info.type(),
                info.computeUnits() + " compute units", "double " + info.fp64(), "form " + device.form(),
                System.getProperty("os.arch"), "texts " + texts.length() + " " + texts.hashCode(), environment().toString());
    }

    /** What may change how a driver compiles: the variables of PoCL, rusticl, the ICD loader and others have such names. */
    private static Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
            if (variable.getKey().contains("CL_") && !variable.getKey().contains("CACHE")) {
                variables.put(variable.getKey(), variable.getValue());
            }
        }
        return variables;
    }
}
