package colonnade.engine.store;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.Checks;
import colonnade.DataType;
import colonnade.Field;
import colonnade.ReadMode;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.ColonnadeException;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link Snapshot}, for reading as long as the snapshot is open. Its vectors are
 * windows on the mapping or on what was loaded, or copies where the column's {@link ReadMode} or
 * {@link Checks} ask for them. Safe for all threads.
 */
public final class MappedColumn {
  private static final SegmentAllocator OWN_MEMORY =
      (byteSize, alignment) -> Arena.ofAuto().allocate(byteSize, alignment);

  private final Snapshot snapshot;
  private final ManifestColumn described;
  private final DataType type;
  private final long rowCount;

  /** The files that a window shows parts of; those of a dictionary are read in place. */
  private final Map<FileRole, ColumnFile> files;

  /** The values or codes; null for a constant column. */
  private final @Nullable ColumnFile data;

  private final @Nullable ColumnFile offsets;
  private final @Nullable ColumnFile validity;
  private final @Nullable MemorySegment constant;
  private final @Nullable Dictionary dictionary;

  /** Rows that are not as the files have them; null if all are. */
  private final @Nullable Patch patch;

  /** Whether all rows can be shown in place, from the segments below. */
  private final boolean inPlace;

  private final MemorySegment wholeData;
  private final @Nullable MemorySegment wholeOffsets;
  private final @Nullable MemorySegment wholeValidity;

  /** The mappings whose bytes lie in the order of rows. */
  private final RowMappings rowMappings;

  private MappedColumn(
      Snapshot snapshot,
      ManifestColumn described,
      Map<FileRole, ColumnFile> files,
      @Nullable MemorySegment constant,
      @Nullable Patch patch) {
    this.snapshot = snapshot;
    this.described = described;
    this.type = described.field().type();
    this.rowCount = described.rowCount();
    this.files = files;
    this.constant = constant;
    this.patch = patch;
    this.data =
        constant != null
            ? null
            : file(
                files,
                switch (described.encoding()) {
                  case PLAIN, CONSTANT -> type.isVariable() ? FileRole.BYTES : FileRole.VALUES;
                  case DICTIONARY, NARROW, SCALED -> FileRole.CODES;
                  case BITS -> FileRole.BITS;
                });
    this.offsets = files.get(FileRole.OFFSETS);
    this.validity = files.get(FileRole.VALIDITY);
    this.dictionary =
        described.encoding() == Encoding.DICTIONARY
            ? new Dictionary(
                type,
                described.dictionarySize(),
                inPlace(files, FileRole.DICTIONARY_OFFSETS),
                inPlace(files, FileRole.DICTIONARY_BYTES))
            : null;
    MemorySegment all = constant != null ? constant : data == null ? null : data.inPlace();
    this.wholeData = all == null ? MemorySegment.NULL : all;
    this.wholeOffsets = offsets == null ? null : offsets.inPlace();
    this.wholeValidity = validity == null ? null : validity.inPlace();
    this.inPlace =
        all != null
            && patch == null
            && (offsets == null || wholeOffsets != null)
            && (validity == null || wholeValidity != null);
    List<MemorySegment> mappings = new ArrayList<>();
    for (ColumnFile file : files.values()) {
      MemorySegment mapping = file.mapping();
      if (mapping != null && !isOfDictionary(file.role())) {
        mappings.add(mapping);
      }
    }
    this.rowMappings = new RowMappings(mappings, rowCount);
  }

  static MappedColumn open(
      Snapshot snapshot,
      TableDirectory table,
      ManifestColumn described,
      ReadAdvice advice,
      ConstantBlocks constants,
      Arena arena) {
    Map<FileRole, ColumnFile> files = new EnumMap<>(FileRole.class);
    try {
      for (ManifestFile file : described.files()) {
        if (isMapped(described, file.role())) {
          // All rows share a dictionary: nothing copies it piece by piece.
          boolean whole =
              isOfDictionary(file.role())
                  && (advice.mode() == ReadMode.GUARDED || advice.checks() == Checks.ON_TOUCH);
          ReadMode mode = whole ? ReadMode.LOADED : advice.mode();
          files.put(
              file.role(), ColumnFile.open(table, described, file, mode, advice.checks(), arena));
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
      Patch patch = Patch.read(table, described);
      MappedColumn column = new MappedColumn(snapshot, described, files, constant, patch);
      column.checkOffsets(table);
      return column;
    } catch (RuntimeException | Error e) {
      files.values().forEach(ColumnFile::close);
      throw e;
    }
  }

  private static boolean isOfDictionary(FileRole role) {
    return role == FileRole.DICTIONARY_OFFSETS || role == FileRole.DICTIONARY_BYTES;
  }

  private static boolean isMapped(ManifestColumn described, FileRole role) {
    return switch (role) {
      case STATISTICS, PARAMETERS, INDEX, PATCH -> false;
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
    if (offsets != null && data != null) {
      checkEnds(
          table, offsetAt(offsets, 0), offsetAt(offsets, rowCount), data.lengthBytes(), "offsets");
    }
    if (dictionary != null) {
      MemorySegment entries = dictionary.offsets();
      checkEnds(
          table,
          entries.get(JAVA_LONG_UNALIGNED, 0),
          entries.get(JAVA_LONG_UNALIGNED, 8L * dictionary.size()),
          dictionary.bytes().byteSize(),
          "dictionary offsets");
      long backwards = 0;
      long previous = 0;
      for (int i = 1; i <= dictionary.size(); i++) {
        long next = entries.get(JAVA_LONG_UNALIGNED, 8L * i);
        backwards |= next - previous;
        previous = next;
      }
      if (backwards < 0) {
        throw corrupt(table.name(), "its dictionary offsets are out of order");
      }
    }
  }

  private static long offsetAt(ColumnFile offsets, long row) {
    ColumnFile.Part part = offsets.read(8 * row, 8 * row + 8, row, OWN_MEMORY);
    return part.memory().get(JAVA_LONG_UNALIGNED, part.offset());
  }

  private void checkEnds(TableDirectory table, long first, long last, long bytes, String what) {
    if (first != 0 || last != bytes) {
      throw corrupt(
          table.name(),
          String.format(
              Locale.ROOT,
              "its %s go from %,d to %,d, its bytes from 0 to %,d",
              what,
              first,
              last,
              bytes));
    }
  }

  private CorruptColumnException corrupt(String table, String problem) {
    String place = "column '" + described.field().name() + "' of " + table;
    return new CorruptColumnException(
        place,
        place + " is damaged: " + problem,
        "Run `colonnade verify " + table + "` for the extent, and restore it.");
  }

  private static ColumnFile file(Map<FileRole, ColumnFile> files, FileRole role) {
    ColumnFile file = files.get(role);
    if (file == null) {
      throw new IllegalStateException("no file for " + role);
    }
    return file;
  }

  private static MemorySegment inPlace(Map<FileRole, ColumnFile> files, FileRole role) {
    MemorySegment whole = file(files, role).inPlace();
    if (whole == null) {
      throw new IllegalStateException(role + " is not read as a whole");
    }
    return whole;
  }

  /** Whether a part of the rows' bytes is not in memory, as far as some samples tell. */
  public boolean isOnDisk() {
    snapshot.checkOpen();
    return rowMappings.isOnDisk();
  }

  /**
   * Brings the bytes of rows {@code [firstRow, endRow)} into memory; of text, about those bytes.
   * Returns when they are there.
   */
  public void load(long firstRow, long endRow) {
    snapshot.checkOpen();
    rowMappings.load(firstRow, endRow);
  }

  /** Says that rows {@code [firstRow, endRow)} will not be read again soon. */
  public void release(long firstRow, long endRow) {
    snapshot.checkOpen();
    rowMappings.release(firstRow, endRow);
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

  /** Whether all rows can be shown in place, without a copy. */
  public boolean isInPlace() {
    return inPlace;
  }

  /**
   * What is wrong with rows {@code [firstRow, firstRow + count)} that a query may stumble over, or
   * null; looks at each of them.
   */
  public @Nullable String problem(long firstRow, int count) {
    return RowsCheck.problem(vector(firstRow, count), firstRow, count, described.statistics());
  }

  /** Whether a window on these rows needs no copy. Once true, it stays true for them. */
  public boolean isInPlace(long firstRow, int count) {
    return inPlace
        || (patch == null || !patch.touches(firstRow, firstRow + count))
            && (data == null || isDataInPlace(data, firstRow, firstRow + count))
            && (validity == null || validity.isInPlace(firstRow >> 3, firstRow + count + 7 >> 3));
  }

  /** The rows that were changed after they were written, all of which are copied when read. */
  public int patchedRows() {
    return described.patchedRows();
  }

  private boolean isDataInPlace(ColumnFile values, long firstRow, long endRow) {
    if (offsets == null) {
      return values.isInPlace(dataOffset(firstRow), dataOffset(endRow));
    }
    return offsets.isInPlace(8 * firstRow, 8 * endRow + 8)
        && values.isInPlace(offsetAt(offsets, firstRow), offsetAt(offsets, endRow));
  }

  /** Where a row's value or code begins; of bits, the byte that holds it or ends before it. */
  private long dataOffset(long row) {
    if (described.encoding() == Encoding.BITS) {
      return row + 7 >> 3;
    }
    int codeWidth = described.codeWidthBytes();
    return row * (codeWidth > 0 ? codeWidth : type.widthBytes());
  }

  /**
   * Rows {@code [firstRow, firstRow + count)}, encoded as the column is; of a constant column plain
   * values, for at most a block of rows. A window, or a copy in memory of its own that lives as
   * long as somebody refers to it.
   *
   * @param firstRow a multiple of 8, so that the validity bits start with a byte
   * @throws IndexOutOfBoundsException if the column has not all these rows
   * @throws colonnade.error.ClosedException if the snapshot is closed
   * @throws CorruptColumnException if rows that are copied cannot be read or are damaged
   */
  public Vector vector(long firstRow, int count) {
    return vector(firstRow, count, OWN_MEMORY);
  }

  /** As {@link #vector(long, int)}; a copy lies in memory that {@code allocator} gives. */
  public Vector vector(long firstRow, int count, SegmentAllocator allocator) {
    snapshot.checkOpen();
    if ((firstRow & 7) != 0) {
      throw new IllegalArgumentException(
          "a window starts at a multiple of 8, not at row " + firstRow);
    }
    if (firstRow < 0 || count < 0 || firstRow > rowCount - count) {
      throw new IndexOutOfBoundsException(
          "rows " + firstRow + " to " + (firstRow + count) + " of " + rowCount);
    }
    if (inPlace) {
      boolean atStart = constant != null || offsets != null;
      return vector(
          count,
          wholeData,
          atStart ? 0 : dataOffset(firstRow),
          wholeOffsets,
          8 * firstRow,
          wholeValidity,
          firstRow >> 3);
    }
    try {
      Vector stored = read(firstRow, count, allocator);
      return patch == null ? stored : patch.over(stored, firstRow, count, allocator);
    } catch (RuntimeException e) {
      snapshot.checkOpen();
      throw e;
    } catch (InternalError e) {
      throw unreadable(firstRow, firstRow + count);
    }
  }

  private Vector read(long firstRow, int count, SegmentAllocator allocator) {
    long endRow = firstRow + count;
    MemorySegment bits = null;
    long bitsOffset = 0;
    if (validity != null) {
      ColumnFile.Part part = validity.read(firstRow >> 3, endRow + 7 >> 3, firstRow, allocator);
      bits = part.memory();
      bitsOffset = part.offset();
    }
    if (data == null) {
      return vector(count, Objects.requireNonNull(constant), 0, null, 0, bits, bitsOffset);
    }
    if (offsets == null) {
      ColumnFile.Part part =
          data.read(dataOffset(firstRow), dataOffset(endRow), firstRow, allocator);
      return vector(count, part.memory(), part.offset(), null, 0, bits, bitsOffset);
    }
    ColumnFile.Part ends = offsets.read(8 * firstRow, 8 * endRow + 8, firstRow, allocator);
    long from = ends.memory().get(JAVA_LONG_UNALIGNED, ends.offset());
    long to = ends.memory().get(JAVA_LONG_UNALIGNED, ends.offset() + 8L * count);
    if (from < 0 || to < from || to > data.lengthBytes()) {
      throw corrupt(snapshot.name(), "the offsets of rows " + firstRow + " on are out of order");
    }
    if (data.isInPlace(from, to)) {
      ColumnFile.Part all = data.read(0, 0, firstRow, allocator);
      return vector(count, all.memory(), 0, ends.memory(), ends.offset(), bits, bitsOffset);
    }
    ColumnFile.Part text = data.read(from, to, firstRow, allocator);
    MemorySegment own = allocator.allocate(8L * count + 8, 64);
    for (int i = 0; i <= count; i++) {
      own.set(
          JAVA_LONG_UNALIGNED,
          8L * i,
          ends.memory().get(JAVA_LONG_UNALIGNED, ends.offset() + 8L * i) - from + text.offset());
    }
    return vector(count, text.memory(), 0, own, 0, bits, bitsOffset);
  }

  private Vector vector(
      int count,
      MemorySegment values,
      long valuesOffset,
      @Nullable MemorySegment ends,
      long endsOffset,
      @Nullable MemorySegment bits,
      long bitsOffset) {
    if (dictionary != null) {
      int width = described.codeWidthBytes();
      return Vector.coded(dictionary, width, values, valuesOffset, bits, bitsOffset);
    }
    NumberCode numbers = described.numberCode();
    if (numbers != null) {
      int width = described.codeWidthBytes();
      return Vector.numbers(type, numbers, width, values, valuesOffset, bits, bitsOffset);
    }
    if (described.encoding() == Encoding.BITS) {
      return Vector.bits(values, valuesOffset, bits, bitsOffset);
    }
    if (described.encoding() == Encoding.CONSTANT && count > TableFormat.BLOCK_ROWS) {
      throw new IllegalArgumentException("a window on a constant column shows at most a block");
    }
    return ends == null
        ? Vector.fixed(type, values, valuesOffset, bits, bitsOffset)
        : Vector.variable(type, values, 0, ends, endsOffset, bits, bitsOffset);
  }

  /**
   * Reads what the value of one row of {@code window} lies in, so that a page that cannot be read
   * is an error here and not where the value is used.
   *
   * @param firstRow the first row of {@code window}
   * @throws ColonnadeException if a page cannot be read
   */
  public void touch(Vector window, long firstRow, int index) {
    try {
      RowTouch.touch(window, index);
    } catch (InternalError e) {
      throw unreadable(firstRow + index, firstRow + index + 1);
    }
  }

  /** What a fault in the mapping of some rows means. */
  private ColonnadeException unreadable(long firstRow, long endRow) {
    ColonnadeException fault = fault(firstRow, endRow);
    return fault != null ? fault : corrupt(snapshot.name(), "row " + firstRow + " cannot be read");
  }

  /**
   * What is wrong with the files of rows {@code [firstRow, endRow)}, read again after a fault in
   * their mapping; null if all can be read.
   */
  public @Nullable ColonnadeException fault(long firstRow, long endRow) {
    for (ColumnFile file : files.values()) {
      ColonnadeException fault = file.fault(firstRow, endRow);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  /** Closes what is open; what is mapped and loaded ends with the snapshot's arena. */
  void close() {
    files.values().forEach(ColumnFile::close);
  }
}
