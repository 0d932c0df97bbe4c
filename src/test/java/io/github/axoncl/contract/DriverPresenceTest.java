package io.github.axoncl.contract;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.fail;

/** Says loudly that a driver is missing, so that nothing is skipped unseen. */
@Tag("contract")
class DriverPresenceTest {

    @Test
    void driverIsInstalledWhereItIsRequired() {
        BackendUnderTest backend = BackendUnderTest.current();
        if (backend.isInstalled()) {
            return;
        }
        String message = "NOT TESTED: " + backend.id() + " is not installed (looked for " + backend.driverFiles()
                + "); ci/setup-opencl installs it";
        if (backend.isRequired()) {
            fail(message + "; " + BackendUnderTest.REQUIRE + " demands it");
        }
        System.err.println(message);
        throw new TestAbortedException(message);
    }
}
