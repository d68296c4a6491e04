package colonnade.engine.store;

import colonnade.DataType;
import colonnade.Field;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.StatisticsRecord;
import colonnade.engine.store.format.TableFormat;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A column that grows: its values, validity and statistics. A column that is only carried over into
 * the next generation reads and opens nothing. Belongs to a writer; used by one thread at a time,
 * but for {@link #ahead}. Threads that write blocks side by side take turns by row numbers: {@link
 * #awaitRow}, then {@link #append} or {@link #follow}, then {@link #reached}.
 */
final class ColumnWriter {
  private static final long WAIT_MILLIS = 50;

  private final WriteSession session;
  private final int id;
  private final Field field;
  private final EncodingChoice choice;
  private final StatisticsFold block;
  private final ByteBuffer record =
      ByteBuffer.allocate(TableFormat.STATISTICS_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private volatile @Nullable ManifestColumn untouched;
  private volatile @Nullable ValueFiles values;
  private @Nullable BitFile validity;
  private @Nullable AppendFile statistics;
  private @Nullable AppendFile parameters;
  private @Nullable AppendFile index;
  private @Nullable PatchCarry patch;
  private ColumnStatistics completeBlocks = ColumnStatistics.EMPTY;
  private long rowCount;
  private long reachedRow;
  private Map<String, String> attributes = Map.of();

  private ColumnWriter(WriteSession session, int id, Field field, EncodingChoice choice) {
    this.session = session;
    this.id = id;
    this.field = field;
    this.choice = choice;
    this.block = new StatisticsFold(field.type());
  }

  /** A new column without rows. */
  static ColumnWriter create(WriteSession session, int id, Field field) {
    return create(session, id, field, session.options().encodingOf(field.name()));
  }

  /** A new column without rows, with a choice of its own. */
  static ColumnWriter create(WriteSession session, int id, Field field, EncodingChoice choice) {
    ColumnWriter column = new ColumnWriter(session, id, field, choice);
    DataType type = field.type();
    if (!type.isVariable() && choice != EncodingChoice.PLAIN) {
      column.values = new ConstantFiles(session, column::make, type, choice, 0, 0, false);
    } else if (!type.isVariable()) {
      column.values = new FixedFiles(column.make(FileRole.VALUES, 0), type.widthBytes());
    } else if (choice == EncodingChoice.PLAIN) {
      column.values =
          new TextFiles(column.make(FileRole.OFFSETS, 0), column.make(FileRole.BYTES, 0));
    } else {
      column.values =
          new CodeFiles(
              column::make,
              EntryTable.of(choice),
              column.make(FileRole.CODES, 1),
              1,
              column.make(FileRole.DICTIONARY_OFFSETS, 0),
              column.make(FileRole.DICTIONARY_BYTES, 0));
    }
    return column;
  }

  /** A committed column, to go on after its last row. */
  static ColumnWriter resume(WriteSession session, ManifestColumn known) {
    ColumnWriter column =
        new ColumnWriter(
            session, known.id(), known.field(), session.options().encodingOf(known.field().name()));
    column.untouched = known;
    column.rowCount = known.rowCount();
    column.reachedRow = column.rowCount;
    return column;
  }

  /** The name and type. */
  Field field() {
    return field;
  }

  /** Sets what the next commit remembers of the column beside its values. */
  void remember(ColumnNotes notes) {
    touch();
    attributes = notes.attributes();
    if (parameters != null) {
      parameters.discardUnlessCommitted();
      parameters = null;
    }
    MemorySegment bytes = notes.parameters();
    if (bytes != null) {
      parameters = make(FileRole.PARAMETERS, 0);
      parameters.append(bytes, 0, bytes.byteSize());
    }
  }

  /**
   * Sets what the next commit remembers of the column, and the hash table of its keys; null leaves
   * the one that there is.
   */
  void index(Map<String, String> newAttributes, @Nullable MemorySegment slots) {
    touch();
    attributes = newAttributes;
    if (slots != null) {
      if (index != null) {
        index.discardUnlessCommitted();
      }
      index = make(FileRole.INDEX, 0);
      index.append(slots, 0, slots.byteSize());
    }
  }

  /** The rows so far. */
  long rowCount() {
    return rowCount;
  }

  private AppendFile make(FileRole role, int codeWidthBytes) {
    String extension = role.extension(field.type(), codeWidthBytes);
    FileName name = FileName.of(id, field.name(), session.nextGeneration(), extension);
    return AppendFile.create(session, role, name.toString());
  }

  private void touch() {
    ManifestColumn committed = untouched;
    if (committed == null) {
      return;
    }
    ManifestColumn known = session.writable(committed);
    untouched = null;
    attributes = known.attributes();
    ColumnStatistics all = known.statistics();
    ColumnStatistics tail = known.tailStatistics();
    block.resume(tail);
    completeBlocks = all.before(tail);
    patch = PatchCarry.of(session, known);
    ManifestFile bits = known.file(FileRole.VALIDITY);
    validity = bits == null ? null : BitFile.resume(session, known, bits);
    ManifestFile records = known.file(FileRole.STATISTICS);
    statistics = records == null ? null : resume(known, records);
    ManifestFile notes = known.file(FileRole.PARAMETERS);
    parameters = notes == null ? null : resume(known, notes);
    ManifestFile slots = known.file(FileRole.INDEX);
    index = slots == null ? null : resume(known, slots);
    if (known.encoding() == Encoding.DICTIONARY) {
      values = resumeCodes(known);
    } else if (known.numberCode() != null) {
      values =
          NumberFiles.resume(
              session,
              this::make,
              field.type(),
              codes(known),
              known.codeWidthBytes(),
              known.numberCode(),
              known.statistics());
    } else if (known.encoding() == Encoding.BITS) {
      ManifestFile booleans = Objects.requireNonNull(known.file(FileRole.BITS));
      values = new BitFiles(BitFile.resume(session, known, booleans));
    } else if (known.encoding() == Encoding.CONSTANT) {
      values =
          new ConstantFiles(
              session,
              this::make,
              field.type(),
              choice,
              known.rowCount(),
              known.constantBits(),
              all.rowCount() > all.nullCount());
    } else if (field.type().isVariable()) {
      values = new TextFiles(resume(known, FileRole.OFFSETS), resume(known, FileRole.BYTES));
    } else {
      values = new FixedFiles(resume(known, FileRole.VALUES), field.type().widthBytes());
    }
  }

  private CodeFiles resumeCodes(ManifestColumn known) {
    return new CodeFiles(
        this::make,
        EntryTable.of(session, known, choice),
        codes(known),
        known.codeWidthBytes(),
        resume(known, FileRole.DICTIONARY_OFFSETS),
        resume(known, FileRole.DICTIONARY_BYTES));
  }

  private AppendFile codes(ManifestColumn known) {
    AppendFile codes = resume(known, FileRole.CODES);
    if (patch != null) {
      patch.showIn(codes);
    }
    return codes;
  }

  private AppendFile resume(ManifestColumn known, FileRole role) {
    return resume(known, Objects.requireNonNull(known.file(role)));
  }

  private AppendFile resume(ManifestColumn known, ManifestFile file) {
    return AppendFile.resume(session, known, file, file.lengthBytes());
  }

  /**
   * Waits until all rows before {@code row} are written.
   *
   * @param check throws what keeps them from ever being
   */
  synchronized void awaitRow(long row, Runnable check) {
    boolean interrupted = false;
    while (reachedRow < row) {
      check.run();
      try {
        wait(WAIT_MILLIS);
      } catch (InterruptedException e) {
        // The block before this one takes no longer than the operating system does.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says that all rows before {@code row} are written. */
  synchronized void reached(long row) {
    reachedRow = row;
    notifyAll();
  }

  /**
   * Does what needs no order of writing a whole block, from any thread.
   *
   * @param given in memory that may be overwritten where rows are null, and is no mapping
   * @param firstRow the block's first row in the table
   * @return what was done; null if everything has to wait for its turn
   */
  @Nullable BlockAhead ahead(Vector given, long firstRow, RowBits rows) {
    ValueFiles files = values;
    if (untouched != null || files == null || !session.keepsFilesOpen()) {
      return null;
    }
    Vector vector = plain(given, TableFormat.BLOCK_ROWS);
    rows.load(vector, 0, TableFormat.BLOCK_ROWS);
    StatisticsFold fold = new StatisticsFold(field.type());
    fold.rows(rows.count(), rows.nullCount());
    BooleanSupplier turn = files.ahead(vector, firstRow, rows, fold);
    return turn == null ? null : new BlockAhead(files, fold.get(), turn);
  }

  /** A vector of bits or codes of numbers as a plain one; others as they are. */
  static Vector plain(Vector given, int count) {
    return given.encoding() == Encoding.BITS
        ? PackedBits.decode(given, count)
        : given.isNumberCoded() ? PlainNumbers.decode(given, count) : given;
  }

  /**
   * Appends a block of which {@link #ahead} did the rest; returns false, and does nothing, if the
   * column goes on in other files since then.
   */
  boolean follow(BlockAhead done, Vector vector, RowBits rows) {
    if (values != done.files() || !done.turn().getAsBoolean()) {
      return false;
    }
    rows.load(vector, 0, TableFormat.BLOCK_ROWS);
    appendValidity(rows);
    block.resume(done.statistics());
    rowCount += TableFormat.BLOCK_ROWS;
    endBlock();
    return true;
  }

  /** Appends the first {@code count} rows of a vector of this column's type, in any encoding. */
  void append(Vector given, int count, RowBits rows) {
    touch();
    Vector vector = plain(given, count);
    int from = 0;
    while (from < count) {
      int n =
          Math.min(
              count - from, (int) (TableFormat.BLOCK_ROWS - rowCount % TableFormat.BLOCK_ROWS));
      rows.load(vector, from, n);
      int nulls = rows.nullCount();
      appendValidity(rows);
      appendValues(vector, from, rows);
      block.rows(n, nulls);
      rowCount += n;
      from += n;
      if (rowCount % TableFormat.BLOCK_ROWS == 0) {
        endBlock();
      }
    }
    if (!session.keepsFilesOpen()) {
      forEachFile(AppendFile::closeUnlessFew);
    }
  }

  private void forEachFile(Consumer<AppendFile> action) {
    if (values != null) {
      values.files().forEach(action);
    }
    if (validity != null) {
      action.accept(validity.file());
    }
    if (statistics != null) {
      action.accept(statistics);
    }
    if (parameters != null) {
      action.accept(parameters);
    }
    if (index != null) {
      action.accept(index);
    }
  }

  private void appendValidity(RowBits rows) {
    if (validity == null && rows.nullCount() > 0) {
      AppendFile file = make(FileRole.VALIDITY, 0);
      validity = patch == null ? BitFile.begin(file, rowCount) : patch.begin(file, rowCount);
    }
    if (validity != null) {
      validity.append(rows);
    }
  }

  private void appendValues(Vector vector, int from, RowBits rows) {
    ValueFiles files = Objects.requireNonNull(values);
    int count = rows.count();
    int done = files.append(vector, from, rows, block);
    while (done < count) {
      rows.load(vector, from + done, count - done);
      files = files.next(vector, from + done, rows);
      values = files;
      done += files.append(vector, from + done, rows, block);
    }
  }

  private void endBlock() {
    ColumnStatistics complete = block.get();
    AppendFile file = statistics;
    if (file == null) {
      file = make(FileRole.STATISTICS, 0);
      statistics = file;
    }
    StatisticsRecord.put(record.clear(), field.type(), complete);
    file.append(MemorySegment.ofArray(record.array()), 0, TableFormat.STATISTICS_BYTES);
    completeBlocks = completeBlocks.merge(complete);
    block.reset();
    if (choice != EncodingChoice.DICTIONARY
        && values instanceof CodeFiles codes
        && codes.shouldBePlain(rowCount)) {
      values = codes.toPlain();
    }
  }

  /** Adds the files that are to be synced before a commit. */
  void collect(List<AppendFile> files) {
    if (patch != null && values != null && patch.isFoldedInto(values)) {
      validity = patch.fold(validity, rowCount);
      patch = null;
    }
    if (values instanceof BitFiles booleans) {
      files.add(booleans.bits().settle());
    } else if (values != null) {
      files.addAll(values.files());
    }
    if (validity != null) {
      files.add(validity.settle());
    }
    if (statistics != null) {
      files.add(statistics);
    }
    if (parameters != null) {
      files.add(parameters);
    }
    if (index != null) {
      files.add(index);
    }
  }

  /** The column as a manifest states it, after its files were synced. */
  ManifestColumn describe() {
    if (untouched != null) {
      return untouched;
    }
    ValueFiles files = Objects.requireNonNull(values);
    List<ManifestFile> described = new ArrayList<>();
    if (files instanceof BitFiles booleans) {
      described.add(booleans.bits().describe());
    } else {
      files.files().forEach(file -> described.add(file.describe()));
    }
    if (validity != null) {
      described.add(validity.describe());
    }
    if (statistics != null) {
      described.add(statistics.describe());
    }
    if (parameters != null) {
      described.add(parameters.describe());
    }
    if (index != null) {
      described.add(index.describe());
    }
    if (patch != null) {
      described.add(patch.file());
    }
    ColumnStatistics tail = block.get();
    CodeFiles codes = files instanceof CodeFiles c ? c : null;
    NumberFiles numbers = files instanceof NumberFiles n ? n : null;
    return new ManifestColumn(
        id,
        field,
        files.encoding(),
        codes != null ? codes.codeWidthBytes() : numbers != null ? numbers.codeWidthBytes() : 0,
        codes == null ? 0 : codes.dictionarySize(),
        numbers == null ? null : numbers.code(),
        files instanceof ConstantFiles constant ? constant.bits() : 0,
        completeBlocks.merge(tail),
        tail,
        described,
        attributes);
  }

  /** Removes the files of a column that was never committed. */
  void discard() {
    List<AppendFile> files = new ArrayList<>();
    collect(files);
    files.forEach(AppendFile::discardUnlessCommitted);
  }

  /** Lets descriptors and buffers go. */
  void release() {
    forEachFile(AppendFile::release);
  }
}
