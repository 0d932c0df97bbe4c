package io.github.axoncl.bench.shared.network;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Handwritten digits from the IDX files in the resources: one row of 784 grey values in [0, 1] per image, and the digit it
 * shows.
 *
 * @param images one row per image
 * @param labels the digits
 */
public record Digits(FMatrixRMaj images, byte[] labels) {
    /** How many different digits there are. */
    public static final int COUNT = 10;
    private static final int IMAGES = 0x00000803;
    private static final int LABELS = 0x00000801;

    /** Reads {@code train} or {@code t10k}. */
    public static Digits load(String part) {
        try (DataInputStream images = open(part + "-images-idx3-ubyte.gz", IMAGES);
             DataInputStream labels = open(part + "-labels-idx1-ubyte.gz", LABELS)) {
            int count = images.readInt();
            int pixels = images.readInt() * images.readInt();
            if (labels.readInt() != count) {
                throw new IOException(part + ": as many labels as images were expected");
            }
            byte[] grey = new byte[count * pixels];
            images.readFully(grey);
            FMatrixRMaj matrix = new FMatrixRMaj(count, pixels);
            for (int i = 0; i < grey.length; i++) {
                matrix.data[i] = (grey[i] & 0xFF) / 255f;
            }
            byte[] digits = new byte[count];
            labels.readFully(digits);
            return new Digits(matrix, digits);
        } catch (IOException e) {
            throw new UncheckedIOException("mnist/" + part + ": " + e.getMessage(), e);
        }
    }

    private static DataInputStream open(String name, int magic) throws IOException {
        InputStream resource = Digits.class.getResourceAsStream("/mnist/" + name);
        if (resource == null) {
            throw new IOException(name + " is missing from the jar");
        }
        DataInputStream in = new DataInputStream(new GZIPInputStream(resource));
        int found = in.readInt();
        if (found != magic) {
            in.close();
            throw new IOException(name + " begins with " + Integer.toHexString(found));
        }
        return in;
    }

    /** The number of images. */
    public int count() {
        return labels.length;
    }

    /** Copies some images into the rows of a matrix, in the given order. */
    public void gather(int[] order, int from, FMatrixRMaj rows) {
        int pixels = images.numCols;
        for (int i = 0; i < rows.numRows; i++) {
            System.arraycopy(images.data, order[from + i] * pixels, rows.data, i * pixels, pixels);
        }
    }
}
