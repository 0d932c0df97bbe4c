package io.github.axoncl.bench;

import org.junit.jupiter.api.Assumptions;

import static org.junit.jupiter.api.Assertions.assertFalse;

/** Leaves out a test that needs a driver which is not there, loudly, and fails it where the driver is required. */
public final class Required {
    private Required() {
    }

    /** Ends the test that calls it.
     *
     * @param driver the name that AXONCL_REQUIRE has it by
     * @param why    what is missing */
    public static void missing(String driver, String why) {
        String required = System.getenv().getOrDefault("AXONCL_REQUIRE", "");
        assertFalse(("," + required + ",").contains("," + driver + ","), () -> driver + " is required, but " + why);
        Assumptions.abort(why);
    }
}
