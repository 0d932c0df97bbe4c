package io.github.axoncl.internal.auto;

import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.internal.cache.UserCache;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The measured costs as text in the user's cache: a line for each class and kind of memory. */
final class SavedCosts {
    private static final String KIND = "costs";
    private static final int NUMBERS = 12;

    private final UserCache cache;
    private final String key;

    SavedCosts(UserCache cache, String key) {
        this.cache = cache;
        this.key = key;
    }

    /** All that measured costs depend on.
     *
     * @param device   the device with its driver
     * @param cpuForm  which form the CPU path runs
     * @param threads  on how many threads
     * @param transfer how host memory reaches the device */
    static String key(DeviceInfo device, String cpuForm, int threads, String transfer) {
        return String.join("; ", device.name(), device.platform(), device.driver(), device.version(),
                device.computeUnits() + " compute units", "transfers " + transfer, "AxonCL " + version(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version") + " "
                        + System.getProperty("os.arch"), cpuForm, threads + " threads");
    }

    /** The version in the jar; classes that lie in a folder have none. */
    private static String version() {
        try (InputStream in = SavedCosts.class.getResourceAsStream("/META-INF/maven/io.github.axoncl/axoncl/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    /** What was kept, by {@link DefaultCosts#index}; empty if any of it makes no sense. */
    Map<Integer, Costs> load() {
        Map<Integer, Costs> all = new TreeMap<>();
        try {
            for (String line : cache.read(KIND, key).orElse(List.of())) {
                String[] words = line.split(" ");
                double[] v = Arrays.stream(words).skip(2).mapToDouble(Double::parseDouble).toArray();
                if (v.length != NUMBERS) {
                    return Map.of();
                }
                all.put(DefaultCosts.index(CostClass.valueOf(words[0]), Residence.valueOf(words[1])),
                        new Costs(new Cost(v[0], v[1], v[2], v[3], v[4], v[5]), new Cost(v[6], v[7], v[8], v[9], v[10], v[11]),
                                Source.CACHE));
            }
            return all;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Map.of();
        }
    }

    /** Keeps one more, and what other processes kept meanwhile. */
    void add(CostClass kind, Residence residence, Costs costs) {
        Map<Integer, Costs> all = new TreeMap<>(load());
        all.put(DefaultCosts.index(kind, residence), costs);
        List<String> lines = new ArrayList<>();
        all.forEach((index, c) -> lines.add(CostClass.values()[index / Residence.values().length] + " "
                + Residence.values()[index % Residence.values().length] + " "
                + numbers(c.cpu()) + " " + numbers(c.device())));
        cache.write(KIND, key, lines);
    }

    private static String numbers(Cost c) {
        return DoubleStream.of(c.n0(), c.n1(), c.n2(), c.nanos0(), c.nanos1(), c.nanos2())
                .mapToObj(v -> String.format(Locale.ROOT, "%.1f", v)).collect(Collectors.joining(" "));
    }
}
