package io.github.axoncl.bench.tools.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Several {@code .npy} files that appear under their names all or none. All are complete on the disk before the first appears;
 * if a later one then cannot, those that did are taken back. Only a program that is killed between two leaves one alone.
 */
public final class NpyOutputs implements Closeable {
    private final List<NpyOutput> outputs = new ArrayList<>();

    /** Begins another file.
     *
     * @param file   its path, as from {@link NpyOutput#target}
     * @param header what it will hold
     * @return the open file, which is closed and committed with the others
     * @throws IOException if it cannot be written */
    public NpyOutput add(Path file, NpyHeader header) throws IOException {
        NpyOutput output = NpyOutput.create(file, header);
        outputs.add(output);
        return output;
    }

    /** Makes the files appear.
     *
     * @throws IOException if that fails; all names are then as they were */
    public void commit() throws IOException {
        for (NpyOutput output : outputs) {
            output.complete();
        }
        int next = 0;
        try {
            for (; next < outputs.size(); next++) {
                if (next < outputs.size() - 1) {
                    outputs.get(next).keepOld();            // behind the last one nothing can fail
                }
                outputs.get(next).appear();
            }
        } catch (IOException | RuntimeException e) {
            while (--next >= 0) {
                takeBack(outputs.get(next), e);
            }
            throw e;
        }
    }

    private static void takeBack(NpyOutput output, Exception failure) {
        try {
            output.disappear();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        for (NpyOutput output : outputs) {
            try {
                output.close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
