package colonnade.engine.store;

import static colonnade.engine.store.format.TableFormat.BLOCK_ROWS;

import colonnade.DataType;
import colonnade.Field;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.StatisticsRecord;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a column that a {@link TableEdit} changes, as a small file beside the others, which
 * stay: together with the rows that were changed before. What a rewrite forgets this forgets too:
 * how the column was scaled. Belongs to the edit, whose commit publishes it. Used by one thread at
 * a time. On the heap: 16 bytes a row.
 */
public final class ColumnPatch {
  /** Files that a patch writes anew, or that say what is no longer so. */
  private static final Set<FileRole> REPLACED =
      EnumSet.of(FileRole.PATCH, FileRole.STATISTICS, FileRole.PARAMETERS, FileRole.INDEX);

  /**
   * A patch may take a rewrite's bytes divided by this: a commit that adds to it writes it as a
   * whole, so it must stay small beside what it saves; reading copies the blocks that it touches.
   */
  private static final int SMALLER = 8;

  private final TableEdit edit;
  private final WriteSession session;
  private final ManifestColumn column;
  private final PatchValues encoder;
  private final @Nullable Patch before;
  private final int mostRows;
  private long[] rows = new long[16];
  private long[] values = new long[16];
  private final BitSet nulls = new BitSet();
  private int count;
  private int newRows;
  private long meantBytes;
  private @Nullable Written written;

  /** What was written for a commit. */
  private record Written(
      AppendFile patch,
      @Nullable AppendFile statistics,
      List<AppendFile> dictionary,
      ColumnStatistics all,
      ColumnStatistics tail) {}

  ColumnPatch(TableEdit edit, WriteSession session, ManifestColumn column) {
    this.edit = edit;
    this.session = session;
    this.column = column;
    this.encoder = new PatchValues(session, column);
    this.before = Patch.read(session.table(), column);
    this.mostRows = mostRows(column);
  }

  /** The rows that a patch of this column may have; 0 where none is possible. */
  static int mostRows(ManifestColumn column) {
    int valueBytes = column.patchValueBytes();
    if (valueBytes == 0) {
      return 0;
    }
    long bytes = 0;
    for (ManifestFile file : column.files()) {
      bytes += REPLACED.contains(file.role()) ? 0 : file.lengthBytes();
    }
    long most = bytes / SMALLER / (Long.BYTES + valueBytes);
    return (int) Math.min(most, TableFormat.MAX_PATCH_ROWS);
  }

  /** The column's name when the edit began, and its type. */
  public Field field() {
    return column.field();
  }

  /** The rows that were found to be changed. */
  public int count() {
    return count;
  }

  /**
   * Takes those of some rows that are not what is stored: not the same bits, or null where they
   * were not.
   *
   * @param firstRow the first row's number, above those of all rows taken before
   * @param changed what the rows are to hold
   * @param committed the column as it is
   * @return false if the column has to be written anew, because these are too many rows or its
   *     encoding does not hold one; this is of no use then
   */
  public boolean take(long firstRow, Vector changed, int rowCount, MappedColumn committed) {
    edit.checkUsable();
    Vector plain = ColumnWriter.plain(changed, rowCount);
    int shift = (int) (firstRow & 7);
    Vector stored = committed.vector(firstRow - shift, shift + rowCount);
    if (shift == 0 && areSame(plain, stored, rowCount)) {
      return true;
    }
    for (int i = 0; i < rowCount; i++) {
      boolean isNull = plain.isNull(i);
      boolean wasNull = stored.isNull(shift + i);
      if (isNull && wasNull) {
        continue;
      }
      if (!encoder.encode(plain, i)) {
        return false;
      }
      boolean isChanged = isNull || wasNull || encoder.bits() != encoder.bitsOf(stored, shift + i);
      if (isChanged) {
        if (!add(firstRow + i, encoder.bits(), isNull)) {
          return false;
        }
        meantBytes += bytesOf(plain, i);
      }
    }
    return true;
  }

  private static long bytesOf(Vector vector, int i) {
    DataType type = vector.type();
    return !type.isVariable() ? type.widthBytes() : vector.isNull(i) ? 0 : vector.bytesAt(i).length;
  }

  /** The bytes of the changed values as plain ones, which the caller means to write. */
  long meantBytes() {
    return meantBytes;
  }

  /** Whether plain rows without nulls have the same bytes; most of an update's have. */
  private static boolean areSame(Vector a, Vector b, int rowCount) {
    long bytes = (long) rowCount * a.type().widthBytes();
    return b.encoding() == Encoding.PLAIN
        && a.validity() == null
        && b.validity() == null
        && ByteRuns.mismatch(a.data(), a.dataOffset(), b.data(), b.dataOffset(), bytes) < 0;
  }

  private boolean add(long row, long value, boolean isNull) {
    int known = before == null ? 0 : before.size();
    newRows += before != null && before.contains(row) ? 0 : 1;
    if (known + newRows > mostRows) {
      return false;
    }
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    rows[count] = row;
    values[count] = value;
    nulls.set(count, isNull);
    count++;
    return true;
  }

  /** Writes the files of the next generation; adds those that are to be synced. */
  void collect(List<AppendFile> files) {
    Patch changes =
        new Patch(column, Arrays.copyOf(rows, count), Arrays.copyOf(values, count), nulls);
    Patch merged = before == null ? changes : before.with(column, changes);
    AppendFile patch = make(FileRole.PATCH);
    merged.writeTo(patch);
    files.add(patch);
    List<AppendFile> dictionary = encoder.hasNewEntries() ? encoder.grownDictionary() : List.of();
    files.addAll(dictionary);
    written = count(merged, changes, patch, dictionary);
    if (written.statistics != null) {
      files.add(written.statistics);
    }
  }

  private AppendFile make(FileRole role) {
    String extension = role.extension(column.field().type(), column.codeWidthBytes());
    return AppendFile.create(
        session,
        role,
        FileName.of(column.id(), column.field().name(), session.nextGeneration(), extension)
            .toString());
  }

  /** Counts the blocks that were changed, and writes the statistics of all. */
  private Written count(
      Patch merged, Patch changes, AppendFile patch, List<AppendFile> dictionary) {
    ManifestFile old = column.file(FileRole.STATISTICS);
    ByteBuffer records =
        (old == null
                ? ByteBuffer.allocate(0)
                : WholeFile.read(session.table(), column, old, this::refuse).asByteBuffer())
            .order(ByteOrder.LITTLE_ENDIAN);
    ColumnStatistics tail = column.tailStatistics();
    try (Arena arena = Arena.ofConfined();
        BlockRecount recount = new BlockRecount(session.table(), column, merged, arena)) {
      for (long block : changes.blocks(BLOCK_ROWS)) {
        ColumnStatistics found = recount.of(block);
        if (block == column.rowCount() / BLOCK_ROWS) {
          tail = found;
        } else {
          int at = Math.toIntExact(block * TableFormat.STATISTICS_BYTES);
          StatisticsRecord.put(
              records.slice(at, TableFormat.STATISTICS_BYTES).order(ByteOrder.LITTLE_ENDIAN),
              column.field().type(),
              found);
        }
      }
    } catch (IOException e) {
      throw StorageFailure.of(session.place(column.files().getFirst().name()), "read", e);
    }
    ColumnStatistics all = ColumnStatistics.EMPTY;
    while (records.hasRemaining()) {
      all = all.merge(StatisticsRecord.get(records, column.field().type()));
    }
    AppendFile statistics = old == null ? null : make(FileRole.STATISTICS);
    if (statistics != null) {
      MemorySegment bytes = MemorySegment.ofBuffer(records.flip());
      statistics.append(bytes, 0, bytes.byteSize());
    }
    return new Written(patch, statistics, dictionary, all.merge(tail), tail);
  }

  private void refuse(String problem) {
    String place = "the statistics of column '" + field().name() + "' of " + session.table().name();
    throw new CorruptColumnException(
        place,
        place + ": the file " + problem,
        "Restore it from a copy, or run `colonnade repair " + session.table().name() + "`.");
  }

  /** The column as a manifest states it, after its files were synced. */
  ManifestColumn describe() {
    Written done = Objects.requireNonNull(written);
    List<AppendFile> fresh = new ArrayList<>(done.dictionary);
    if (done.statistics != null) {
      fresh.add(done.statistics);
    }
    fresh.add(done.patch);
    List<ManifestFile> files = new ArrayList<>();
    boolean grows = !done.dictionary.isEmpty();
    for (ManifestFile file : column.files()) {
      boolean isDictionary =
          file.role() == FileRole.DICTIONARY_OFFSETS || file.role() == FileRole.DICTIONARY_BYTES;
      if (!REPLACED.contains(file.role()) && !(grows && isDictionary)) {
        files.add(file);
      }
    }
    fresh.forEach(file -> files.add(file.describe()));
    return new ManifestColumn(
        column.id(),
        column.field(),
        column.encoding(),
        column.codeWidthBytes(),
        encoder.dictionarySize(),
        column.numberCode(),
        column.constantBits(),
        done.all,
        done.tail,
        files,
        Map.of());
  }

  /** Lets descriptors and buffers go. */
  void end() {
    Written done = written;
    if (done != null) {
      done.dictionary.forEach(AppendFile::release);
      done.patch.release();
      if (done.statistics != null) {
        done.statistics.release();
      }
    }
  }
}
