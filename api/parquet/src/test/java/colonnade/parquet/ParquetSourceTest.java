package colonnade.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.Block;
import colonnade.engine.exec.StreamSource;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that DuckDB writes here: all types, nulls, row groups, codecs, and damage. */
class ParquetSourceTest {
  private static final String EVERY_TYPE =
      """
      select if(i % 7 = 0, null, (i % 256 - 128)::tinyint) i8,
        if(i % 5 = 0, null, (i * 37 % 65536 - 32768)::smallint) i16,
        ((hash(i) % 4294967296)::hugeint - 2147483648)::integer i32, (hash(i)::hugeint - 9223372036854775808)::bigint i64,
        (i % 256)::utinyint u8, if(i % 3 = 0, null, (i * 7 % 65536)::usmallint) u16,
        (hash(i) % 4294967296)::uinteger u32, (hash(i) >> 1)::ubigint u64,
        if(i % 11 = 0, 'nan'::float, (i / 3)::float) f32, if(i % 13 = 0, null, i / 7.0) f64,
        if(i % 4 = 0, null, i % 3 = 0) b, date '1969-12-01' + i::integer d,
        timestamp '1969-12-31 23:00:00.123456' + to_microseconds(i * 1234567) t,
        (timestamp '1969-12-31 23:59:59.5' + to_milliseconds(i * 977))::timestamp_ms t_ms,
        (timestamp_ns '1970-01-01 00:00:00.000007999') t_ns,
        time '01:02:03.000004' + to_microseconds(i) clock,
        (i * 1.01)::decimal(9, 2) dec9, (i * 1.0001)::decimal(18, 4) dec18,
        if(i % 9 = 0, null, i * 0.000001::decimal(38, 6))::decimal(38, 6) dec38,
        if(i % 6 = 0, null, 'köln ' || (i % 20)) coded, if(i % 8 = 0, null, 'plain \u00e9 ' || hash(i)) plain,
        if(i % 10 = 0, null, ('x' || i)::blob) bin, uuid() id, null::integer nothing
      from range(ROWS) r(i)
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("a file's $name ü.parquet".replace("'", ""));
  }

  private void write(String query, String options) throws SQLException {
    try (DuckDb duckDb = new DuckDb()) {
      duckDb.execute("copy (" + query + ") to '" + file + "' (format parquet" + options + ")");
    }
  }

  private static String everyType(int rows) {
    return EVERY_TYPE.replace("ROWS", "" + rows);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ", codec zstd, parquet_version v2",
        ", codec gzip, row_group_size 2048",
        ", codec uncompressed",
        ", codec lz4_raw, row_group_size 4096, parquet_version v2"
      })
  void readsEveryTypeAsDuckDbDoes(String options) throws SQLException {
    write(everyType(20_000), options);
    ParquetSource source = ParquetSource.of(file);
    assertThat(source.schema().fields().stream().map(f -> f.type().label()))
        .containsExactly(
            "i8",
            "i16",
            "i32",
            "i64",
            "u8",
            "u16",
            "u32",
            "i64",
            "f32",
            "f64",
            "bool",
            "date",
            "timestamp",
            "timestamp",
            "timestamp",
            "i64",
            "f64",
            "f64",
            "f64",
            "utf8",
            "utf8",
            "binary",
            "binary",
            "i32");
    try (DuckDb duckDb = new DuckDb()) {
      List<List<Object>> theirs = duckDb.parquet(file, source.schema());
      List<List<Object>> ours = Rows.of(source);
      assertThat(ours).hasSameSizeAs(theirs);
      for (int i = 0; i < ours.size(); i++) {
        assertThat(ours.get(i)).as("row %d", i).isEqualTo(theirs.get(i));
      }
    }
  }

  @Test
  void roundsNanosecondsDown() throws SQLException {
    write("select timestamp_ns '1969-12-31 23:59:59.999999001' t", "");
    assertThat(Rows.of(ParquetSource.of(file))).isEqualTo(List.of(List.of(-1L)));
  }

  @Test
  void readsOneColumnOutOfMany() throws SQLException {
    write(everyType(100), "");
    ParquetSource source = ParquetSource.of(file);
    int f64 = source.schema().indexOf("f64");
    assertThat(Rows.of(source, f64, f64).get(14)).isEqualTo(List.of(2.0, 2.0));
    assertThat(Rows.of(source)).hasSize(100);
    assertThat(Rows.of(source, new int[0])).hasSize(100);
  }

  @Test
  void cutsRowGroupsIntoBlocks() throws SQLException {
    write("select i, 'v' || (i % 300) s from range(200_000) r(i)", ", row_group_size 150_000");
    ParquetSource source = ParquetSource.of(file);
    List<List<Object>> rows = Rows.of(source);
    assertThat(rows).hasSize(200_000);
    assertThat(rows.get(199_999)).isEqualTo(List.of(199_999L, "v199"));
  }

  @Test
  void givesOneDictionaryForAllRowGroups() throws SQLException {
    write(
        "select 'v' || ((i // 6144) + i % 400) s, 'u' || i u from range(18_432) r(i)",
        ", row_group_size 6144");
    ParquetSource source = ParquetSource.of(file);
    assertThat(source.dictionary(0)).isNotNull().extracting(d -> d.size()).isEqualTo(402);
    assertThat(source.dictionary(0)).isSameAs(source.dictionary(0));
    assertThat(source.dictionary(1)).isNull();
    try (var pass = source.open(new int[] {0});
        var block = pass.next()) {
      assertThat(block.vector(0, 0, 1).dictionary()).isSameAs(source.dictionary(0));
    }
  }

  @Test
  void endsABlockEarlyWhenItsTextGrowsLarge() throws SQLException {
    write("select repeat('abcdefgh', 1000) || i s from range(20_000) r(i)", "");
    ParquetSource source = ParquetSource.of(file);
    try (var pass = source.open(new int[] {0});
        var block = pass.next()) {
      assertThat(block.rowCount()).isLessThan(20_000).isGreaterThan(1_000);
    }
    assertThat(Rows.of(source)).hasSize(20_000);
  }

  @Test
  void decodesBlocksSideBySide() throws Exception {
    write(everyType(150_000), ", row_group_size 100000");
    ParquetSource source = ParquetSource.of(file);
    try (ExecutorService threads = Executors.newFixedThreadPool(3);
        StreamSource.Pass pass = source.open(Rows.allColumns(source))) {
      List<Future<List<List<Object>>>> running = new ArrayList<>();
      for (Block block = pass.next(); block != null; block = pass.next()) {
        Block read = block;
        running.add(threads.submit(() -> Rows.of(read, source.schema().size())));
      }
      assertThat(running).hasSize(3);
      List<List<Object>> rows = new ArrayList<>();
      for (Future<List<List<Object>>> block : running) {
        rows.addAll(block.get());
      }
      assertThat(rows).isEqualTo(Rows.of(source));
    }
  }

  @Test
  void goesOnAfterABlockThatNobodyRead() throws SQLException {
    write("select i, 'text ' || hash(i) s from range(150_000) r(i)", ", row_group_size 150000");
    try (StreamSource.Pass pass = ParquetSource.of(file).open(new int[] {0, 1})) {
      pass.next().close();
      try (Block second = pass.next()) {
        assertThat(second.vector(0, 4096, 8).longAt(1)).isEqualTo(65_536 + 4097);
        assertThat(second.vector(1, 0, 8).textAt(0)).startsWith("text ");
      }
    }
  }

  @Test
  void keepsABlockValidWhileLaterOnesAreRead() throws SQLException {
    write("select i from range(140_000) r(i)", "");
    try (var pass = ParquetSource.of(file).open(new int[] {0});
        var first = pass.next();
        var second = pass.next()) {
      assertThat(second.vector(0, 0, 1).longAt(0)).isEqualTo(65_536);
      assertThat(first.vector(0, 8, 8).longAt(3)).isEqualTo(11);
    }
  }

  @Test
  void readsAFileWithoutRows() throws SQLException {
    write("select 1 a, 'x' b limit 0", "");
    ParquetSource source = ParquetSource.of(file);
    assertThat(source.schema()).isEqualTo(Schema.of("a", DataType.I32, "b", DataType.UTF8));
    assertThat(source.rowCount()).hasValue(0);
    assertThat(Rows.of(source)).isEmpty();
  }

  @Test
  void refusesAnUnsignedLongThatDoesNotFit() throws SQLException {
    write("select 18446744073709551615::ubigint big", "");
    assertThatThrownBy(() -> Rows.of(ParquetSource.of(file)))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("column 'big'")
        .hasMessageContaining("18446744073709551615");
  }

  @Test
  void refusesListsOnlyWhenTheyAreAskedFor() throws SQLException {
    write(
        "select i id, [i, i + 1] pair, {'a': i, 'b': 'x'} struct, 'z' tail from range(3) r(i)", "");
    ParquetSource source = ParquetSource.of(file);
    assertThat(Rows.of(source, 3, 0)).first().isEqualTo(List.of("z", 0L));
    assertThatThrownBy(() -> source.open(new int[] {0, 2}))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("column 'struct'")
        .hasMessageContaining("'id', 'tail'");
  }

  @Test
  void saysThatAFileIsNoParquetFile() throws IOException {
    Files.writeString(file, "id,name\n1,one\n2,two\n");
    assertThatThrownBy(() -> ParquetSource.of(file))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining(file.toString());
    Files.writeString(file, "");
    assertThatThrownBy(() -> ParquetSource.of(file)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> ParquetSource.of(folder)).isInstanceOf(MalformedInputException.class);
    assertThatThrownBy(() -> ParquetSource.of(folder.resolve("none")))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void refusesAnEncryptedFile() throws SQLException, IOException {
    write("select 1 a", "");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] = 'E';
    Files.write(file, bytes);
    assertThatThrownBy(() -> ParquetSource.of(file))
        .isInstanceOf(UnsupportedFormatException.class)
        .hasMessageContaining("encrypted");
  }

  @Test
  void refusesAFileThatChangedSinceItWasOpened() throws SQLException {
    write("select 1 a", "");
    ParquetSource source = ParquetSource.of(file);
    write("select i from range(1000) r(i)", "");
    assertThatThrownBy(() -> source.open(new int[] {0}))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("has changed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {", codec uncompressed", ", codec zstd, parquet_version v2", ", codec snappy"})
  void endsDamageInATypedError(String options) throws SQLException, IOException {
    long seed = Long.getLong("seed", 20_261_121L);
    var random = new SplittableRandom(seed);
    write(everyType(300), options);
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] bytes = whole.clone();
      if (round % 4 == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      } else {
        // Most of a small file is its footer and page headers.
        for (int flips = random.nextInt(1, 5); flips > 0; flips--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      Files.write(file, bytes);
      try {
        Rows.of(ParquetSource.of(file));
      } catch (ColonnadeException e) {
        refused++;
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ", round " + round + ", " + options, e);
      }
    }
    assertThat(refused).as("of 400; seed %d", seed).isGreaterThan(100);
  }
}
