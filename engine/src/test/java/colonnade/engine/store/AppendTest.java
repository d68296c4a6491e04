package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Retention;
import colonnade.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that come in parts are the rows that come at once, and appends write only what is new. */
class AppendTest {
  private static final long SEED = Long.getLong("seed", 20_252);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void makesTheSameFilesInManyAppendsAsInOneWrite(DataType type) throws IOException {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> rows = Vectors.random(type, 140_001, true, random);
    Path once = directory.resolve("once");
    Path parts = directory.resolve("parts");
    Tables.create(once, type, rows, WriteOptions.DEFAULT);
    Tables.create(parts, type, List.of(), WriteOptions.DEFAULT);
    int done = 0;
    while (done < rows.size()) {
      int n = Math.min(rows.size() - done, 1 + random.nextInt(random.nextBoolean() ? 20 : 40_000));
      Tables.append(parts, type, rows.subList(done, done + n), WriteOptions.DEFAULT);
      done += n;
    }
    assertThat(Tables.rows(parts)).as("seed %d", SEED).isEqualTo(rows);
    assertThat(columnBytes(parts)).as("seed %d", SEED).isEqualTo(columnBytes(once));
    try (Snapshot a = TableStore.open(once);
        Snapshot b = TableStore.open(parts)) {
      assertThat(b.statistics(0)).isEqualTo(a.statistics(0));
    }
    Tables.assertClean(parts);
  }

  /** The bytes of the column files in the order of their roles; names differ by generation. */
  private static List<List<Byte>> columnBytes(Path table) throws IOException {
    List<List<Byte>> all = new ArrayList<>();
    for (TableStat.FileStat file : TableStat.of(table).files()) {
      byte[] bytes = Files.readAllBytes(table.resolve(file.name()));
      List<Byte> boxed = new ArrayList<>(bytes.length);
      for (byte b : bytes) {
        boxed.add(b);
      }
      all.add(boxed);
    }
    return all;
  }

  @Test
  void growsFilesWithoutTouchingWhatTheyHave() throws IOException {
    Tables.longs(directory, 0, 100_000);
    Path values = Tables.file(directory, ".i64");
    byte[] before = Files.readAllBytes(values);
    Tables.append(directory, DataType.I64, Tables.range(100_000, 100_010), WriteOptions.DEFAULT);
    byte[] after = Files.readAllBytes(values);
    assertThat(after).hasSize(100_010 * 8).startsWith(before);
    assertThat(Tables.rows(directory)).isEqualTo(Tables.range(0, 100_010));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 100, 65_536, 600_001})
  void takesANullThatComesOnlyLater(int presentRows) {
    Tables.longs(directory, 0, presentRows);
    Tables.append(
        directory, DataType.I64, Collections.singletonList((Object) null), WriteOptions.DEFAULT);
    Tables.append(directory, DataType.I64, List.of(5L), WriteOptions.DEFAULT);
    List<@Nullable Object> expected = new ArrayList<>(Tables.range(0, presentRows));
    expected.add(null);
    expected.add(5L);
    assertThat(Tables.rows(directory)).isEqualTo(expected);
    Tables.assertClean(directory);
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 65_536, 65_537})
  void widensCodesWhenTheDictionaryOutgrowsThem(int entryCount) throws IOException {
    List<String> rows = IntStream.range(0, entryCount).mapToObj(i -> "entry " + i).toList();
    WriteOptions options = WriteOptions.DEFAULT.withEncoding(EncodingChoice.DICTIONARY);
    int split = entryCount - 1;
    Tables.create(directory, DataType.UTF8, rows.subList(0, split), options);
    Tables.append(directory, DataType.UTF8, rows.subList(split, entryCount), options);
    Tables.append(directory, DataType.UTF8, rows.subList(0, 3), options);
    List<@Nullable Object> expected = new ArrayList<>(rows);
    expected.addAll(rows.subList(0, 3));
    assertThat(Tables.rows(directory)).isEqualTo(expected);
    try (Snapshot snapshot = TableStore.open(directory)) {
      Dictionary dictionary = snapshot.column(0).dictionary();
      assertThat(dictionary).isNotNull();
      assertThat(dictionary.size()).isEqualTo(entryCount);
      assertThat(snapshot.column(0).vector(0, 8).codeWidthBytes())
          .isEqualTo(entryCount <= 256 ? 1 : entryCount <= 65_536 ? 2 : 4);
    }
    Tables.assertClean(directory);
  }

  @Test
  void goesOnPlainWhenNearlyEveryTextIsNew() throws IOException {
    List<String> rows = IntStream.range(0, 70_000).mapToObj(i -> "unique " + i).toList();
    Tables.create(directory, DataType.UTF8, rows.subList(0, 65_000), WriteOptions.DEFAULT);
    assertThat(encoding()).isEqualTo(Encoding.DICTIONARY);
    try (Snapshot reader = TableStore.open(directory)) {
      Tables.append(directory, DataType.UTF8, rows.subList(65_000, 70_000), WriteOptions.DEFAULT);
      assertThat(encoding()).isEqualTo(Encoding.PLAIN);
      assertThat(Tables.rows(directory)).isEqualTo(rows);
      assertThat(Vectors.values(reader.column(0), 4096)).isEqualTo(rows.subList(0, 65_000));
    }
    Tables.assertClean(directory);
  }

  @Test
  void goesOnPlainWhenTheDictionaryGetsTooLargeForMemory() {
    String large = "x".repeat(1 << 20);
    List<@Nullable Object> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(i % 7 == 3 ? null : large + i % 20);
    }
    Tables.create(directory, DataType.UTF8, rows, WriteOptions.DEFAULT);
    assertThat(encoding()).isEqualTo(Encoding.PLAIN);
    assertThat(Tables.rows(directory)).isEqualTo(rows);
    Tables.assertClean(directory);
  }

  @Test
  void leavesNoFileBehindThatTheLastTwoGenerationsDoNotName() throws IOException {
    List<String> rows = IntStream.range(0, 300).mapToObj(i -> "entry " + i).toList();
    WriteOptions options =
        WriteOptions.DEFAULT
            .withEncoding(EncodingChoice.DICTIONARY)
            .withFlushPolicy(FlushPolicy.rows(10))
            .withRetention(Retention.generations(2));
    try (TableWriter writer =
        TableWriter.create(directory, Schema.of("x", DataType.UTF8), options)) {
      for (int i = 0; i < 300; i += 10) {
        Tables.write(writer, DataType.UTF8, rows.subList(i, i + 10));
      }
    }
    Tables.append(directory, DataType.UTF8, rows.subList(0, 1), options);
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      // LOCK, two manifests, codes, two files of the dictionary.
      assertThat(names).hasSize(6).anyMatch(name -> name.endsWith(".code16"));
    }
  }

  @Test
  void copiesCodesOfOtherDictionariesByEntry() {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> expected = new ArrayList<>();
    try (Arena arena = Arena.ofConfined();
        TableWriter writer =
            TableWriter.create(directory, Schema.of("x", DataType.UTF8), WriteOptions.DEFAULT)) {
      for (int batch = 0; batch < 30; batch++) {
        List<@Nullable Object> rows = Vectors.random(DataType.UTF8, 1000, true, random);
        writer.write(new Vector[] {Vectors.coded(DataType.UTF8, rows, 2, arena)}, 1000);
        expected.addAll(rows);
      }
    }
    assertThat(Tables.rows(directory)).isEqualTo(expected);
    try (Snapshot snapshot = TableStore.open(directory)) {
      Dictionary dictionary = snapshot.column(0).dictionary();
      assertThat(dictionary).isNotNull();
      List<String> entries =
          IntStream.range(0, dictionary.size()).mapToObj(dictionary::text).toList();
      assertThat(entries).doesNotHaveDuplicates().doesNotContain("unused");
    }
  }

  @Test
  void writesThousandsOfColumnsWithLittleMemoryAndFewDescriptors() {
    Object[] fields = new Object[2 * 2000];
    Vector[] vectors = new Vector[2000];
    try (Arena arena = Arena.ofConfined()) {
      for (int i = 0; i < 2000; i++) {
        fields[2 * i] = "column " + i;
        fields[2 * i + 1] = DataType.I32;
        vectors[i] = Vectors.plain(DataType.I32, List.of(i * 1L, i + 1L, i + 2L), arena);
      }
      try (TableWriter writer =
          TableWriter.create(directory, Schema.of(fields), WriteOptions.DEFAULT)) {
        writer.write(vectors, 3);
      }
    }
    try (TableWriter writer = TableWriter.append(directory, WriteOptions.DEFAULT);
        Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.mappedFileCount()).isZero();
      writer.write(
          IntStream.range(0, 2000)
              .mapToObj(i -> snapshot.column(i).vector(0, 3))
              .toArray(Vector[]::new),
          2);
    }
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(Vectors.values(snapshot.column(1999), 8))
          .isEqualTo(List.of(1999L, 2000L, 2001L, 1999L, 2000L));
    }
  }

  private Encoding encoding() {
    try (Snapshot snapshot = TableStore.open(directory)) {
      return snapshot.encoding(0);
    }
  }
}
