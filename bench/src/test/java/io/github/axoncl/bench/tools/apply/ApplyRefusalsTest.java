package io.github.axoncl.bench.tools.apply;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What apply refuses of the operands of all families: exit code 2, a message with file, shape and rule, and no file
 * touched. */
class ApplyRefusalsTest extends ApplyFixture {
    private static final String SHAPE = "(3, 4, 5)";

    @BeforeEach
    void inputs() throws IOException {
        floats("x.npy", SHAPE, 60);
        floats("dy.npy", SHAPE, 60);
        floats("three.npy", "(3,)", 3);
        floats("five.npy", "(5,)", 5);
        floats("wide.npy", "(3, 5)", 15);
        floats("number.npy", "()", 1);
        ints("classes.npy", "(3, 4)", 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 5);
        flags("flags.npy", "|b1", "(5,)", new byte[5]);
        Files.write(folder.resolve("double.npy"), npy(1, "<f8", "False", "(5,)", new float[10]));
        Files.write(folder.resolve("long.npy"), npy(1, "<i8", "False", "(3, 4)", new float[24]));
        Files.write(folder.resolve("negative.npy"), npy(1, "<f4", "False", "(5,)", 1, 1, -1, 1, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', value = {
        // masks
        "softmax --param mask=@three.npy; three.npy has shape (3), but mask must have the shape of",
        "softmax --param mask=@three.npy; x.npy, (3, 4, 5), or one that NumPy broadcasts to it",
        "softmax --param mask=@classes.npy; the data type is '<i4' (int32); only '<f4'",
        "softmax --param mask=@double.npy; '<f8' (float64)",
        "softmax --param mask=@missing.npy; missing.npy: there is no such file",
        "softmax --param mask=@; mask=@: the name of the file is missing",
        "softmax --param mask=causl; must be causal, causal:N or @FILE.npy",
        "softmax --param mask=causal:much; \"much\" is not a whole number",
        "softmax --param mask=causal --axis 0; the axis before that of the keys has the queries",
        "softmax --param mask=causal --axis 1; the keys must be the last axis",
        "softmax --param mask=causal:2147483647; offset = 2147483647",
        "softmin --param mask=causal; softmin takes no mask",
        "softmax --param scale=@five.npy; does not take a file here",
        "softmax --param gate=@five.npy; no parameter \"gate\"; known: scale, zero_if_empty, mask",
        "softmax --op backward_from_output --grad dy.npy --param mask=causal; no parameter \"mask\"",
        "softmax --seed 1; --seed has no meaning for forward of softmax",
        "logsumexp --op backward --grad dy.npy; dy.npy has shape (3, 4, 5), but dy must have the shape of",
        "logsumexp --op backward --grad dy.npy; without axis 2: (3, 4)",
        "logsumexp --op backward_from_output --grad wide.npy --axis 1; has no gradient from its output; use backward",
        "gumbel_softmax; takes random decisions: --seed N is needed",
        "gumbel_softmax --seed 1 --param temperature=0; temperature = 0.0 is not in",
        // learned parameters and biases
        "prelu --param slope=@three.npy; three.npy has shape (3), but slope must have one number for each index along axis 2",
        "prelu --param slope=@number.npy --axis 1; --axis has no meaning",
        "prelu --param slope=@classes.npy; classes.npy: header: the data type is '<i4'",
        "prelu --param slope=@five.npy --op derivative; prelu does not support derivative; it has forward, backward",
        "prelu --param slope=@five.npy --op backward --grad dy.npy --out slope=q.npy; did you mean dslope",
        "prelu --param slope=@five.npy --out dslope=q.npy; has no further output \"dslope\"; there are none",
        "prelu --param slope=@five.npy --op backward --grad dy.npy --out dslope; must be NAME=FILE.npy",
        "prelu --param slope=@five.npy --op backward --grad dy.npy --out dslope=q.npy; cannot be both dx and dslope",
        "prelu --param slope=@five.npy --op backward --grad dy.npy --out dslope=no/d.npy; there is no folder",
        "prelu --param slope=@five.npy --param bias=@five.npy; no parameter \"bias\"; known: slope",
        "scaled_elu --param alpha=@five.npy; scaled_elu has no parameter that can be learned",
        "relu --param bias=@three.npy; but bias must have one number for each index along axis 2 of",
        "relu --param bias=0.5; --param bias=0.5: must be @FILE.npy",
        "relu --param bias=@five.npy --op backward; backward of relu needs the gradient",
        "relu --out z=z.npy; has no further output \"z\"",
        // dropout
        "relu --dropout 0.1; --dropout takes random decisions: --seed N is needed",
        "relu --dropout 2 --seed 1; --dropout 2.0: dropout: parameter p = 2.0 is not in [0, 1]",
        "relu --dropout 0.1 --seed 1 --op derivative; relu does not support derivative; it has forward, backward",
        "softmax --dropout 0.1; --dropout has no meaning for forward of softmax",
        "prelu --param slope=@five.npy --dropout 0.1; --dropout has no meaning for forward of prelu",
        // gates
        "glu; has 5 indexes along axis 2, which are not 2 equal parts",
        "glu --axis 1 --op backward --grad dy.npy; but dy must have the shape of one of 2 parts of",
        "glu --param gate=@wide.npy; wide.npy has shape (3, 5), but gate must have the shape of",
        "glu --param gate=@dy.npy --axis 1; --axis has no meaning",
        "glu --param gate=third; must be first or second",
        // random decisions
        "dropout; takes random decisions: --seed N is needed",
        "dropout --offset 1; --seed N is needed",
        "dropout --seed x; Invalid value for option '--seed'",
        "dropout --seed 1 --param p=2; p = 2.0 is not in [0, 1]",
        "rrelu --seed 1 --param lower=0.5 --param upper=0.25; lower = 0.5 exceeds upper = 0.25",
        "relu --offset 1; --offset has no meaning",
        "zoneout --seed 1; needs an array: --param previous=@FILE.npy",
        "zoneout --seed 1 --param previous=@wide.npy; wide.npy has shape (3, 5), but previous must have the shape of",
        "gumbel_noise --seed 1 --op backward --grad dy.npy; dx is dy",
        // losses
        "softmax_cross_entropy; needs an array: --param targets=@FILE.npy",
        "softmax_cross_entropy --param targets=@long.npy; '<i8' (int64); only '<i4' (int32, little endian) or '<f4'",
        "softmax_cross_entropy --param targets=@classes.npy; the class of row 11 is 5, but",
        "softmax_cross_entropy --param targets=@classes.npy; targets from",
        "softmax_cross_entropy --param targets=@classes.npy --axis 1; but targets must have the shape of",
        "softmax_cross_entropy --param targets=@wide.npy; wide.npy has shape (3, 5), but targets must have the shape of",
        "softmax_cross_entropy --param targets=@dy.npy --param weights=@three.npy; weights must have one number for each index",
        "softmax_cross_entropy --param targets=@dy.npy --param weights=@negative.npy; weights[2] = -1.0: must be finite",
        "softmax_cross_entropy --param targets=@dy.npy --param ignore=1; these targets are probabilities",
        "softmax_cross_entropy --param targets=@dy.npy --param ignore=half; \"half\" is not a whole number",
        "softmax_cross_entropy --param targets=@dy.npy --param reduction=max; must be none or sum or mean",
        "softmax_cross_entropy --param targets=@dy.npy --op backward --grad dy.npy; takes no --grad",
        "softmax_cross_entropy --param targets=@dy.npy --param label_smoothing=1; label_smoothing = 1.0 is not in",
        "sigmoid_binary_cross_entropy --param targets=@classes.npy; targets are class indices, but must be probabilities",
        // others
        "l1_l2 --axis 1; --axis has no meaning",
        "lstm --param c_before=@wide.npy --axis 1; but c_before must have the shape of one of 4 parts of",
        "lstm --axis 2; which are not 4 equal parts",
        "gru --axis 0 --param from_state=@dy.npy --param h_before=@three.npy; h_before must have the shape of one of 3 parts"})
    void operands(String arguments, String part) throws IOException {
        refused(part, ("--function " + arguments + " x.npy q.npy").split(" "));
    }

    @Test
    void rowsWithoutClasses() throws IOException {
        floats("none.npy", "(3, 0)", 0);
        ints("zero.npy", "(3,)", 0, 0, 0);
        refused("have no column", "--function", "softmax_cross_entropy", "--param", "targets=@zero.npy", "none.npy", "q.npy");
    }

    @Test
    void nothingIsGivenTwice() throws IOException {
        refused("--param slope is given twice", "--function", "prelu", "--param", "slope=@five.npy", "--param",
                "slope=1", "x.npy", "q.npy");
        refused("--out z is given twice", "--function", "relu", "--out", "z=a.npy", "--out", "z=b.npy", "x.npy", "q.npy");
    }

    /** A file of which only the header takes room on the disk: what is divided into rows is not too large, what is not is. */
    @Test
    void aFileThatIsTooLargeToBeComputedAtOnce() throws IOException {
        byte[] header = npy(1, "<f4", "False", "(600000000, 5)");
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("large.npy").toFile(), "rw")) {
            file.write(header);
            file.setLength(header.length + 20L * 600_000_000);
        }
        refused("backward of prelu computes these files as a whole: 3000000000 elements at once are too large", "--function",
                "prelu", "--param", "slope=@five.npy", "--op", "backward", "--grad", "large.npy", "large.npy", "q.npy");
    }
}
