package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.ManifestText;
import colonnade.error.NotATableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every changed bit is found and named, and so is what a writer left over. */
class VerifierTest {
  private static final long SEED = Long.getLong("seed", 20_254);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(names = {"I8", "F64", "BOOL", "UTF8", "BINARY"})
  void findsOneChangedBitAnywhere(DataType type) throws IOException {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> rows = Vectors.random(type, 140_001, true, random);
    Tables.create(directory, type, rows, WriteOptions.DEFAULT);
    for (TableStat.FileStat file : TableStat.of(directory).files()) {
      Path path = directory.resolve(file.name());
      for (int round = 0; round < 8; round++) {
        long offset =
            round == 0
                ? 0
                : round == 1 ? file.lengthBytes() - 1 : random.nextLong(file.lengthBytes());
        if (file.role().isBits() && offset == file.lengthBytes() - 1) {
          continue;
        }
        BadInputTest.flip(path, offset);
        Verification found = Verifier.verify(directory);
        assertThat(found.isSound()).as("%s at %d, seed %d", path, offset, SEED).isFalse();
        assertThat(found.findings().toString()).contains("column 'x'").contains(file.name());
        BadInputTest.flip(path, offset);
      }
    }
    Tables.assertClean(directory);
  }

  @Test
  void takesTheFreeBitsOfTheLastValidityByteForNothing() throws IOException {
    Tables.create(directory, DataType.I64, java.util.Arrays.asList(1L, null, 3L), Tables.PLAIN);
    BadInputTest.flip(Tables.file(directory, ".valid"), 0);
    Tables.assertClean(directory);
  }

  @Test
  void namesThePieceThatIsDamaged() throws IOException {
    Tables.longs(directory, 0, 100_000);
    BadInputTest.flip(Tables.file(directory, ".i64"), 200_000);
    assertThat(Verifier.verify(directory).findings())
        .first()
        .satisfies(finding ->
            assertThat(finding.toString())
                .contains("column 'x' of " + directory + " (c0-x-1.i64)")
                .contains("is damaged in bytes 196,608 to 262,143")
                .contains("colonnade repair"));
  }

  @Test
  void findsChangedChecksums() throws IOException {
    Tables.longs(directory, 0, 100_000);
    BadInputTest.flip(Tables.file(directory, ".i64.crc"), 2);
    assertThat(Verifier.verify(directory).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.problem()).contains("c0-x-1.i64.crc"));
    Files.delete(Tables.file(directory, ".i64.crc"));
    assertThat(Verifier.verify(directory).findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.problem()).contains("cannot be read"));
  }

  @Test
  void findsShortAndMissingFilesOfEveryGeneration() throws IOException {
    Tables.longs(directory, 0, 100);
    Tables.longs(directory, 0, 50);
    try (RandomAccessFile file =
        new RandomAccessFile(directory.resolve("c0-x-1.i64").toFile(), "rw")) {
      file.setLength(8);
    }
    Files.delete(directory.resolve("c1-x-2.i64"));
    assertThat(Verifier.verify(directory).findings().stream().map(Finding::problem))
        .hasSize(2)
        .anyMatch(problem -> problem.contains("is 8 bytes; generation 1 says 800"))
        .anyMatch(problem -> problem.contains("is missing, though generation 2 names it"));
  }

  @Test
  void namesOrphansAndForeignFilesWithoutCallingThemDamage() throws IOException {
    Tables.longs(directory, 0, 100);
    Files.createFile(directory.resolve("c9-old-1.f64"));
    Files.createFile(directory.resolve("readme.txt"));
    Verification found = Verifier.verify(directory);
    assertThat(found.isSound()).isTrue();
    assertThat(found.findings().toString())
        .contains("c9-old-1.f64 belongs to no generation")
        .contains("readme.txt is no file of a table");
    assertThat(TableStat.of(directory).others()).containsExactly("c9-old-1.f64");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "c080",
        "e08080",
        "eda080",
        "f0808080",
        "f4908080",
        "f5",
        "c3",
        "e282",
        "ff",
        "61c3"
      })
  void findsTextThatIsNotUtf8(String hex) throws IOException {
    byte[] bad = java.util.HexFormat.of().parseHex(hex);
    for (EncodingChoice choice : EncodingChoice.values()) {
      List<@Nullable Object> rows = new ArrayList<>(List.of("", "abc"));
      rows.add(new String(bad, java.nio.charset.StandardCharsets.ISO_8859_1));
      rows.add("\u00c3\u00a4");
      Path table = directory.resolve(choice.name());
      Tables.create(table, DataType.UTF8, rows, WriteOptions.DEFAULT.withEncoding(choice));
      assertThat(Verifier.verify(table).findings())
          .singleElement()
          .satisfies(finding ->
              assertThat(finding.problem())
                  .contains(choice == EncodingChoice.PLAIN ? "row 2" : "dictionary entry 2")
                  .contains("is not UTF-8"));
    }
  }

  @Test
  void takesAllOfUnicodeForUtf8() {
    List<@Nullable Object> rows = new ArrayList<>();
    for (int c :
        new int[] {0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff}) {
      byte[] bytes = Character.toString(c).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      rows.add(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).repeat(3));
    }
    Tables.create(
        directory, DataType.UTF8, rows, WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN));
    Tables.assertClean(directory);
  }

  @Test
  void findsCodesWithoutAnEntryAndOffsetsOutOfOrderThoughTheChecksumsFit() throws IOException {
    Path coded = directory.resolve("coded");
    Tables.create(coded, DataType.UTF8, List.of("a", "b", "a"), WriteOptions.DEFAULT);
    forge(coded, Tables.file(coded, ".code8"), ByteBuffer.wrap(new byte[] {0, 9, 0}));
    assertThat(Verifier.verify(coded).findings().toString())
        .contains("has code 9 in the block from row 0 on, but its dictionary has 2 entries");
    Path plain = directory.resolve("plain");
    Tables.create(
        plain,
        DataType.UTF8,
        List.of("aa", "bb"),
        WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN));
    ByteBuffer offsets = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    forge(plain, Tables.file(plain, ".off"), offsets.putLong(0).putLong(5).putLong(4).flip());
    assertThat(Verifier.verify(plain).findings().toString())
        .contains("has a row 0 that ends at offset 5, out of order");
  }

  @Test
  void findsCodesOfNumbersThatNobodyWrote() throws IOException {
    Tables.create(directory, DataType.F64, List.of(0.25, 0.5), WriteOptions.DEFAULT);
    Path codes = Tables.file(directory, ".scaled8");
    forge(directory, codes, ByteBuffer.wrap(new byte[] {25, 51}));
    assertThat(Verifier.verify(directory).findings().toString()).contains("has wrong statistics");
    assertThat(Tables.rows(directory)).isEqualTo(List.of(0.25, 0.51));
  }

  @Test
  void findsStatisticsThatDoNotFitThoughTheChecksumsDo() throws IOException {
    Tables.longs(directory, 0, 3);
    ManifestText.rewrite(
        directory.resolve(FileName.manifest(1)), text -> text.replace("\"max\": 2", "\"max\": 1"));
    assertThat(Verifier.verify(directory).findings().toString()).contains("has wrong statistics");
  }

  /** Puts other bytes into a small file, with a manifest whose checksum fits them. */
  private static void forge(Path table, Path file, ByteBuffer bytes) throws IOException {
    byte[] old = Files.readAllBytes(file);
    Files.write(file, bytes.array());
    ManifestText.rewrite(
        table.resolve(FileName.manifest(1)),
        text -> text.replace(checksum(old), checksum(bytes.array())));
  }

  private static String checksum(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return String.format("%08x", crc.getValue());
  }

  @Test
  void saysWhatIsNoTable() {
    assertThatThrownBy(() -> Verifier.verify(directory)).isInstanceOf(NotATableException.class);
  }
}
