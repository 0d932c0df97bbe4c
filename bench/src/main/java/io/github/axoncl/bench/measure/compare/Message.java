package io.github.axoncl.bench.measure.compare;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What a child tells its parent: one of these, on a line of its own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Message(Participant opened, Sample sample, Accuracy accuracy, Failure failure, Boolean finished) {
    static Message of(Participant opened) {
        return new Message(opened, null, null, null, null);
    }

    static Message of(Sample sample) {
        return new Message(null, sample, null, null, null);
    }

    static Message of(Accuracy accuracy) {
        return new Message(null, null, accuracy, null, null);
    }

    static Message of(Failure failure) {
        return new Message(null, null, null, failure, null);
    }

    static Message end() {
        return new Message(null, null, null, null, true);
    }
}
