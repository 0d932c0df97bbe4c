package io.github.axoncl.bench.measure.compare.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A TorchScript module of one expression, as {@code torch.jit.save} writes it: a zip of the source and of pickled objects. */
final class TorchScript {
    private static final String SOURCE = """
            class M(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def forward(self: __torch__.M,
                x: Tensor,
                dy: Tensor,
                out: Tensor) -> Tensor:
                return %s
            """;
    /** An object of class M whose field "training" is false: protocol 2, class, no arguments, its dictionary. */
    private static final String OBJECT = "\u0080\u0002c__torch__\nM\n)\u0081}(X\b\0\0\0training\u0089ub.";
    /** An empty tuple. */
    private static final String CONSTANTS = "\u0080\u0002).";

    private TorchScript() {
    }

    /** A module whose method takes x, dy and out. */
    static byte[] of(String expression) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "data.pkl", OBJECT);
            add(zip, "code/__torch__.py", SOURCE.formatted(expression));
            add(zip, "constants.pkl", CONSTANTS);
            add(zip, "version", "10\n");
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String latin) throws IOException {
        zip.putNextEntry(new ZipEntry("axoncl/" + name));
        zip.write(latin.getBytes(StandardCharsets.ISO_8859_1));
        zip.closeEntry();
    }
}
