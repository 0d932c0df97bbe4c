package io.github.axoncl.oracle;

import io.github.axoncl.oracle.AccuracyTable.Key;
import io.github.axoncl.oracle.AccuracyTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The accuracy table is about the functions as they are: none missing, none left over, none changed since it was measured. */
class AccuracyTableTest {
    private static final Map<Key, Row> TABLE = AccuracyTable.load();

    @Test
    void hasARowForEveryFunctionOperationAndTierAndNoOther() {
        assertThat(TABLE.keySet()).as("verify --exhaustive --out makes rows; take out those of functions that are gone")
                .containsExactlyInAnyOrderElementsOf(GoldenCase.all().map(GoldenCase::key).toList());
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.oracle.GoldenCase#all")
    void isAboutThePresentText(GoldenCase judged) {
        Row row = TABLE.get(judged.key());
        assertThat(row.sha256()).as("%s changed: verify --exhaustive --out measures it anew", judged)
                .isEqualTo(judged.sha256());
        assertThat(row.maxUlp()).as("%s", judged).isBetween(0.0, judged.limit());
        assertThat(row.aboveOne()).isBetween(0.0, row.aboveHalf());
        assertThat(row.checksums().keySet()).as("checksums of %s", judged)
                .containsAll(Golden.STRIDES.subList(row.exhaustive() ? 0 : 1, Golden.STRIDES.size()));
    }

    @Test
    void isReadAsItWasWritten() {
        String text = AccuracyTable.text(TABLE.values());
        assertThat(AccuracyTable.text(AccuracyTable.parse(text).values())).isEqualTo(text);
        String twice = text + text.lines().skip(1).findFirst().orElseThrow() + "\n";
        assertThatIllegalArgumentException().isThrownBy(() -> AccuracyTable.parse(twice)).withMessageContaining("two rows");
        assertThatIllegalArgumentException().isThrownBy(() -> AccuracyTable.parse("a,b\n"));
        assertThatIllegalArgumentException().isThrownBy(() -> AccuracyTable.parse(text + "gelu,forward\n"));
    }

    /** From the definition: SplitMix64's last step, whose values for 0, 1 and 2 any other implementation gives too. */
    @Test
    void checksums() {
        float[] results = {0f, Float.NaN, -1f, Float.intBitsToFloat(0xFFC12345), Float.MIN_VALUE};
        long first = 3_000_000_001L;
        long expected = 0;
        for (int i = 0; i < results.length; i++) {
            long bits = Float.isNaN(results[i]) ? 0x7FC00000L : Integer.toUnsignedLong(Float.floatToRawIntBits(results[i]));
            expected += mix((first + 257L * i) * (1L << 32) + bits);
        }
        assertThat(Golden.sum(first, 257, results, results.length)).isEqualTo(expected);
        assertThat(Golden.sum(first, 257, results, 2) + Golden.sum(first + 2 * 257, 257, new float[] {-1f, Float.NaN,
            Float.MIN_VALUE}, 3)).isEqualTo(expected);
        assertThat(Golden.text(mix(0x9E3779B97F4A7C15L))).isEqualTo("e220a8397b1dcdaf");
        assertThat(List.of(Golden.count(1), Golden.count(257), Golden.count(65537)))
                .isEqualTo(List.of(1L << 32, 16711936L, 65536L));
        float[] x = new float[3];
        Golden.inputs(0xFFFFFFFEL, 1, x, 2);
        assertThat(Float.floatToRawIntBits(x[1])).isEqualTo(-1);
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }
}
