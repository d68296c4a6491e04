package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks offsets and the bytes they cut into values: in order, from 0 to the end, each value UTF-8
 * where the column is text, and each of its own in a dictionary. Stops at the first problem. Used
 * once, by one thread.
 */
final class TextCheck {
  private static final int CHUNK_OFFSETS = 8192;
  private static final int CHUNK_BYTES = 1 << 20;

  private final TableDirectory table;
  private final ManifestColumn column;
  private final Consumer<String> report;
  private final MemorySegment offsets;
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK_BYTES);
  private final Utf8Check utf8 = new Utf8Check();
  private long bytesStart;

  TextCheck(TableDirectory table, ManifestColumn column, Arena arena, Consumer<String> report) {
    this.table = table;
    this.column = column;
    this.report = report;
    this.offsets = arena.allocate(8L * (CHUNK_OFFSETS + 1), 8);
  }

  /**
   * Checks {@code count} values.
   *
   * @param unit what messages call a value
   * @param distinct where values must differ: collects them
   */
  void check(
      ManifestFile offsetsFile,
      FileRole bytesRole,
      long count,
      String unit,
      @Nullable EntryTable distinct)
      throws IOException {
    ManifestFile bytesFile = Objects.requireNonNull(column.file(bytesRole));
    bytes.limit(0);
    bytesStart = 0;
    long previous = 0;
    try (StoredFile ends = table.storage().openForReading(table.file(offsetsFile.name()));
        StoredFile text = table.storage().openForReading(table.file(bytesFile.name()))) {
      for (long first = 0; first <= count; first += CHUNK_OFFSETS) {
        int n = (int) Math.min(CHUNK_OFFSETS, count + 1 - first);
        ends.read(offsets.asSlice(0, 8L * n).asByteBuffer(), 8 * first);
        for (int i = 0; i < n; i++) {
          long next = offsets.get(Layouts.LONG, 8L * i);
          String problem =
              first + i == 0
                  ? next == 0 ? null : "does not begin at offset 0"
                  : next < previous || next > bytesFile.lengthBytes()
                      ? "ends at offset " + next + ", out of order"
                      : value(
                          text, previous, next, bytesFile.lengthBytes(), distinct, first + i - 1);
          if (problem != null) {
            report.accept(
                String.format(
                    Locale.ROOT,
                    "has a %s %,d that %s",
                    unit,
                    Math.max(0, first + i - 1),
                    problem));
            return;
          }
          previous = next;
        }
      }
    }
    if (previous != bytesFile.lengthBytes()) {
      report.accept(
          String.format(
              Locale.ROOT,
              "has %,d bytes of text, but its offsets end at %,d",
              bytesFile.lengthBytes(),
              previous));
    }
  }

  /** What is wrong with the value in bytes {@code [start, end)}, or null. */
  private @Nullable String value(
      StoredFile text, long start, long end, long total, @Nullable EntryTable distinct, long index)
      throws IOException {
    if (distinct != null) {
      byte[] whole = new byte[Math.toIntExact(end - start)];
      text.read(ByteBuffer.wrap(whole), start);
      if (distinct.codeOf(whole, 0, whole.length) != index) {
        return "is there twice";
      }
    }
    if (column.field().type() != DataType.UTF8) {
      return null;
    }
    utf8.begin();
    long at = start;
    while (at < end) {
      if (at >= bytesStart + bytes.limit()) {
        bytes.clear().limit((int) Math.min(CHUNK_BYTES, total - at));
        text.read(bytes, at);
        bytesStart = at;
      }
      int from = (int) (at - bytesStart);
      int to = (int) Math.min(bytes.limit(), end - bytesStart);
      if (!utf8.take(bytes.array(), from, to)) {
        return "is not UTF-8";
      }
      at = bytesStart + to;
    }
    return utf8.isComplete() ? null : "is not UTF-8";
  }
}
