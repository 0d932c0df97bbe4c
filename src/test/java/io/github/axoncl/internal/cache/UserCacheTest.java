package io.github.axoncl.internal.cache;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What was kept comes back, and whatever else lies there is as good as nothing. */
class UserCacheTest {
    private static final String KEY = "a device\nwith its driver";
    private static final List<String> LINES = List.of("one", "", "two é");

    @TempDir
    private Path folder;

    private Path directory() {
        return folder.resolve("above").resolve("cache");
    }

    private UserCache cache() {
        return new UserCache(directory());
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(directory())) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }

    @Test
    void whatWasKeptComesBack() throws IOException {
        assertThat(cache().read("lines", KEY)).isEmpty();
        cache().write("lines", KEY, List.of("earlier"));
        cache().write("lines", KEY, LINES);
        assertThat(cache().read("lines", KEY)).contains(LINES);
        assertThat(cache().read("lines", KEY + "!")).isEmpty();
        assertThat(cache().read("others", KEY)).isEmpty();
        assertThat(onlyFile().getFileName().toString()).startsWith("lines-").endsWith(".txt");
        cache().write("lines", KEY, List.of());
        assertThat(cache().read("lines", KEY)).contains(List.of());
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theDirectoryIsTheUsersAlone() throws IOException {
        cache().write("lines", KEY, LINES);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory()))).isEqualTo("rwx------");
    }

    @Test
    void aDamagedFileIsIgnoredAndRewritten() throws IOException {
        cache().write("lines", KEY, LINES);
        String whole = Files.readString(onlyFile());
        for (String damaged : List.of("", "\n", whole.substring(0, whole.length() - 4), whole.replace("two", "six"),
                whole.replace("cache 1", "cache 0"), whole.replace("driver", "other driver"), whole + "more\n")) {
            Files.writeString(onlyFile(), damaged);
            assertThat(cache().read("lines", KEY)).as(damaged).isEmpty();
        }
        Files.write(onlyFile(), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 10, 13});
        assertThat(cache().read("lines", KEY)).as("no text").isEmpty();
        Files.write(onlyFile(), new byte[2 << 20]);
        assertThat(cache().read("lines", KEY)).as("large").isEmpty();
        cache().write("lines", KEY, LINES);
        assertThat(cache().read("lines", KEY)).contains(LINES);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDirectoryThatOthersMayWriteToIsRefused() throws IOException {
        cache().write("lines", KEY, LINES);
        for (String open : List.of("rwxrwx---", "rwx----w-")) {
            Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString(open));
            assertThat(cache().read("lines", KEY)).as(open).isEmpty();
            cache().write("more", KEY, LINES);
            onlyFile();
        }
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(cache().read("lines", KEY)).as("others may read").contains(LINES);
    }

    @Test
    void aDirectoryThatCannotBeMadeKeepsNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        UserCache blocked = new UserCache(file.resolve("cache"));
        blocked.write("lines", KEY, LINES);
        assertThat(blocked.read("lines", KEY)).isEmpty();
        UserCache itself = new UserCache(file);
        itself.write("lines", KEY, LINES);
        assertThat(itself.read("lines", KEY)).isEmpty();
        assertThat(file).hasContent("in the way");
    }

    @Test
    void switchedOffItKeepsNothing() {
        UserCache off = new UserCache(null);
        off.write("lines", KEY, LINES);
        assertThat(off.read("lines", KEY)).isEmpty();
    }

    @Test
    void theTestsDoNotTouchTheUsersOwn() {
        assertThat(System.getProperty(UserCache.PROPERTY)).isNotBlank();
    }

    @ParameterizedTest
    @DisabledOnOs(OS.WINDOWS)
    @CsvSource(nullValues = "-", value = {
        "/x/y, Linux, /home/u, /xdg, /x/y",
        "OFF, Linux, /home/u, /xdg, -",
        "-, Linux, /home/u, /xdg, /xdg/axoncl",
        "-, Linux, /home/u, relative, /home/u/.cache/axoncl",
        "' ', Linux, /home/u, -, /home/u/.cache/axoncl",
        "-, Linux, ?, -, -",
        "-, Mac OS X, /Users/u, -, /Users/u/Library/Caches/axoncl",
        "-, Windows 11, /u, -, /local/axoncl"})
    void where(String property, String system, String home, String xdg, Path expected) {
        Map<String, String> environment = xdg == null ? Map.of("LOCALAPPDATA", "/local")
                : Map.of("XDG_CACHE_HOME", xdg, "LOCALAPPDATA", "/local");
        assertThat(UserCache.locate(property, system, home, environment::get)).isEqualTo(expected);
    }

    @Test
    void aPathThatIsNoneIsNoCache() {
        assertThat(UserCache.locate("\0", "Linux", "/home/u", name -> null)).isNull();
    }
}
