package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.Block;
import io.github.axoncl.bench.tools.npy.NpyInput;
import java.io.IOException;
import java.util.List;

/** An array whose elements are used again and again where it has one index and the other array many, as NumPy broadcasts. */
final class BroadcastArray implements InputArray {
    private final String name;
    private final ArrayShape shape;
    private final NpyInput file;
    /** By how many of the file's elements one index of each dimension goes on; 0 where the same serve again. */
    private final long[] strides;
    /** The whole file, once it was read. */
    private Block content;

    BroadcastArray(String name, NpyInput file, ArrayShape shape) {
        this.name = name;
        this.shape = shape;
        this.file = file;
        List<Long> to = shape.extents();
        List<Long> from = file.header().shape();
        strides = new long[to.size()];
        long stride = 1;
        boolean fits = from.size() <= to.size();
        for (int back = 1; fits && back <= from.size(); back++) {
            long extent = from.get(from.size() - back);
            fits = extent == 1 || extent == to.get(to.size() - back);
            strides[to.size() - back] = extent == 1 ? 0 : stride;
            stride *= extent;
        }
        if (!fits) {
            throw new UsageException(file.file() + " has shape " + file.header() + ", but " + name + " must have "
                    + shape.rule() + ", " + shape + ", or one that NumPy broadcasts to it");
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NpyInput file() {
        return file;
    }

    @Override
    public ArrayShape shape() {
        return shape;
    }

    @Override
    public void read(long first, int count, Block block) throws IOException {
        if (file.header().shape().equals(shape.extents())) {
            file.read(first, count, block);
            return;
        }
        if (content == null && count > 0) {
            int all = FileCall.elements(file.header().elements(), file.file() + " is read as a whole");
            content = FileCall.block(type(), all);
            file.read(0, all, content);
        }
        for (int i = 0; i < count; i++) {
            block.copy(i, content, index(first + i));
        }
    }

    /** Where in the file an element is. */
    private int index(long element) {
        long left = element;
        long at = 0;
        for (int dimension = strides.length - 1; dimension >= 0; dimension--) {
            long extent = shape.extents().get(dimension);
            at += left % extent * strides[dimension];
            left /= extent;
        }
        return (int) at;
    }
}
