package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.ManifestText;
import colonnade.engine.store.rig.RamDirectory;
import colonnade.hostile.Allowance;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables that someone made to hurt, with checksums that fit: typed errors, quickly, in no space.
 */
class HostileTableTest {
  @TempDir(factory = RamDirectory.class)
  Path directory;

  private Path table;

  @BeforeEach
  void soundTable() {
    table = directory.resolve("mixed");
    MixedTable.create(table, 300);
  }

  private static String repeated(String open, String item, int count, String close) {
    return open + item.repeat(count) + close;
  }

  static Stream<Named<UnaryOperator<String>>> manifests() {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("no JSON", m -> "\u0000\u0000\u0000\n");
    all.put("nothing", m -> "");
    all.put("open objects without end", m -> "{\"a\":".repeat(100_000));
    all.put("open lists without end", m -> "[".repeat(1_000_000));
    all.put("a million empty lists", m -> repeated("[", "[],", 5_000_000, "[]]"));
    all.put("a million numbers", m -> repeated("[", "0,", 7_000_000, "0]"));
    all.put(
        "a million members",
        m -> {
          StringBuilder text = new StringBuilder("{");
          for (int i = 0; i < 1_200_000; i++) {
            text.append('"').append(i).append("\":0,");
          }
          return text + "\"x\":0}";
        });
    all.put("names of 60 MiB", m -> m.replace("\"plain\"", "\"" + "x".repeat(15 << 20) + "\""));
    all.put(
        "a number of a million digits",
        m -> m.replace("\"rows\": 300", "\"rows\": " + "9".repeat(1_000_000)));
    all.put("a string without end", m -> "{\"format\": \"" + "y".repeat(1 << 20));
    all.put("half an escape", m -> "{\"format\": \"\\u00");
    all.put("a member twice", m -> m.replace("\"parent\": 0", "\"parent\": 0, \"parent\": 0"));
    all.put("more behind the end", m -> m + "\n}\n{");
    all.put(
        "rows beyond 64 bits", m -> m.replace("\"rows\": 300", "\"rows\": 9223372036854775808"));
    all.put(
        "rows whose bytes overflow",
        m -> m.replace("\"rows\": 300", "\"rows\": 2305843009213693953"));
    all.put("rows below none", m -> m.replace("\"rows\": 300", "\"rows\": -1"));
    all.put("rows as a fraction", m -> m.replace("\"rows\": 300", "\"rows\": 3e2"));
    all.put("a file of the system", m -> m.replaceFirst("c0-plain-1.i64", "/etc/passwd"));
    all.put("a file above the table", m -> m.replaceFirst("c0-plain-1.i64", "../c0-plain-1.i64"));
    all.put(
        "a file name with a NUL", m -> m.replaceFirst("c0-plain-1.i64", "c0-pl\\\\u0000n-1.i64"));
    all.put("the file of another column", m -> m.replaceFirst("c0-plain-1.i64", "c1-real-1.f64"));
    all.put("one file for two columns", m -> m.replaceFirst("c1-real-1.f64", "c0-plain-1.i64"));
    all.put(
        "a file of a later generation", m -> m.replaceFirst("c0-plain-1.i64", "c0-plain-999.i64"));
    all.put(
        "a length that is no length", m -> m.replaceFirst("\"length\": 2400", "\"length\": -8"));
    all.put(
        "a longer file than its rows", m -> m.replaceFirst("\"length\": 2400", "\"length\": 2408"));
    all.put("two columns of one name", m -> m.replaceFirst("\"real\"", "\"plain\""));
    all.put("two columns of one id", m -> m.replaceFirst("\"id\": 1,", "\"id\": 0,"));
    all.put("itself as its parent", m -> m.replace("\"parent\": 0", "\"parent\": 1"));
    all.put(
        "a dictionary of 2^31 entries",
        m -> m.replaceFirst("\"dictionarySize\": [0-9]+", "\"dictionarySize\": 2147483647"));
    all.put("codes of three bytes", m -> m.replaceFirst("\"codeWidth\": 1", "\"codeWidth\": 3"));
    all.put(
        "a base at the end of 64 bits",
        m -> m.replaceFirst("\"base\": -?[0-9]+", "\"base\": 9223372036854775807"));
    all.put(
        "a minimum of infinitely many digits",
        m -> m.replaceFirst("\"min\": [^,]+,", "\"min\": 1e999999999,"));
    all.put(
        "a minimum above its maximum",
        m -> m.replaceFirst("\"min\": [^,]+,", "\"min\": 9223372036854775807,"));
    all.put(
        "a flag beyond its byte", m -> m.replace("\"max\": 1}", "\"max\": 4611686018427387904}"));
    all.put("more nulls than rows", m -> m.replaceFirst("\"nulls\": 0", "\"nulls\": 301"));
    all.put("a later version", m -> m.replace("\"version\": 1", "\"version\": 3"));
    all.put("the version of patches", m -> m.replace("\"version\": 1", "\"version\": 2"));
    all.put(
        "no time at all",
        m -> m.replaceFirst("\"created\": \"[^\"]+\"", "\"created\": \"+9999999999-99\""));
    return all.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void refusesAManifest(UnaryOperator<String> change) throws IOException {
    Path manifest = table.resolve(FileName.manifest(1));
    String sound = Files.readString(manifest);
    String body = sound.substring(0, sound.lastIndexOf("\"crc32c\""));
    String changed = change.apply(body);
    assertThat(changed).isNotEqualTo(body);
    byte[] sealed = ManifestText.sealed(changed.getBytes(StandardCharsets.UTF_8));
    Files.write(manifest, sealed);
    Allowance.refuses(() -> TableStore.open(table).close());
    Allowance.within(() -> Verifier.verify(table));
  }

  @Test
  void refusesFilesOfTheSystemInPlaceOfItsOwn() throws Exception {
    for (String target : new String[] {"/dev/zero", "/proc/self/mem", "/etc/passwd"}) {
      Path file = Tables.file(table, "plain-1.i64");
      Files.delete(file);
      Files.createSymbolicLink(file, Path.of(target));
      Allowance.refuses(() -> TableStore.open(table).close());
      assertThat(Allowance.within(() -> Verifier.verify(table)).isSound()).isFalse();
    }
  }

  @Test
  void refusesAPipeAsItsManifestOrItsLockWithoutWaiting() throws Exception {
    for (String name : new String[] {"LOCK", FileName.manifest(1)}) {
      Path file = table.resolve(name);
      Files.delete(file);
      Process mkfifo = new ProcessBuilder("mkfifo", file.toString()).start();
      assumeTrue(mkfifo.waitFor() == 0, "mkfifo makes pipes here");
      Allowance.refuses(() -> TableWriter.append(table, WriteOptions.DEFAULT).close());
    }
    Allowance.refuses(() -> TableStore.open(table).close());
  }

  @Test
  void refusesCodesOffsetsAndTextThatTheChecksumsVouchFor() throws IOException {
    Map<String, byte[]> sound = Tables.contents(table);
    for (String name :
        new String[] {"coded-1.code8", "text-1.off", "blob-1.off", "coded-1.dict.off"}) {
      Path file = Tables.file(table, name);
      byte[] bytes = Files.readAllBytes(file);
      for (int i = bytes.length / 2; i < bytes.length; i++) {
        bytes[i] = (byte) 0x7f;
      }
      Files.write(file, bytes);
      Forgery.seal(table);
      assertThat(Allowance.within(() -> Verifier.verify(table)).isSound()).as(name).isFalse();
      Allowance.refuses(() -> {
        try (Snapshot snapshot = TableStore.open(table)) {
          Queries.run(snapshot, snapshot.schema().indexOf(name.substring(0, name.indexOf('-'))));
        }
      });
      for (Map.Entry<String, byte[]> old : sound.entrySet()) {
        Files.write(table.resolve(old.getKey()), old.getValue());
      }
    }
  }

  @Test
  void takesNoMoreMemoryForHolesOfTerabytes() throws IOException {
    Path manifest = table.resolve(FileName.manifest(1));
    long bytes = 1L << 50;
    ManifestText.rewrite(
        manifest,
        text -> text.replaceFirst("(c6-text-1.utf8\", \"length\": )[0-9]+", "$1" + bytes));
    Allowance.refuses(() -> TableStore.open(table).close());
    Path holes = Tables.file(table, "text-1.utf8");
    try (RandomAccessFile file = new RandomAccessFile(holes.toFile(), "rw")) {
      file.setLength(bytes);
    } catch (IOException e) {
      assumeTrue(false, "no file of 2^50 bytes here: " + e.getMessage());
    }
    Allowance.refuses(() -> {
      try (Snapshot snapshot = TableStore.open(table)) {
        Queries.run(snapshot, snapshot.schema().indexOf("text"));
      }
    });
    assertThat(Allowance.within(() -> Verifier.verify(table)).isSound()).isFalse();
  }
}
