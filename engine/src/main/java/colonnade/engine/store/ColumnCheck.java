package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Checks that the values of a column mean something: offsets in order, codes in the dictionary,
 * text in UTF-8, statistics that fit. Reports the first problem of each kind. Reads block by block
 * into buffers of its own. Used once, by one thread.
 */
final class ColumnCheck {
  private static final int BLOCK = TableFormat.BLOCK_ROWS;

  private final TableDirectory table;
  private final ManifestColumn column;
  private final DataType type;
  private final Consumer<String> report;
  private final Arena arena;

  ColumnCheck(TableDirectory table, ManifestColumn column, Arena arena, Consumer<String> report) {
    this.table = table;
    this.column = column;
    this.type = column.field().type();
    this.report = report;
    this.arena = arena;
  }

  void check() {
    try {
      if (column.file(FileRole.DICTIONARY_OFFSETS) != null) {
        checkDictionary();
      }
      ManifestFile offsets = column.file(FileRole.OFFSETS);
      if (offsets != null) {
        new TextCheck(table, column, arena, report)
            .check(offsets, FileRole.BYTES, column.rowCount(), "row", null);
      }
      checkBlocks();
      ManifestFile index = column.file(FileRole.INDEX);
      if (index != null) {
        new IndexCheck(table, column, arena, report).check(index);
      }
    } catch (IOException e) {
      StorageFailure.throwUnlessDamage(
          "column '" + column.field().name() + "' of " + table.name(), e);
      report.accept("cannot be read: " + e.getMessage());
    } catch (ColonnadeException e) {
      report.accept(String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      // What was asked for is free again.
      report.accept("cannot be checked: its dictionary does not fit the memory of this process");
    }
  }

  private void checkDictionary() throws IOException {
    ManifestFile offsets = column.file(FileRole.DICTIONARY_OFFSETS);
    if (offsets != null) {
      new TextCheck(table, column, arena, report)
          .check(
              offsets,
              FileRole.DICTIONARY_BYTES,
              column.dictionarySize(),
              "dictionary entry",
              EntryTable.of(EncodingChoice.DICTIONARY));
    }
  }

  private void checkBlocks() throws IOException {
    BlockStatistics stated = BlockStatistics.read(table, column);
    ColumnStatistics all = ColumnStatistics.EMPTY;
    boolean blocksFit = true;
    Patch patch = Patch.read(table, column);
    try (BlockRecount recount = new BlockRecount(table, column, patch, arena)) {
      for (long row = 0; row < column.rowCount(); row += BLOCK) {
        ColumnStatistics found = recount.of(row / BLOCK);
        if (column.encoding() == Encoding.DICTIONARY && !checkCodes(recount, row)) {
          return;
        }
        if (blocksFit && !same(found, stated.of(row / BLOCK))) {
          report.accept(
              String.format(
                  Locale.ROOT,
                  "has wrong statistics for the block from row %,d on: %s, not %s",
                  row,
                  stated.of(row / BLOCK),
                  found));
          blocksFit = false;
        }
        all = all.merge(found);
      }
    }
    if (!same(all, column.statistics())) {
      report.accept("has wrong statistics: " + column.statistics() + ", not " + all);
    }
    if (type == DataType.BOOL && all.hasLongRange() && all.maxLong() > 1) {
      report.accept("has a boolean that is neither 0 nor 1");
    }
  }

  private boolean checkCodes(BlockRecount recount, long row) {
    if (recount.greatestCode() >= column.dictionarySize()) {
      report.accept(
          String.format(
              Locale.ROOT,
              "has code %,d in the block from row %,d on, but its dictionary has %,d entries",
              recount.greatestCode(),
              row,
              column.dictionarySize()));
      return false;
    }
    return true;
  }

  /**
   * Equal, where what is stated of the order may be less than what is found, and -0.0 is 0.0: which
   * of the two an extreme is depends on how the rows were written.
   */
  private static boolean same(ColumnStatistics a, ColumnStatistics b) {
    return b.sorted().follows(a.sorted())
        && a.rowCount() == b.rowCount()
        && a.nullCount() == b.nullCount()
        && a.nanCount() == b.nanCount()
        && a.minLong() == b.minLong()
        && a.maxLong() == b.maxLong()
        && a.minDouble() == b.minDouble()
        && a.maxDouble() == b.maxDouble();
  }
}
