package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
  private final MemorySegment values;
  private final MemorySegment validity;
  private final MemorySegment encoded;
  private final long[] numbers;
  private final RowBits rows = new RowBits(BLOCK);
  private final Arena arena;

  ColumnCheck(TableDirectory table, ManifestColumn column, Arena arena, Consumer<String> report) {
    this.table = table;
    this.column = column;
    this.type = column.field().type();
    this.report = report;
    this.arena = arena;
    this.values = arena.allocate(8L * (BLOCK + 1), 8);
    this.validity = arena.allocate(BLOCK / 8, 8);
    boolean coded = column.numberCode() != null;
    this.encoded = arena.allocate(4L * BLOCK, 8);
    this.numbers = new long[coded ? BLOCK : 0];
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
    StatisticsFold fold = new StatisticsFold(type);
    boolean blocksFit = true;
    try (StoredFile data = open(FileRole.VALUES);
        StoredFile codes = open(FileRole.CODES);
        StoredFile booleans = open(FileRole.BITS);
        StoredFile bits = open(FileRole.VALIDITY)) {
      for (long row = 0; row < column.rowCount(); row += BLOCK) {
        int n = (int) Math.min(BLOCK, column.rowCount() - row);
        if (bits != null) {
          bits.read(validity.asSlice(0, (n + 7) / 8).asByteBuffer(), row / 8);
        }
        rows.load(Vector.fixed(DataType.I8, values, 0, bits == null ? null : validity, 0), 0, n);
        fold.reset();
        fold.rows(n, rows.nullCount());
        if (data != null) {
          int width = type.widthBytes();
          data.read(values.asSlice(0, (long) n * width).asByteBuffer(), row * width);
          foldPresent(fold, width, n);
        } else if (booleans != null) {
          booleans.read(encoded.asSlice(0, (n + 7) / 8).asByteBuffer(), row / 8);
          PackedBits.unpack(encoded, 0, n, values, 0);
          foldPresent(fold, 1, n);
        } else if (column.encoding() == Encoding.CONSTANT) {
          int width = type.widthBytes();
          FixedBits.fill(values.asSlice(0, (long) n * width), width, column.constantBits());
          foldPresent(fold, width, n);
        } else if (codes != null && column.numberCode() != null) {
          readNumbers(codes, column.numberCode(), row, n);
          foldPresent(fold, type.widthBytes(), n);
        } else if (codes != null && !checkCodes(codes, row, n)) {
          return;
        }
        ColumnStatistics found = fold.get();
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

  private void foldPresent(StatisticsFold fold, int width, int n) {
    int row = rows.nextPresent(0);
    while (row < n) {
      int end = rows.nextNull(row);
      fold.values(values, (long) row * width, end - row);
      row = rows.nextPresent(end);
    }
  }

  /** Reads a block of codes as the values they stand for. */
  private void readNumbers(StoredFile codes, NumberCode code, long row, int n) throws IOException {
    int width = column.codeWidthBytes();
    codes.read(encoded.asSlice(0, (long) n * width).asByteBuffer(), row * width);
    Vector vector = Vector.numbers(type, code, width, encoded, 0, null, 0);
    for (int i = 0; i < n; i++) {
      numbers[i] = code.longOf(Integer.toUnsignedLong(vector.code(i)));
    }
    PlainNumbers.put(values, 0, type, code, numbers, 0, n);
  }

  private boolean checkCodes(StoredFile codes, long row, int n) throws IOException {
    int width = column.codeWidthBytes();
    codes.read(values.asSlice(0, (long) n * width).asByteBuffer(), row * width);
    DataType unsigned = width == 1 ? DataType.U8 : width == 2 ? DataType.U16 : DataType.U32;
    StatisticsFold range = new StatisticsFold(unsigned);
    range.values(values, 0, n);
    if (range.get().maxLong() >= column.dictionarySize()) {
      report.accept(
          String.format(
              Locale.ROOT,
              "has code %,d in the block from row %,d on, but its dictionary has %,d entries",
              range.get().maxLong(),
              row,
              column.dictionarySize()));
      return false;
    }
    return true;
  }

  private @Nullable StoredFile open(FileRole role) throws IOException {
    ManifestFile file = column.file(role);
    return file == null ? null : table.storage().openForReading(table.file(file.name()));
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
