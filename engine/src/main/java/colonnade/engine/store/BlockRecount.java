package colonnade.engine.store;

import colonnade.DataType;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a column's blocks, found by reading their rows: through buffers, never through
 * a mapping, with the column's patch over them. The files are open until this is closed. Used by
 * one thread.
 */
final class BlockRecount implements AutoCloseable {
  private static final int BLOCK = TableFormat.BLOCK_ROWS;

  private final TableDirectory table;
  private final ManifestColumn column;
  private final DataType type;
  private final @Nullable Patch patch;
  private final @Nullable StoredFile data;
  private final @Nullable StoredFile bits;
  private final MemorySegment values;
  private final MemorySegment validity;
  private final MemorySegment encoded;
  private final long[] numbers;
  private final RowBits rows = new RowBits(BLOCK);
  private final StatisticsFold fold;
  private long greatestCode;

  BlockRecount(TableDirectory table, ManifestColumn column, @Nullable Patch patch, Arena arena)
      throws IOException {
    this.table = table;
    this.column = column;
    this.type = column.field().type();
    this.patch = patch;
    int most = (int) Math.min(BLOCK, column.rowCount());
    this.values = arena.allocate(8L * most, 8);
    this.validity = arena.allocate(most / 8 + 1, 8);
    this.encoded = arena.allocate(8L * most, 8);
    this.numbers = new long[column.numberCode() != null ? most : 0];
    this.fold = new StatisticsFold(type);
    this.data =
        open(
            switch (column.encoding()) {
              case PLAIN, CONSTANT -> FileRole.VALUES;
              case DICTIONARY, NARROW, SCALED -> FileRole.CODES;
              case BITS -> FileRole.BITS;
            });
    try {
      this.bits = open(FileRole.VALIDITY);
    } catch (IOException | RuntimeException e) {
      close(data);
      throw e;
    }
  }

  private @Nullable StoredFile open(FileRole role) throws IOException {
    ManifestFile file = column.file(role);
    return file == null ? null : table.storage().openForReading(table.file(file.name()));
  }

  private static void close(@Nullable StoredFile file) throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /** The statistics of a block; of text and binary the counts only, as everywhere. */
  ColumnStatistics of(long block) throws IOException {
    long row = block * BLOCK;
    int n = (int) Math.min(BLOCK, column.rowCount() - row);
    readValidity(row, n);
    fold.reset();
    fold.rows(n, rows.nullCount());
    StoredFile stored = data;
    if (column.encoding() == Encoding.CONSTANT) {
      int width = type.widthBytes();
      FixedBits.fill(values.asSlice(0, (long) n * width), width, column.constantBits());
      foldPresent(values, n);
    } else if (stored != null) {
      boolean areBits = column.encoding() == Encoding.BITS;
      int width = column.patchValueBytes();
      long from = areBits ? row / 8 : row * width;
      long bytes = areBits ? (n + 7) / 8 : (long) n * width;
      stored.read(encoded.asSlice(0, bytes).asByteBuffer(), from);
      if (patch != null) {
        patch.applyTo(encoded, 0, row, row + n);
      }
      foldEncoded(n);
    }
    return fold.get();
  }

  private void readValidity(long row, int n) throws IOException {
    StoredFile stored = bits;
    int bytes = (n + 7) / 8;
    boolean hasNulls = stored != null || patch != null && patch.hasNulls(row, row + n);
    if (stored != null) {
      stored.read(validity.asSlice(0, bytes).asByteBuffer(), row / 8);
    } else if (hasNulls) {
      validity.asSlice(0, bytes).fill((byte) -1);
    }
    if (patch != null && hasNulls) {
      patch.applyToValidity(validity, 0, row, row + n);
    }
    rows.load(Vector.fixed(DataType.I8, values, 0, hasNulls ? validity : null, 0), 0, n);
  }

  private void foldEncoded(int n) {
    NumberCode code = column.numberCode();
    int width = column.codeWidthBytes();
    switch (column.encoding()) {
      case BITS -> {
        PackedBits.unpack(encoded, 0, n, values, 0);
        foldPresent(values, n);
      }
      case NARROW, SCALED -> {
        NumberCode numberCode = Objects.requireNonNull(code);
        Vector vector = Vector.numbers(type, numberCode, width, encoded, 0, null, 0);
        for (int i = 0; i < n; i++) {
          numbers[i] = numberCode.longOf(Integer.toUnsignedLong(vector.code(i)));
        }
        PlainNumbers.put(values, 0, type, numberCode, numbers, 0, n);
        foldPresent(values, n);
      }
      case DICTIONARY -> {
        DataType unsigned = width == 1 ? DataType.U8 : width == 2 ? DataType.U16 : DataType.U32;
        StatisticsFold range = new StatisticsFold(unsigned);
        range.values(encoded, 0, n);
        greatestCode = range.get().maxLong();
      }
      case PLAIN, CONSTANT -> foldPresent(encoded, n);
    }
  }

  private void foldPresent(MemorySegment plain, int n) {
    int width = type.widthBytes();
    int row = rows.nextPresent(0);
    while (row < n) {
      int end = rows.nextNull(row);
      fold.values(plain, (long) row * width, end - row);
      row = rows.nextPresent(end);
    }
  }

  /** The greatest code of the block that was read last; only for columns with a dictionary. */
  long greatestCode() {
    return greatestCode;
  }

  @Override
  public void close() throws IOException {
    try {
      close(data);
    } finally {
      close(bits);
    }
  }
}
