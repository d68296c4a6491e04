package colonnade.engine.store.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Retention;
import colonnade.engine.observe.Written;
import colonnade.engine.store.ColumnStatistics;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.NumberCode;
import colonnade.error.ColonnadeException;
import colonnade.error.CorruptTableException;
import colonnade.error.StorageException;
import colonnade.error.UnsupportedFormatException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A manifest is read back exactly, or refused with a typed error. Long because it has a case for
 * each member and each way to be wrong.
 */
class ManifestTest {
  private static final long SEED = Long.getLong("seed", 20_253);
  private static final ColumnStatistics NONE = ColumnStatistics.EMPTY;

  private static final Manifest SMALL =
      new Manifest(
          7,
          6,
          3,
          Instant.parse("2026-03-01T10:20:30.123456Z"),
          9,
          "replace fare \u20ac",
          Retention.generations(5).withinBytes(999),
          List.of(
              column(
                  4,
                  "fare €",
                  new ColumnStatistics(
                      3, 1, 1, NONE.minLong(), NONE.maxLong(), -1.5, Double.POSITIVE_INFINITY)),
              new ManifestColumn(
                  8,
                  new Field("\"quoted\"\n\\ \ud83e\udd84 \ud800", DataType.UTF8),
                  Encoding.DICTIONARY,
                  1,
                  2,
                  null,
                  0,
                  counted(3, 0),
                  counted(3, 0),
                  List.of(
                      new ManifestFile(FileRole.CODES, "c8-quoted-7.code8", 3, 0, -1),
                      new ManifestFile(
                          FileRole.DICTIONARY_OFFSETS, "c8-quoted-5.dict.off", 24, 1, 2),
                      new ManifestFile(
                          FileRole.DICTIONARY_BYTES, "c8-quoted-5.dict.utf8", 11, 3, 4)),
                  Map.of("scaling", "z-score", "mean \"x\"", "1.5"))));

  private static ColumnStatistics counted(long rows, long nulls) {
    return new ColumnStatistics(
        rows, nulls, 0, NONE.minLong(), NONE.maxLong(), NONE.minDouble(), NONE.maxDouble());
  }

  private static ManifestColumn column(int id, String name, ColumnStatistics statistics) {
    return new ManifestColumn(
        id,
        new Field(name, DataType.F64),
        Encoding.PLAIN,
        0,
        0,
        null,
        0,
        statistics,
        statistics,
        List.of(
            new ManifestFile(FileRole.VALUES, "c" + id + "-fare-7.f64", 24, 0, 0x1234abcd),
            new ManifestFile(FileRole.VALIDITY, "c" + id + "-fare-7.valid", 1, 0, 5)),
        Map.of());
  }

  private static Manifest read(byte[] bytes) {
    return ManifestReader.read("trips/manifest", 7, bytes);
  }

  @Test
  void isReadBackAsItWasWritten() {
    assertThat(read(ManifestWriter.write(SMALL))).isEqualTo(SMALL);
  }

  @Test
  void startsWithFormatAndVersionAndIsOneJsonDocument() throws JsonException {
    byte[] bytes = ManifestWriter.write(SMALL);
    assertThat(new String(bytes, StandardCharsets.UTF_8))
        .startsWith("{\"format\": \"colonnade-table\", \"version\": 1,\n\"generation\": 7")
        .contains("\"min\": -1.5, \"max\": \"Infinity\"");
    assertThat(JsonReader.read(bytes)).isInstanceOf(Json.Members.class);
  }

  @Test
  void keepsTheBeginningOfALongOperationAndRefusesOneThatIsLonger() {
    String operation = "add x; ".repeat(40);
    Manifest long200 =
        new Manifest(7, 6, 3, SMALL.created(), 9, operation, Retention.DEFAULT, SMALL.columns());
    assertThat(long200.operation()).hasSize(200).endsWith("…");
    String text = new String(ManifestWriter.write(long200), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("retention");
    byte[] longer = ManifestText.sealed(text.replace("…", "….."));
    assertThatThrownBy(() -> read(longer))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining("more than 200 characters");
  }

  @Test
  void readsTablesThatSayNothingOfOperationsAndRetention() {
    Manifest silent = new Manifest(7, 6, 3, SMALL.created(), 9, SMALL.columns());
    byte[] bytes = ManifestWriter.write(silent);
    assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("operation");
    assertThat(read(bytes)).isEqualTo(silent);
    assertThat(read(bytes).retention()).isEqualTo(Retention.DEFAULT);
  }

  @Test
  void keepsItsHomeAndRefusesWhatIsNone() {
    for (OptionalLong born : List.of(OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE))) {
      Manifest manifest = SMALL.withHome(Optional.of(new Home(Long.MAX_VALUE, born)));
      byte[] bytes = ManifestWriter.write(manifest);
      assertThat(read(bytes)).isEqualTo(manifest);
      String text = new String(bytes, StandardCharsets.UTF_8);
      String inode = "\"inode\": 9223372036854775807";
      assertThat(text).contains(inode);
      for (String hostile : List.of("9223372036854775808", "-1.5", "\"3\"", "[]", "1e3")) {
        byte[] sealed = ManifestText.sealed(text.replace(inode, "\"inode\": " + hostile));
        assertThatThrownBy(() -> read(sealed))
            .as(hostile)
            .isInstanceOf(CorruptTableException.class)
            .hasMessageContaining("'inode'");
      }
      byte[] nowhere = ManifestText.sealed(text.replace(inode, "\"born\": 1"));
      assertThatThrownBy(() -> read(nowhere)).isInstanceOf(CorruptTableException.class);
      byte[] later = ManifestText.sealed(text.replace(inode, inode + ", \"host\": 1"));
      assertThatThrownBy(() -> read(later))
          .isInstanceOf(UnsupportedFormatException.class)
          .hasMessageContaining("'host'");
    }
  }

  @Test
  void keepsWhatItsCommitWroteAndRefusesWhatNoneCan() {
    Manifest manifest =
        new Manifest(
            7,
            6,
            3,
            SMALL.created(),
            9,
            "append",
            Retention.DEFAULT,
            Optional.of(new Written(24, 1L << 60, 3)),
            Optional.empty(),
            SMALL.columns());
    byte[] bytes = ManifestWriter.write(manifest);
    assertThat(read(bytes)).isEqualTo(manifest);
    String text = new String(bytes, StandardCharsets.UTF_8);
    String most = "1152921504606846976";
    for (String hostile : List.of("1152921504606846977", "-1", "\"3\"", "1e3", "{}")) {
      byte[] sealed = ManifestText.sealed(text.replace(most, hostile));
      assertThatThrownBy(() -> read(sealed))
          .as(hostile)
          .isInstanceOf(CorruptTableException.class)
          .hasMessageContaining("'bytes'");
    }
    byte[] later = ManifestText.sealed(text.replace(most, most + ", \"device\": 1"));
    assertThatThrownBy(() -> read(later))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("'device'");
    byte[] less = ManifestText.sealed(text.replace(", \"pages\": 3", ""));
    assertThatThrownBy(() -> read(less))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining("no 'pages'");
  }

  @Test
  void isRefusedWhenCutAnywhere() {
    byte[] bytes = ManifestWriter.write(SMALL);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(CorruptTableException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> read(longer)).isInstanceOf(CorruptTableException.class);
  }

  @Test
  void isRefusedWhenAnyBitFlips() {
    byte[] bytes = ManifestWriter.write(SMALL);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      assertThatThrownBy(() -> read(flipped))
          .as("bit %d", bit)
          .isInstanceOf(CorruptTableException.class);
    }
  }

  @Test
  void isReadOrRefusedWithATypedErrorWhateverItsTextSays() {
    var random = new SplittableRandom(SEED);
    String text = new String(ManifestWriter.write(SMALL), StandardCharsets.UTF_8);
    int end = text.lastIndexOf(ManifestWriter.CHECKSUM);
    String alphabet = "\"{}[],:-+.eE0123456789\\unf \n\u0000aé";
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder forged = new StringBuilder(text);
      for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
        int at = random.nextInt(end - 5);
        switch (random.nextInt(3)) {
          case 0 -> forged.deleteCharAt(at);
          case 1 -> forged.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
          default -> forged.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        }
      }
      byte[] bytes = ManifestText.sealed(forged.toString());
      try {
        read(bytes);
      } catch (ColonnadeException e) {
        refused++;
        assertThat(e)
            .isInstanceOfAny(CorruptTableException.class, UnsupportedFormatException.class);
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + SEED + ", round " + round + ": " + forged, e);
      }
    }
    assertThat(refused).isBetween(15_000, 19_999);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": 8 | \"id\": 4 | c8-quoted-7.code8",
        "\"nextColumnId\": 9 | \"nextColumnId\": 8 | column id 8",
        "\"name\": \"fare €\" | \"name\": \"fare €\", \"name\": \"x\" | twice in one object",
        "c4-fare-7.valid\", \"length\": 1 | c4-fare-7.f64\", \"length\": 24 | two files for VALUES",
        "c4-fare-7.f64 | c5-fare-7.f64 | which is not its own",
        "c4-fare-7.f64 | c4-fare-8.f64 | which is not its own",
        "c4-fare-7.f64 | c4-fare-7.i64 | which is not its own",
        "c4-fare-7.f64 | c4-fare-7.f64.crc | no name that a table writes",
        "\"length\": 24, | \"length\": 25, | its 3 rows take 24",
        "\"length\": 24, | \"length\": 24.0, | no whole number",
        "\"length\": 24, | \"length\": 99999999999999999999, | no whole number",
        "\"length\": 11, | \"length\": -11, | not from 0 to",
        "\"generation\": 7 | \"generation\": 07 | leading zero",
        "\"parent\": 6 | \"parent\": 7 | not from 0 to 6",
        "\"rows\": 3, \"created\" | \"rows\": 4, \"created\" | not from 4 to 4",
        "\"rows\": 3, \"created\" | \"rows\": 72057594037927937, \"created\" | not from 0 to",
        "\"nans\": 1 | \"nans\": 3 | not from 0 to 2",
        "\"min\": -1.5 | \"min\": 1e999 | no number that a double holds",
        "\"min\": -1.5, \"max\": \"Infinity\" | \"min\": 2.0, \"max\": 1.0 | a minimum is above its"
            + " maximum",
        "\"min\": -1.5 | \"min\": \"NaN\" | no number that a double holds",
        "\"codeWidth\": 1 | \"codeWidth\": 3 | too narrow",
        "\"dictionarySize\": 2 | \"dictionarySize\": 0 | its dictionary has no entry",
        "\"dictionarySize\": 2 | \"dictionarySize\": 257 | too narrow",
        "2026-03-01T | 2026-13-01T | no point in time",
        "\"generations\": 5 | \"generations\": 1 | not from 2 to 100000",
        "\"generations\": 5 | \"generations\": 100001 | not from 2 to 100000",
        "\"bytes\": 999 | \"bytes\": -1 | not from 0 to",
        "\"operation\": \"replace fare \u20ac\" | \"operation\": 1 | not text",
        "\"digest\": \"00000001\" | \"digest\": \"1\" | no checksum",
        "\"columns\": [ | \"columns\": [[[[[[[[[[[[[[[[[[ | nesting deeper than 16",
        "colonnade-table | colonnade-array | not 'colonnade-table'"
      })
  void isRefusedWhenItContradictsItself(String from, String to, String message) {
    String text = new String(ManifestWriter.write(SMALL), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    byte[] bytes = ManifestText.sealed(text.replace(from, to));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("trips/manifest");
  }

  private static Manifest coded(DataType type, int width, NumberCode code, String extension) {
    ColumnStatistics three = counted(3, 0);
    ManifestFile codes =
        new ManifestFile(FileRole.CODES, "c4-fare-7." + extension, 3L * width, 0, 1);
    ManifestColumn column =
        new ManifestColumn(
            4,
            new Field("fare", type),
            NumberCode.encodingOf(type),
            width,
            0,
            code,
            0,
            three,
            three,
            List.of(codes),
            Map.of());
    return new Manifest(7, 6, 3, SMALL.created(), 9, List.of(column));
  }

  @Test
  void keepsWhatCodesOfNumbersStandFor() {
    for (Manifest manifest :
        List.of(
            coded(DataType.I64, 4, new NumberCode(Long.MIN_VALUE, 0), "narrow32"),
            coded(DataType.I16, 1, new NumberCode(-32768, 0), "narrow8"),
            coded(DataType.DATE, 2, new NumberCode(8036, 0), "narrow16"),
            coded(DataType.F64, 1, new NumberCode(-(1L << 51), 15), "scaled8"))) {
      assertThat(read(ManifestWriter.write(manifest))).isEqualTo(manifest);
    }
  }

  /** A table of three rows whose only column has one value or bits, in files as given. */
  private static Manifest ofOneColumn(
      DataType type, Encoding encoding, long constantBits, List<ManifestFile> files) {
    ColumnStatistics three = counted(3, 0);
    ManifestColumn column =
        new ManifestColumn(
            4,
            new Field("fare", type),
            encoding,
            0,
            0,
            null,
            constantBits,
            three,
            three,
            files,
            Map.of());
    return new Manifest(7, 6, 3, SMALL.created(), 9, List.of(column));
  }

  private static Manifest constant(DataType type, long bits) {
    return ofOneColumn(type, Encoding.CONSTANT, bits, List.of());
  }

  private static Manifest bits() {
    return ofOneColumn(
        DataType.BOOL,
        Encoding.BITS,
        0,
        List.of(new ManifestFile(FileRole.BITS, "c4-fare-7.bits", 1, 0, 9)));
  }

  @Test
  void keepsConstantsAndBits() {
    for (Manifest manifest :
        List.of(
            constant(DataType.F64, 0x7ff8_0000_0000_0123L),
            constant(DataType.F64, Long.MIN_VALUE),
            constant(DataType.I32, 0xffff_fffeL),
            constant(DataType.I8, 0x80),
            constant(DataType.BOOL, 1),
            bits())) {
      assertThat(read(ManifestWriter.write(manifest))).isEqualTo(manifest);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I32 | 00000007 | 0000000007 | not 8 hexadecimal digits",
        "I32 | 00000007 | 0007 | not 8 hexadecimal digits",
        "I32 | 00000007 | 0000-007 | not 8 hexadecimal digits",
        "I32 | 00000007 | 0000000G | not 8 hexadecimal digits",
        "I32 | \"bits\": \"00000007\", | '' | has no 'bits'",
        "BOOL | \"bits\": \"01\" | \"bits\": \"02\" | neither 0 nor 1",
        "I8 | \"rows\": 3 | \"rows\": 65536 | no file for STATISTICS",
        "I8 | \"nulls\": 0 | \"nulls\": 1 | no file for VALIDITY",
      })
  void isRefusedWhenAConstantCannotBeWhatItSays(
      DataType type, String from, String to, String message) {
    Manifest manifest = constant(type, type == DataType.BOOL ? 1 : 7);
    String text = new String(ManifestWriter.write(manifest), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    String changed = text.replace(from, to);
    if (to.endsWith("65536")) {
      changed = changed.replaceFirst("(\"tailStatistics\": \\{\"rows\": )65536", "$1" + 0);
    }
    String sealed = changed;
    assertThatThrownBy(() -> read(ManifestText.sealed(sealed)))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "\"length\": 1, \"length\": 3",
    "fare-7.bits, fare-7.bool",
    "fare-7.bits, fare-7.valid"
  })
  void isRefusedWhenBitsCannotBeWhatItSays(String from, String to) {
    String text = new String(ManifestWriter.write(bits()), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    assertThatThrownBy(() -> read(ManifestText.sealed(text.replace(from, to))))
        .isInstanceOf(CorruptTableException.class);
  }

  @Test
  void isRefusedWhenATypeHasNoConstantsOrBits() {
    String constant =
        new String(ManifestWriter.write(constant(DataType.I8, 7)), StandardCharsets.UTF_8);
    String bits = new String(ManifestWriter.write(bits()), StandardCharsets.UTF_8);
    for (String changed :
        List.of(
            constant.replace("\"type\": \"i8\"", "\"type\": \"utf8\""),
            bits.replace("\"type\": \"bool\"", "\"type\": \"i8\""))) {
      assertThatThrownBy(() -> read(ManifestText.sealed(changed)))
          .isInstanceOf(UnsupportedFormatException.class)
          .hasMessageContaining("the encoding");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I32 | \"codeWidth\": 2 | \"codeWidth\": 4 | a 'codeWidth' of 4 for type",
        "I32 | \"codeWidth\": 2 | \"codeWidth\": 3 | a 'codeWidth' of 3 for type",
        "I32 | \"codeWidth\": 2 | \"codeWidth\": 1 | which is not its own",
        "I32 | \"base\": 7 | \"base\": 2147418113 | pass the bounds of",
        "I32 | \"base\": 7 | \"base\": -2147483649 | pass the bounds of",
        "I32 | \"base\": 7 | \"base\": 9999999999999999999 | no whole number",
        "I32 | \"base\": 7, | '' | has no 'base'",
        "U32 | \"base\": 7 | \"base\": -1 | pass the bounds of",
        "I64 | \"base\": 7 | \"base\": 9223372036854775000 | pass the bounds of",
        "F64 | \"base\": 7 | \"base\": 2251804108652545 | pass the bounds of",
        "F64 | \"base\": 7 | \"base\": -2251799813685249 | pass the bounds of",
        "F64 | \"decimals\": 2 | \"decimals\": 16 | not from 0 to 15",
        "F64 | \"decimals\": 2 | \"decimals\": -1 | not from 0 to 15",
        "F64 | scaled16 | narrow16 | which is not its own",
        "I64 | \"length\": 6 | \"length\": 24 | its 3 rows take 6",
      })
  void isRefusedWhenCodesCannotBeWhatItSays(DataType type, String from, String to, String message) {
    boolean scaled = type == DataType.F64;
    Manifest manifest =
        coded(type, 2, new NumberCode(7, scaled ? 2 : 0), scaled ? "scaled16" : "narrow16");
    String text = new String(ManifestWriter.write(manifest), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    assertThatThrownBy(() -> read(ManifestText.sealed(text.replace(from, to))))
        .isInstanceOf(CorruptTableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void isRefusedWhenATypeHasNoSuchCodes() {
    Manifest manifest = coded(DataType.I64, 2, new NumberCode(7, 0), "narrow16");
    String text = new String(ManifestWriter.write(manifest), StandardCharsets.UTF_8);
    for (String type : List.of("f64", "f32", "bool", "utf8", "i8")) {
      String changed = text.replace("\"type\": \"i64\"", "\"type\": \"" + type + "\"");
      assertThatThrownBy(() -> read(ManifestText.sealed(changed)))
          .isInstanceOf(UnsupportedFormatException.class)
          .hasMessageContaining("'narrow'");
    }
  }

  @Test
  void isRefusedWithAFileOfTwoColumns() {
    Manifest twice =
        new Manifest(
            7,
            6,
            3,
            SMALL.created(),
            9,
            List.of(SMALL.columns().get(0), column(5, "other", counted(3, 1))));
    String text = new String(ManifestWriter.write(twice), StandardCharsets.UTF_8);
    byte[] bytes = ManifestText.sealed(text.replace("c5-fare-7.f64", "c4-fare-7.f64"));
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(CorruptTableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "[01]",
        "[1.]",
        "[.5]",
        "[+1]",
        "[1e]",
        "[-]",
        "nul",
        "[true false]",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "'a'",
        "{a:1}",
        "[1]]",
        "// c\n1",
        "\ufeff[]",
        "[NaN]",
        "{\"a\":1,\"a\":2}"
      })
  void isNoOtherDialectOfJson(String text) {
    assertThatThrownBy(() -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonException.class);
  }

  @Test
  void isStrictlyUtf8() {
    byte[] overlong = {'"', (byte) 0xc0, (byte) 0x80, '"'};
    assertThatThrownBy(() -> JsonReader.read(overlong)).isInstanceOf(JsonException.class);
  }

  @Test
  void hasRoomForThousandsOfColumnsButNotForMoreThanItsLimit() {
    List<ManifestColumn> columns = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      columns.add(column(i, "a name of forty characters for column " + i, counted(3, 1)));
    }
    Manifest wide = new Manifest(7, 6, 3, SMALL.created(), 2000, columns);
    assertThat(read(ManifestWriter.write(wide))).isEqualTo(wide);
    List<ManifestColumn> huge = List.of(column(1, "x".repeat(17 << 20), counted(3, 1)));
    assertThatThrownBy(() -> ManifestWriter.write(new Manifest(7, 6, 3, SMALL.created(), 2, huge)))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void extendsAChecksumByAByte() {
    var crc = new java.util.zip.CRC32C();
    int extended = 0;
    for (byte b : "123456789".getBytes(StandardCharsets.US_ASCII)) {
      crc.update(b);
      extended = Checksum.extend(extended, b);
      assertThat(extended).isEqualTo((int) crc.getValue());
    }
    assertThat(Checksum.hex(extended)).isEqualTo("e3069283");
  }
}
