package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tables of one or few columns for tests, from and to plain Java values. */
final class Tables {
  /** For tests that look at the files of plain columns. */
  static final WriteOptions PLAIN = WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN);

  private Tables() {}

  /** A new table with one column {@code x}. */
  static void create(
      Path table, DataType type, List<? extends @Nullable Object> rows, WriteOptions options) {
    try (TableWriter writer = TableWriter.create(table, Schema.of("x", type), options)) {
      write(writer, type, rows);
    }
  }

  static void append(
      Path table, DataType type, List<? extends @Nullable Object> rows, WriteOptions options) {
    try (TableWriter writer = TableWriter.append(table, options)) {
      write(writer, type, rows);
    }
  }

  /** The same rows at the end of each of {@code columns} columns. */
  static void append(
      Path table,
      DataType type,
      List<? extends @Nullable Object> rows,
      WriteOptions options,
      int columns) {
    try (Arena arena = Arena.ofConfined();
        TableWriter writer = TableWriter.append(table, options)) {
      Vector[] vectors = new Vector[columns];
      Arrays.fill(vectors, Vectors.plain(type, new ArrayList<>(rows), arena));
      writer.write(vectors, rows.size());
    }
  }

  static void write(TableWriter writer, DataType type, List<? extends @Nullable Object> rows) {
    try (Arena arena = Arena.ofConfined()) {
      writer.write(new Vector[] {Vectors.plain(type, new ArrayList<>(rows), arena)}, rows.size());
    }
  }

  /**
   * A new table with one plain column {@code x} of the longs from {@code first} up to, not
   * including, {@code end}.
   */
  static void longs(Path table, long first, long end) {
    create(table, DataType.I64, range(first, end), PLAIN);
  }

  static List<Long> range(long first, long end) {
    return LongStream.range(first, end).boxed().toList();
  }

  /** All rows of the first column of the newest generation. */
  static List<@Nullable Object> rows(Path table) {
    try (Snapshot snapshot = TableStore.open(table)) {
      return Vectors.values(snapshot.column(0), 4096);
    }
  }

  static long sum(MappedColumn column) {
    long sum = 0;
    for (long row = 0; row < column.rowCount(); row += 8) {
      int n = (int) Math.min(8, column.rowCount() - row);
      Vector vector = column.vector(row, n);
      for (int i = 0; i < n; i++) {
        sum += vector.longAt(i);
      }
    }
    return sum;
  }

  /** Verifies the table and expects that nothing is found. */
  static void assertClean(Path table) {
    assertThat(Verifier.verify(table).findings()).isEmpty();
  }

  /** The only file in the directory whose name has this ending. */
  static Path file(Path table, String ending) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
      assertThat(found).as("files that end with " + ending).hasSize(1);
      return found.getFirst();
    }
  }

  /** The names and bytes of all files but the lock. */
  static Map<String, byte[]> contents(Path table) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.toList()) {
        if (!file.endsWith("LOCK") && Files.isRegularFile(file)) {
          contents.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    }
    return contents;
  }

  /** A copy of a table's directory as it is now, the lock left out: what a crash would leave. */
  static void copy(Path table, Path copy) throws IOException {
    Files.createDirectories(copy);
    for (Map.Entry<String, byte[]> file : contents(table).entrySet()) {
      Files.write(copy.resolve(file.getKey()), file.getValue());
    }
  }
}
