package io.github.axoncl;

/** A gated definition whose first operand is the gate. */
record GateFirstActivation(KernelDefinition definition) implements GatedFunction {

    @Override
    public GatedFunction gateFirst() {
        return this;
    }

    @Override
    public boolean isGateFirst() {
        return true;
    }

    @Override
    public String describe() {
        return id() + " (gate first)";
    }

    @Override
    public String toString() {
        return describe();
    }
}
