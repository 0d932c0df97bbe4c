package io.github.axoncl.contract;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The watch sees what is logged: without that, the check after every contract test could not fail. */
@ExtendWith(LogWatch.class)
class LogWatchTest {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(LogWatchTest.class);

    @Test
    void anUnexpectedWarningFailsTheTest() {
        LOG.info("an information is no warning");
        new LogWatch().afterEach(null);
        LOG.warn("a warning on purpose");
        assertThatThrownBy(() -> new LogWatch().afterEach(null)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("a warning on purpose");
        LOG.error("an error on purpose");
        assertThatThrownBy(() -> new LogWatch().afterEach(null)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aTakenWarningComesWithItsStackTraceAndIsGone() {
        LOG.warn("first on purpose", new Throwable("trace"));
        LOG.warn("second on purpose");
        assertThat(LogWatch.take("first on purpose")).singleElement().asString().contains("trace")
                .contains("aTakenWarningComesWithItsStackTraceAndIsGone");
        assertThat(LogWatch.take("first on purpose")).isEmpty();
        assertThat(LogWatch.take("second on purpose")).hasSize(1);
    }
}
