package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.DataType;
import colonnade.Field;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link Snapshot}, mapped for reading as long as the snapshot is open. Its vectors
 * are windows on the mapping, never copies. Safe for all threads.
 */
public final class MappedColumn {
  private final Snapshot snapshot;
  private final ManifestColumn described;
  private final DataType type;
  private final long rowCount;
  private final MemorySegment data;
  private final @Nullable MemorySegment offsets;
  private final @Nullable MemorySegment validity;
  private final @Nullable Dictionary dictionary;

  /** The files whose bytes lie in the order of rows. */
  private final List<MemorySegment> rowFiles;

  private MappedColumn(
      Snapshot snapshot,
      ManifestColumn described,
      Map<FileRole, MemorySegment> segments,
      @Nullable MemorySegment constant) {
    this.snapshot = snapshot;
    this.described = described;
    this.type = described.field().type();
    this.rowCount = described.rowCount();
    boolean coded = described.encoding() == Encoding.DICTIONARY;
    this.data =
        constant != null
            ? constant
            : segment(
                segments,
                switch (described.encoding()) {
                  case PLAIN, CONSTANT -> type.isVariable() ? FileRole.BYTES : FileRole.VALUES;
                  case DICTIONARY, NARROW, SCALED -> FileRole.CODES;
                  case BITS -> FileRole.BITS;
                });
    this.rowFiles =
        segments.entrySet().stream()
            .filter(e -> !isOfDictionary(e.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    this.offsets = segments.get(FileRole.OFFSETS);
    this.validity = segments.get(FileRole.VALIDITY);
    this.dictionary =
        coded
            ? new Dictionary(
                type,
                described.dictionarySize(),
                segment(segments, FileRole.DICTIONARY_OFFSETS),
                segment(segments, FileRole.DICTIONARY_BYTES))
            : null;
  }

  static MappedColumn map(
      Snapshot snapshot,
      TableDirectory table,
      ManifestColumn described,
      ConstantBlocks constants,
      Arena arena) {
    Map<FileRole, MemorySegment> segments = new EnumMap<>(FileRole.class);
    for (ManifestFile file : described.files()) {
      if (isMapped(described, file.role())) {
        try {
          segments.put(
              file.role(), table.storage().map(table.file(file.name()), file.lengthBytes(), arena));
        } catch (IOException e) {
          throw StorageFailure.of(table.place(file.name()), "map", e);
        }
      }
    }
    MemorySegment constant =
        described.encoding() != Encoding.CONSTANT
            ? null
            : constants.of(
                described.field().type().widthBytes(),
                described.constantBits(),
                described.rowCount(),
                arena);
    MappedColumn column = new MappedColumn(snapshot, described, segments, constant);
    column.checkOffsets(table);
    return column;
  }

  private static boolean isOfDictionary(FileRole role) {
    return role == FileRole.DICTIONARY_OFFSETS || role == FileRole.DICTIONARY_BYTES;
  }

  private static boolean isMapped(ManifestColumn described, FileRole role) {
    return switch (role) {
      case STATISTICS, PARAMETERS, INDEX -> false;
      case VALIDITY -> described.statistics().nullCount() > 0;
      default -> true;
    };
  }

  /** The number of files that mapping this column maps. */
  static int fileCount(ManifestColumn described) {
    return (int)
        described.files().stream().filter(file -> isMapped(described, file.role())).count();
  }

  /**
   * What is cheap to check before anybody follows an offset: the ends of the offsets of all rows,
   * and every offset of the dictionary, which all rows share. {@code verify} checks the rest.
   */
  private void checkOffsets(TableDirectory table) {
    if (offsets != null) {
      checkEnds(table, offsets, rowCount, data.byteSize(), "offsets");
    }
    if (dictionary != null) {
      MemorySegment entries = dictionary.offsets();
      checkEnds(
          table, entries, dictionary.size(), dictionary.bytes().byteSize(), "dictionary offsets");
      long backwards = 0;
      long previous = 0;
      for (int i = 1; i <= dictionary.size(); i++) {
        long next = entries.get(JAVA_LONG_UNALIGNED, 8L * i);
        backwards |= next - previous;
        previous = next;
      }
      if (backwards < 0) {
        throw corrupt(table, "its dictionary offsets are out of order");
      }
    }
  }

  private void checkEnds(
      TableDirectory table, MemorySegment all, long count, long bytes, String what) {
    long first = all.get(JAVA_LONG_UNALIGNED, 0);
    long last = all.get(JAVA_LONG_UNALIGNED, 8 * count);
    if (first != 0 || last != bytes) {
      throw corrupt(
          table,
          String.format(
              Locale.ROOT,
              "its %s go from %,d to %,d, its bytes from 0 to %,d",
              what,
              first,
              last,
              bytes));
    }
  }

  private CorruptColumnException corrupt(TableDirectory table, String problem) {
    String place = "column '" + described.field().name() + "' of " + table.name();
    return new CorruptColumnException(
        place,
        place + " is damaged: " + problem,
        "Run `colonnade verify " + table.name() + "` for the extent, and restore it.");
  }

  private static MemorySegment segment(Map<FileRole, MemorySegment> segments, FileRole role) {
    MemorySegment segment = segments.get(role);
    if (segment == null) {
      throw new IllegalStateException("no file for " + role);
    }
    return segment;
  }

  /** Whether a part of the rows' bytes is not in memory, as far as some samples tell. */
  public boolean isOnDisk() {
    snapshot.checkOpen();
    for (MemorySegment file : rowFiles) {
      if (ReadAhead.isOnDisk(file)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Brings the bytes of rows {@code [firstRow, endRow)} into memory; of text, about those bytes.
   * Returns when they are there.
   */
  public void load(long firstRow, long endRow) {
    snapshot.checkOpen();
    for (MemorySegment file : rowFiles) {
      ReadAhead.load(file, offset(file, firstRow), offset(file, endRow));
    }
  }

  /** Says that rows {@code [firstRow, endRow)} will not be read again soon. */
  public void release(long firstRow, long endRow) {
    snapshot.checkOpen();
    for (MemorySegment file : rowFiles) {
      Release.letGo(file, offset(file, firstRow), offset(file, endRow));
    }
  }

  /** Where a row begins in a file: all take the same space or, the bytes of text, nearly so. */
  private long offset(MemorySegment file, long row) {
    return (long) (file.byteSize() * ((double) row / rowCount));
  }

  /** Name and type. */
  public Field field() {
    return described.field();
  }

  /** How the values are laid out. */
  public Encoding encoding() {
    return described.encoding();
  }

  /** The number of rows. */
  public long rowCount() {
    return rowCount;
  }

  /** What is known of all rows. */
  public ColumnStatistics statistics() {
    return described.statistics();
  }

  /** The dictionary of all rows, or null if the column has none. */
  public @Nullable Dictionary dictionary() {
    return dictionary;
  }

  /**
   * What is wrong with rows {@code [firstRow, firstRow + count)} that a query may stumble over, or
   * null; looks at each of them.
   */
  public @Nullable String problem(long firstRow, int count) {
    return RowsCheck.problem(vector(firstRow, count), firstRow, count, described.statistics());
  }

  /**
   * A window on rows {@code [firstRow, firstRow + count)}, encoded as the column is; of a constant
   * column plain values, for at most a block of rows.
   *
   * @param firstRow a multiple of 8, so that the validity bits start with a byte
   * @throws IndexOutOfBoundsException if the column has not all these rows
   * @throws colonnade.error.ClosedException if the snapshot is closed
   */
  public Vector vector(long firstRow, int count) {
    snapshot.checkOpen();
    if ((firstRow & 7) != 0) {
      throw new IllegalArgumentException(
          "a window starts at a multiple of 8, not at row " + firstRow);
    }
    if (firstRow < 0 || count < 0 || firstRow > rowCount - count) {
      throw new IndexOutOfBoundsException(
          "rows " + firstRow + " to " + (firstRow + count) + " of " + rowCount);
    }
    long validityOffset = firstRow >> 3;
    if (dictionary != null) {
      int width = described.codeWidthBytes();
      return Vector.coded(dictionary, width, data, firstRow * width, validity, validityOffset);
    }
    NumberCode numbers = described.numberCode();
    if (numbers != null) {
      int width = described.codeWidthBytes();
      return Vector.numbers(type, numbers, width, data, firstRow * width, validity, validityOffset);
    }
    if (described.encoding() == Encoding.BITS) {
      return Vector.bits(data, firstRow >> 3, validity, validityOffset);
    }
    if (described.encoding() == Encoding.CONSTANT) {
      if (count > TableFormat.BLOCK_ROWS) {
        throw new IllegalArgumentException("a window on a constant column shows at most a block");
      }
      return Vector.fixed(type, data, 0, validity, validityOffset);
    }
    if (offsets != null) {
      return Vector.variable(
          type, data, 0, offsets, firstRow * Long.BYTES, validity, validityOffset);
    }
    return Vector.fixed(type, data, firstRow * type.widthBytes(), validity, validityOffset);
  }
}
