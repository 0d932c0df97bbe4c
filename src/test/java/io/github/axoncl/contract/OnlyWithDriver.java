package io.github.axoncl.contract;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Leaves the suite out where the driver is missing: {@link DriverPresenceTest} reports or fails that, once. */
public final class OnlyWithDriver implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        BackendUnderTest backend = BackendUnderTest.current();
        return backend.isInstalled()
                ? ConditionEvaluationResult.enabled(backend.id() + " is there")
                : ConditionEvaluationResult.disabled(backend.id() + " is not installed; see DriverPresenceTest");
    }
}
