package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.observe.WriteLedger;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.observe.Written;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.rig.CountingStorage;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commits report that they wrote, beside what a storage saw them write. */
class CommitReportTest {
  private static final int ROWS = 70_000;

  @TempDir Path directory;

  private final CountingStorage storage = new CountingStorage();
  private final WriteOptions options = Tables.PLAIN.withStorage(storage);

  @Test
  void countsEveryByteAndPageOfACreateAndAnAppend() throws IOException {
    create(options);
    // Two columns, and for each the checksums of 8 pieces and the statistics of one block.
    long manifest = manifestBytes(1);
    assertReport("create", 1, 16L * ROWS, 16L * ROWS + 2 * (8 * 4 + 32) + manifest);
    long filePages = Written.pagesOf(0, 8L * ROWS);
    assertThat(report().written().pages()).isEqualTo(2 * (filePages + 2) + 1);
    storage.take();

    Tables.append(directory, DataType.I64, List.of(7L), options, 2);
    assertReport("append", 2, 16, 16 + manifestBytes(2));
    assertThat(report().written().pages()).isEqualTo(2 + 1);
  }

  @Test
  void countsEachCheckpointByItself() {
    try (Arena arena = Arena.ofConfined();
        TableWriter writer = TableWriter.create(directory, Schema.of("x", DataType.I64), options)) {
      for (int i = 1; i <= 3; i++) {
        Vector rows = Vectors.plain(DataType.I64, List.copyOf(Tables.range(0, 1000 * i)), arena);
        writer.write(new Vector[] {rows}, 1000 * i);
        writer.checkpoint();
        long[] seen = storage.take();
        Written written = report().written();
        assertThat(written.logicalBytes()).isEqualTo(8000L * i);
        assertThat(written.writtenBytes()).isEqualTo(seen[0]);
        assertThat(written.pages()).isEqualTo(seen[1]);
      }
    }
  }

  @Test
  void countsTheSameHoweverBlocksAreWritten() {
    WriteOptions small = options.withBufferBytes(0).withEncoding(EncodingChoice.AUTO);
    create(small);
    long[] seen = storage.take();
    assertThat(report().written()).isEqualTo(new Written(16L * ROWS, seen[0], seen[1]));
  }

  @Test
  void showsThatAColumnWasWrittenAnewForAFewRows() {
    create(options);
    storage.take();
    try (Arena arena = Arena.ofConfined();
        TableEdit edit = TableEdit.open(directory, options)) {
      ColumnRewrite column = edit.replace(new Field("b", DataType.I64));
      column.meantRows(5);
      column.write(
          Vectors.plain(DataType.I64, List.copyOf(Tables.range(1, ROWS + 1)), arena), ROWS);
      edit.commit();
    }
    assertReport("replace b", 2, 5 * 8, 8L * ROWS + 8 * 4 + 32 + manifestBytes(2));
    assertThat(report().written().amplification().orElseThrow()).isGreaterThan(ROWS / 5.0);
  }

  @Test
  void countsTextsByTheirLengthWhateverTheirEncoding() {
    List<@Nullable Object> texts =
        IntStream.range(0, 1000)
            .<@Nullable Object>mapToObj(i -> i % 10 == 0 ? null : "ab".repeat(i % 3))
            .toList();
    long bytes = texts.stream().mapToLong(t -> t == null ? 0 : t.toString().length()).sum();
    for (EncodingChoice choice : EncodingChoice.values()) {
      try (Arena arena = Arena.ofConfined();
          TableWriter writer =
              TableWriter.create(
                  directory, Schema.of("x", DataType.UTF8), options.withEncoding(choice))) {
        writer.write(new Vector[] {Vectors.plain(DataType.UTF8, texts, arena)}, 1000);
        writer.checkpoint();
        assertThat(report().written().logicalBytes()).as("%s", choice).isEqualTo(bytes);
        try (Snapshot written = TableStore.open(directory)) {
          writer.write(new Vector[] {written.column(0).vector(0, 1000)}, 1000);
        }
      }
      assertThat(report().written().logicalBytes()).as("again, %s", choice).isEqualTo(bytes);
    }
  }

  @Test
  void isFoundByWhoeverLooksAtTheTable() {
    create(options);
    Tables.append(directory, DataType.I64, List.of(1L, 2L), options, 2);
    WriteReport report = report();
    TableStat stat = TableStat.of(directory);
    assertThat(stat.operation()).isEqualTo("append");
    assertThat(stat.written()).contains(report.written());
    List<Generation> history = Generation.of(directory);
    assertThat(history.getFirst().written()).contains(report.written());
    assertThat(history.getLast().written().orElseThrow().logicalBytes()).isEqualTo(16L * ROWS);
  }

  @Test
  void meansNothingByAnUndoAndCountsTheCopyThatFollows() {
    create(options);
    Tables.append(directory, DataType.I64, List.of(1L), options, 2);
    try (TableLock lock = TableLock.acquire(directory, storage)) {
      storage.take();
      Republication.undo(lock, options);
    }
    assertReport("undo of generation 2: generation 1", 3, 0, manifestBytes(3));
    assertThat(report().written().amplification()).isEmpty();
    storage.take();
    Tables.append(directory, DataType.I64, List.of(1L), options, 2);
    assertThat(report().written().logicalBytes()).isEqualTo(16);
    assertThat(report().written().writtenBytes())
        .isEqualTo(storage.take()[0])
        .isGreaterThan(16L * ROWS);
  }

  private void create(WriteOptions writing) {
    try (Arena arena = Arena.ofConfined();
        TableWriter writer =
            TableWriter.create(
                directory, Schema.of("a", DataType.I64, "b", DataType.I64), writing)) {
      Vector rows = Vectors.plain(DataType.I64, List.copyOf(Tables.range(0, ROWS)), arena);
      writer.write(new Vector[] {rows, rows}, ROWS);
    }
  }

  private void assertReport(String operation, long generation, long logical, long written) {
    WriteReport report = report();
    assertThat(report.kind()).isEqualTo(WriteReport.Kind.COMMIT);
    assertThat(report.operation()).isEqualTo(operation);
    assertThat(report.generation()).isEqualTo(generation);
    assertThat(report.written().logicalBytes()).isEqualTo(logical);
    assertThat(report.written().writtenBytes()).isEqualTo(written);
    assertThat(new long[] {written, report.written().pages()}).isEqualTo(storage.take());
    assertThat(report.elapsedNanos()).isPositive();
  }

  private WriteReport report() {
    return WriteLedger.process().last(directory.toAbsolutePath().toString()).orElseThrow();
  }

  private long manifestBytes(long generation) {
    try {
      return Files.size(directory.resolve(FileName.manifest(generation)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
