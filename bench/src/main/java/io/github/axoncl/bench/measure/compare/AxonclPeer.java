package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.bench.measure.OperandMemory;
import io.github.axoncl.bench.measure.compare.AxonclContender.Form;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import java.util.ArrayList;
import java.util.List;

/** AxonCL on the CPU, or on one of its devices, with operands in several kinds of memory and in both tiers. */
final class AxonclPeer implements Peer {
    static final String NAME = "AxonCL";
    private static final String SLASH = " / ";
    private static final String POCL = "Portable Computing Language";

    private final String device;
    private Backend backend;

    /** On a device, by its title; on the CPU if that is empty. */
    AxonclPeer(String device) {
        this.device = device;
    }

    @Override
    public void open(int threads) {
        // By its name: a list of all devices would try every driver first.
        backend = device.isEmpty() ? Machine.cpu(true) : Machine.named("opencl:" + device.substring(device.indexOf(SLASH)
                + SLASH.length()));
        if (!device.isEmpty() && !backend.info().backend().equals("opencl")) {
            throw new FailedException("asked for the device " + device + ", got " + backend.info().device());
        }
    }

    /** The title of a device, short enough for a chart. */
    static String shortTitle(String title) {
        return title.startsWith(POCL) ? "PoCL" : title.substring(title.indexOf(SLASH) + SLASH.length());
    }

    @Override
    public String version() {
        BackendInfo info = backend.info();
        return device.isEmpty() ? info.device() + ", " + info.cpuForm() : device + ", " + info.driver();
    }

    @Override
    public List<Contender> contenders() {
        List<Contender> all = new ArrayList<>();
        for (OperandMemory memory : OperandMemory.values()) {
            if (memory != OperandMemory.DEVICE || !device.isEmpty()) {
                for (Form form : Form.values()) {
                    all.add(new AxonclContender(backend, name(device, memory, form), memory, form));
                }
            }
        }
        return all;
    }

    /** The name of a contender. */
    static String name(String device, OperandMemory memory, Form form) {
        return NAME + " " + (device.isEmpty() ? "CPU" : shortTitle(device)) + ", " + memory.title()
                + form.suffix();
    }

    @Override
    public void close() {
        backend.close();
    }
}
