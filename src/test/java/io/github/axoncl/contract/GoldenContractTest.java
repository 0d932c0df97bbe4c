package io.github.axoncl.contract;

import io.github.axoncl.oracle.AccuracyTable;
import io.github.axoncl.oracle.AccuracyTable.Key;
import io.github.axoncl.oracle.AccuracyTable.Row;
import io.github.axoncl.oracle.Golden;
import io.github.axoncl.oracle.GoldenCase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every backend has the golden checksums of the accuracy table, whose errors were measured on one: on a subset of the floats,
 * as large as the backend's speed allows. On a device that flushes subnormals no checksum can hold; its values are compared.
 */
@Tag("golden")
class GoldenContractTest extends BackendContract {
    private static final int BATCH = 1 << 20;
    private static final Map<Key, Row> TABLE = AccuracyTable.load();

    @ParameterizedTest
    @MethodSource("io.github.axoncl.oracle.GoldenCase#all")
    void everyBackendHasTheSameResults(GoldenCase tested) {
        long stride = KIND.goldenStride();
        if (KIND.isBitExact()) {
            assertThat(TABLE).as("verify --exhaustive --out makes the rows").containsKey(tested.key());
            assertThat(Golden.text(Golden.checksum(backend(), tested, stride, BATCH))).as("%s, stride %d", tested, stride)
                    .isEqualTo(TABLE.get(tested.key()).checksums().get(stride));
            return;
        }
        float[] x = new float[(int) Golden.count(stride)];
        Golden.inputs(0, stride, x, x.length);
        FunctionCase compared = new FunctionCase(tested.function(), tested.operation());
        float[] none = new float[x.length];
        Expected.of(compared, x, none).check(tested, compared.run(backend(), x, none), 0, 0, x.length);
    }
}
