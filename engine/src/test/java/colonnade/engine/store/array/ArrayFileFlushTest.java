package colonnade.engine.store.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.ByteRange;
import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Schema;
import colonnade.engine.observe.WriteLedger;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.observe.Written;
import colonnade.error.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is synced, and when: a sync that notes each call, or fails, in place of the system's. */
class ArrayFileFlushTest {
  @TempDir Path folder;

  private final List<ByteRange> synced = new ArrayList<>();

  @Test
  void syncsOnceForEachDirtyRange() {
    ArrayFile file = create(FlushPolicy.atClose(), 100, 4096);
    ArrayView view = ArrayView.whole(file);
    CopyIn.put(view, 1, 3, 5);
    CopyIn.put(view, 1, 3, 6);
    CopyIn.fill(view.with(view.region().slice(10, 12)), 1);
    CopyIn.fill(view.with(view.region().slice(12, 20)), 1);
    CopyIn.fill(view.with(view.region().slice(90, 91, 4000, 4096)), 1);
    assertThat(synced).isEmpty();
    file.flush();
    assertThat(synced).containsExactly(pages(3, 4), pages(10, 20), pages(90, 91));
    file.flush();
    file.close();
    assertThat(synced).hasSize(3);
  }

  @Test
  void syncsEveryPageOfAColumn() {
    try (ArrayFile file = create(FlushPolicy.atClose(), 100, 1000)) {
      ArrayView view = ArrayView.whole(file);
      CopyIn.fill(view.with(view.region().at(1, 7).slice(10, 60)), 1);
      file.flush();
      assertThat(synced).containsExactly(pages(2, 15));
      CopyIn.fill(view.with(view.region().at(0, 50)), 1);
      file.flush();
      assertThat(synced.getLast()).isEqualTo(pages(12, 13));
    }
    try (ArrayFile file = create(FlushPolicy.atClose(), 5, 3 * 4096)) {
      synced.clear();
      ArrayView view = ArrayView.whole(file);
      CopyIn.fill(view.with(view.region().at(1, 5000)), 1);
      file.flush();
      assertThat(synced)
          .containsExactly(pages(1, 2), pages(4, 5), pages(7, 8), pages(10, 11), pages(13, 14));
    }
  }

  @Test
  void reportsBytesStoredAndPagesThatTheyLieIn() {
    ArrayFile file = create(FlushPolicy.atClose(), 100, 4096);
    assertThat(file.lastFlush()).isEmpty();
    // Elements of one byte, a page a row: 40 stores to 20 pages, 10 of them to an element twice.
    ArrayView view = ArrayView.whole(file);
    long[] indices = new long[40];
    for (int i = 0; i < 40; i++) {
      indices[i] = i * 37 % 20 * 4096L + (i < 30 ? i : i - 20);
    }
    ScatteredStores.put(view, indices, new long[40]);
    file.flush();
    WriteReport report = file.lastFlush().orElseThrow();
    assertThat(report.kind()).isEqualTo(WriteReport.Kind.FLUSH);
    assertThat(report.written()).isEqualTo(new Written(40, 20 * 4096, 20));
    assertThat(report.written().amplification()).hasValue(2048);
    assertThat(WriteLedger.process().last(report.place())).contains(report);
    assertThat(report.place()).isEqualTo(file.layout().path().toAbsolutePath().toString());
    file.flush();
    assertThat(file.lastFlush()).contains(report);

    // Every other element of a page, which are not next to each other: half of it was stored.
    CopyIn.fill(view.with(view.region().at(1, 5).slice(0, 3)), 1);
    Transfer.copy(view.with(view.region().at(0, 0)), view.with(view.region().at(0, 50)));
    file.close();
    assertThat(file.lastFlush().orElseThrow().written())
        .isEqualTo(new Written(3 + 4096, 4 * 4096, 4));
  }

  @Test
  void countsOnlyWhatIsStoredOfARange() {
    RecordLayout layout =
        new RecordLayout("records", Schema.of("id", DataType.I32, "x", DataType.F64));
    try (RecordFile file = RecordFile.create(folder.resolve("records"), layout, 1000)) {
      file.write(0, 0, new long[1000]);
      file.put(999, 1, 1.5);
      file.file().flush();
      assertThat(file.file().lastFlush().orElseThrow().written())
          .isEqualTo(new Written(4 * 1000 + 8, 12_000, 3));
    }
  }

  @Test
  void flushesAsOftenAsEachPolicyAsks() {
    assertThat(syncsOf(FlushPolicy.atClose())).isEqualTo(1);
    assertThat(syncsOf(FlushPolicy.everyWrite())).isEqualTo(100);
    assertThat(syncsOf(FlushPolicy.rows(10))).isEqualTo(10);
    assertThat(syncsOf(FlushPolicy.rows(7))).isEqualTo(15);
    assertThat(syncsOf(FlushPolicy.every(Duration.ofDays(1)))).isEqualTo(1);
    assertThat(syncsOf(FlushPolicy.every(Duration.ofNanos(1)))).isEqualTo(100);
    assertThat(syncsOf(FlushPolicy.rows(50).or(Duration.ofDays(1)))).isEqualTo(2);
  }

  @Test
  void countsTheRowsOfABulkWriteByTheFirstAxis() {
    try (ArrayFile file = create(FlushPolicy.rows(10), 100, 4096)) {
      ArrayView view = ArrayView.whole(file);
      CopyIn.fill(view.with(view.region().slice(0, 9)), 1);
      assertThat(synced).isEmpty();
      CopyIn.fill(view.with(view.region().slice(20, 21, 5, 10)), 1);
      assertThat(synced).containsExactly(pages(0, 9), pages(20, 21));
      CopyIn.fill(view.with(view.region().at(1, 7).slice(40, 50)), 1);
      assertThat(synced).hasSize(3);
      ScatteredStores.put(view, new long[] {0, 1, 2, 3, 4, 5, 6, 7, 8}, new long[9]);
      assertThat(synced).hasSize(3);
      ScatteredStores.put(view, new long[] {0}, new long[1]);
      assertThat(synced).hasSize(4);
    }
  }

  @Test
  void aFailedFlushIsNeverTakenBack() {
    boolean[] fails = {true};
    Consumer<MemorySegment> sync =
        segment -> {
          if (fails[0]) {
            throw new UncheckedIOException(new IOException("Input/output error"));
          }
          note(segment);
        };
    ArrayFile file = create(FlushPolicy.atClose(), sync, 10, 4096);
    CopyIn.put(ArrayView.whole(file), 1, 3, 5);
    assertThatThrownBy(file::flush)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("bytes 12288 to 16384");
    fails[0] = false;
    assertThatThrownBy(file::flush)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("earlier flush");
    assertThat(file.dirtyRanges()).containsExactly(pages(3, 4));
    file.close();
    assertThat(synced).isEmpty();
    assertThat(file.isClosed()).isTrue();
  }

  @Test
  void aFailureAtCloseIsReportedAndStillUnmaps() {
    ArrayFile file =
        create(
            FlushPolicy.atClose(),
            segment -> {
              throw new UncheckedIOException(new IOException("Input/output error"));
            },
            2,
            2);
    CopyIn.fill(ArrayView.whole(file), 1);
    MemorySegment bytes = file.bytes();
    assertThatThrownBy(file::close).isInstanceOf(StorageException.class);
    assertThat(bytes.scope().isAlive()).isFalse();
  }

  private int syncsOf(FlushPolicy policy) {
    synced.clear();
    try (ArrayFile file = create(policy, 100)) {
      for (long i = 0; i < 100; i++) {
        CopyIn.put(ArrayView.whole(file), 1, i);
      }
    }
    return synced.size();
  }

  private ArrayFile create(FlushPolicy policy, long... shape) {
    return create(policy, this::note, shape);
  }

  private ArrayFile create(FlushPolicy policy, Consumer<MemorySegment> sync, long... shape) {
    ArrayLayout layout =
        ArrayLayout.rowMajor(folder.resolve("a"), DataType.U8, ByteOrder.LITTLE_ENDIAN, 0, shape);
    ArrayFile[] file = new ArrayFile[1];
    file[0] = ArrayCreator.create(layout, new byte[0], true, policy, sync);
    base = file[0].bytes().address();
    return file[0];
  }

  private long base;

  private void note(MemorySegment segment) {
    long from = segment.address() - base;
    synced.add(new ByteRange(from, from + segment.byteSize()));
    segment.force();
  }

  private static ByteRange pages(long from, long to) {
    return new ByteRange(from * 4096, to * 4096);
  }
}
