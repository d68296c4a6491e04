package colonnade.engine.store;

import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.key.KeyNotes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Checks that the hash table of a keyed table's keys can be used: slots that name rows it covers,
 * as many as the manifest says, and an empty one. Reads a megabyte at a time.
 */
final class IndexCheck {
  private static final int BUFFER_BYTES = 1 << 20;

  private final TableDirectory table;
  private final ManifestColumn column;
  private final Arena arena;
  private final Consumer<String> report;

  IndexCheck(TableDirectory table, ManifestColumn column, Arena arena, Consumer<String> report) {
    this.table = table;
    this.column = column;
    this.arena = arena;
    this.report = report;
  }

  void check(ManifestFile file) throws IOException {
    long coveredRows = KeyNotes.coveredRows(column.attributes());
    long statedKeys = KeyNotes.coveredKeys(column.attributes());
    MemorySegment buffer = arena.allocate(BUFFER_BYTES, Long.BYTES);
    long keys = 0;
    boolean known = true;
    try (StoredFile slots = table.storage().openForReading(table.file(file.name()))) {
      for (long from = 0; from < file.lengthBytes(); from += BUFFER_BYTES) {
        int n = (int) Math.min(BUFFER_BYTES, file.lengthBytes() - from) / Long.BYTES;
        slots.read(buffer.asSlice(0, (long) n * Long.BYTES).asByteBuffer(), from);
        for (int i = 0; i < n; i++) {
          long row = KeyNotes.row(buffer.get(Layouts.LONG, (long) i * Long.BYTES));
          keys += row >= 0 ? 1 : 0;
          known &= row < coveredRows;
        }
      }
    }
    long slots = file.lengthBytes() / Long.BYTES;
    if (!known || keys != statedKeys || keys >= slots || file.lengthBytes() % Long.BYTES != 0) {
      report.accept(
          String.format(
              Locale.ROOT,
              "has an index of %,d keys in %,d slots%s; the manifest says %,d keys of %,d rows",
              keys,
              slots,
              known ? "" : ", some beyond its rows",
              statedKeys,
              coveredRows));
    }
  }
}
