package io.github.axoncl.bench.tools.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers: the bytes are NumPy's, and whatever is in a dictionary, the answer is a shape or an NpyException. */
class NpyHeaderTest {
    private static final String GOOD = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    /** Text between the ten bytes of magic, version and length and the padding; total 128 bytes: seen of NumPy 2.4. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"''; ()", "0; (0,)", "3; (3,)", "2 3; (2, 3)", "1048576 1 7; (1048576, 1, 7)",
        "2 0 5; (2, 0, 5)"})
    void isWrittenAsNumPyWritesIt(String extents, String tuple) {
        List<Long> shape = extents.isEmpty() ? List.of() : List.of(extents.split(" ")).stream().map(Long::valueOf).toList();
        byte[] bytes = new NpyHeader(shape).encoded();
        assertEquals(128, bytes.length);
        assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0x76, 0}, java.util.Arrays.copyOf(bytes, 10));
        String text = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
        assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }", text.strip());
        assertTrue(text.endsWith(" \n"));
        assertEquals(shape, NpyHeader.of(text, NpyType.FLOAT32).shape());
    }

    @Test
    void aLongShapeNeedsVersion2() {
        byte[] bytes = new NpyHeader(Collections.nCopies(30_000, 1L)).encoded();
        assertEquals(2, bytes[6]);
        assertEquals(0, bytes.length % 64);
        String text = new String(bytes, 12, bytes.length - 12, StandardCharsets.US_ASCII);
        assertEquals(30_000, NpyHeader.of(text, NpyType.FLOAT32).shape().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"shape\":(2,3),\"fortran_order\":False,\"descr\":\"<f4\"}",
            "{'descr': '<f4', 'fortran_order': False, "
        + "'shape': (2L, 3L)}", " { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 , ) , } \n"})
    void otherSpellingsAreRead(String dictionary) {
        assertEquals(List.of(2L, 3L), NpyHeader.of(dictionary, NpyType.FLOAT32).shape());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}; '<f8' (float64)",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (1,)}; big endian",
        "{'descr': '|u1', 'fortran_order': False, 'shape': (1,)}; uint8",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}; structured type is none",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1,)}; Fortran",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}; ''fortran_order': 0, 'shape': (1,)': expected 'key': value",
        "{'descr': '<f4', 'fortran_order': 'no', 'shape': (1,)}; 'no', not True or False",
        "{'descr': True, 'fortran_order': False, 'shape': (1,)}; the data type is true; only",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}; '-1': not an extent",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ('1',)}; ''1'': not an extent",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}; '': not an extent",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,,)}; '': not an extent",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2, 3)}; '1 2': not an extent",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1)}; '(1)': not a tuple, a comma is missing",
        "{'descr': '<f4', 'fortran_order': False, 'shape': 1}; ''shape': 1': expected 'key': value",
        "{'descr': '<f4', 'fortran_order': False, 'shape': '1'}; 'shape' is '1', not a tuple",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (999999999999999999, 9)}; 2^63",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000000000,)}; at most 18 digits",
        "{'descr': '<f4', 'fortran_order': False}; the keys must be",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': (1,)}; the keys must be",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}; 'descr': the key occurs twice",
        "{'descr': '<f4' 'fortran_order': False, 'shape': ()}; ''descr': '<f4' 'fortran_order': False, 'shape': ()': expected",
        "{'descr': '<f4', , 'fortran_order': False, 'shape': ()}; ', 'fortran_order': False, 'shape': ()': expected",
        "{'descr': '\\x3cf4', 'fortran_order': False, 'shape': ()}; a string without escapes",
        "{'descr': '<f4', 'fortran_order': False, 'shape': ()} x; not a dictionary",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (); not a dictionary",
        "{'descr': '<f4}; ''descr': '<f4': expected",
        "{}; the keys must be 'descr', 'fortran_order' and 'shape', found []",
        "__import__('os'); '__import__('os')': not a dictionary in braces",
        "(); not a dictionary"})
    void anythingElseIsAnErrorThatSaysWhatWasFound(String dictionary, String part) {
        String message = assertThrows(NpyException.class, () -> NpyHeader.of(dictionary, NpyType.FLOAT32)).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void otherTypesAreReadWhereTheyServe() {
        String classes = "{'descr': '<i4', 'fortran_order': False, 'shape': (3,)}";
        NpyHeader header = NpyHeader.of(classes, NpyType.INT32, NpyType.FLOAT32);
        assertEquals(NpyType.INT32, header.type());
        assertEquals(3, header.elements());
        assertEquals(5, NpyHeader.of("{'descr': '|b1', 'fortran_order': False, 'shape': (5,)}", NpyType.BOOL).elements());
        String message = assertThrows(NpyException.class,
                () -> NpyHeader.of(classes.replace("i4", "i8"), NpyType.INT32, NpyType.FLOAT32)).getMessage();
        assertTrue(message.contains("'<i8' (int64); only '<i4' (int32, little endian) or '<f4' (float32, little endian) is"),
                message);
    }

    @Test
    void deepNestingIsAnError() {
        assertThrows(NpyException.class, () -> NpyHeader.of("(".repeat(100_000), NpyType.FLOAT32));
        assertThrows(NpyException.class, () -> NpyHeader.of("{1:".repeat(100_000), NpyType.FLOAT32));
    }

    @Test
    void fuzzedHeadersGiveAShapeOrAnNpyException() {
        SplittableRandom random = new SplittableRandom(7);
        String alphabet = "{}()[]'\",: \n\\0123456789-LTrueFalsdcpn<>f4=\u00e9\u0000";
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(text.length());
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(5)));
                }
                if (text.length() == 0) {
                    text.append(c);
                }
            }
            try {
                assertTrue(NpyHeader.of(text.toString(), NpyType.FLOAT32).elements() >= 0);
                read++;
            } catch (NpyException e) {
                assertTrue(e.getMessage().length() < 1000);
            }
        }
        assertTrue(read > 100, () -> "few changes leave a legal header, but some must");
    }
}
