package colonnade.arrow;

import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import colonnade.error.UnsupportedFormatException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * What both ways to read a file share: its columns, its dictionaries, and the errors. Safe for all
 * threads.
 */
final class IpcTable {
  private final Path path;
  private final long size;
  private final IpcLayout layout;
  private final Schema schema;
  private final ConcurrentHashMap<Long, IpcDictionary> dictionaries = new ConcurrentHashMap<>();

  private IpcTable(Path path, long size, IpcLayout layout, Schema schema) {
    this.path = path;
    this.size = size;
    this.layout = layout;
    this.schema = schema;
  }

  static IpcTable read(IpcInput input) {
    IpcLayout layout = IpcLayout.read(input);
    checkRows(layout, input);
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (IpcColumn column : layout.columns()) {
      if (!names.add(column.name())) {
        throw new MalformedInputException(
            input.path().toString(),
            input.path() + " has two columns named '" + column.name() + "'",
            "Write it again with a name of its own for each column.");
      }
      fields.add(new Field(column.name(), column.type()));
    }
    return new IpcTable(input.path(), input.size(), layout, new Schema(fields));
  }

  /** A few damaged bytes can state more rows than there is room to list blocks for. */
  private static void checkRows(IpcLayout layout, IpcInput input) {
    double rows = 0;
    for (long batch : layout.rows()) {
      rows += batch;
    }
    if (rows > Math.max(1L << 31, 8.0 * input.size())) {
      throw IpcLayout.malformed(
          input.path(), new BadIpc("it states more rows than its bytes can hold"));
    }
  }

  Path path() {
    return path;
  }

  /** The file's length when its description was read. */
  long size() {
    return size;
  }

  IpcLayout layout() {
    return layout;
  }

  Schema schema() {
    return schema;
  }

  long rowCount() {
    long rows = 0;
    for (long batch : layout.rows()) {
      rows = Math.addExact(rows, batch);
    }
    return rows;
  }

  /** Refuses columns of types that cannot be read. */
  void check(int[] columns) {
    for (int index : columns) {
      IpcColumn column = layout.columns().get(index);
      if (!column.refusal().isEmpty()) {
        List<String> readable =
            layout.columns().stream()
                .filter(c -> c.refusal().isEmpty())
                .map(c -> "'" + c.name() + "'")
                .toList();
        throw new UnsupportedFormatException(
            path.toString(),
            "column '" + column.name() + "' of " + path + " " + column.refusal(),
            readable.isEmpty()
                ? "Flatten the columns with the program that wrote the file; only plain values are"
                    + " read."
                : "Select other columns; those of plain values are "
                    + String.join(", ", readable)
                    + ".");
      }
    }
  }

  /** The buffers of record batch {@code index}. */
  BatchBuffers batch(IpcInput input, int index, Arena arena) {
    try {
      IpcMessage message = layout.batches().get(index);
      var header = (RecordBatch) message.read(input, arena).header(new RecordBatch());
      if (header == null || header.length() != layout.rows()[index]) {
        throw new BadIpc("it changed while it was read");
      }
      return new BatchBuffers(input, message, header, arena);
    } catch (RuntimeException e) {
      throw failure("", "batch " + index, e);
    }
  }

  /** Rows {@code [first, first + count)} of a batch. */
  Vector[] vectors(
      IpcInput input,
      BatchBuffers buffers,
      int batch,
      int[] columns,
      long first,
      int count,
      Arena arena) {
    Vector[] vectors = new Vector[columns.length];
    for (int c = 0; c < columns.length; c++) {
      IpcColumn column = layout.columns().get(columns[c]);
      try {
        IpcDictionary dictionary =
            column.codes() == null ? null : dictionary(input, column, column.codes().id(), batch);
        vectors[c] = ColumnReader.read(column, buffers, first, count, arena, dictionary);
      } catch (RuntimeException e) {
        throw failure(column.name(), "batch " + batch, e);
      }
    }
    return vectors;
  }

  /**
   * The one dictionary of all batches, or null if the column is no text of codes, or has several.
   */
  @Nullable Dictionary dictionary(IpcInput input, int index) {
    IpcColumn column = layout.columns().get(index);
    if (column.codes() == null || !column.type().isVariable() || layout.batches().isEmpty()) {
      return null;
    }
    long id = column.codes().id();
    int first = start(id, 0);
    for (int b = 1; b < layout.batches().size(); b++) {
      if (start(id, b) != first) {
        return null;
      }
    }
    try {
      IpcDictionary dictionary = dictionary(input, column, id, 0);
      return dictionary == null ? null : dictionary.text();
    } catch (RuntimeException e) {
      throw failure(column.name(), "its dictionary", e);
    }
  }

  private @Nullable IpcDictionary dictionary(IpcInput input, IpcColumn column, long id, int batch) {
    int start = start(id, batch);
    return start < 0
        ? null
        : dictionaries.computeIfAbsent((long) start, s -> load(input, column, id, start));
  }

  /** The dictionary batch that states dictionary {@code id} for a batch; -1 if none does. */
  private int start(long id, int batch) {
    for (int d = layout.dictionariesBefore()[batch] - 1; d >= 0; d--) {
      IpcLayout.DictionaryMessage message = layout.dictionaries().get(d);
      if (message.id() == id && !message.delta()) {
        return d;
      }
    }
    return -1;
  }

  /** Deltas that come after the batch too: they only add codes, and so one dictionary does. */
  private IpcDictionary load(IpcInput input, IpcColumn column, long id, int start) {
    // Text is copied together and its parts freed; numbers stay where they were read.
    boolean text = column.type().isVariable();
    Arena arena = text ? Arena.ofShared() : Arena.ofAuto();
    try {
      List<BatchBuffers> parts = new ArrayList<>();
      for (int d = start; d < layout.dictionaries().size(); d++) {
        IpcLayout.DictionaryMessage part = layout.dictionaries().get(d);
        if (part.id() != id) {
          continue;
        }
        if (d > start && !part.delta()) {
          break;
        }
        var header =
            (DictionaryBatch) part.message().read(input, arena).header(new DictionaryBatch());
        parts.add(new BatchBuffers(input, part.message(), header.data(), arena));
      }
      return IpcDictionary.of(column, parts, arena);
    } finally {
      if (text) {
        arena.close();
      }
    }
  }

  /** What to throw for a failure while reading a column. */
  RuntimeException failure(String column, String where, RuntimeException e) {
    String place = path + (column.isEmpty() ? ", " : ", column '" + column + "', ") + where;
    return switch (e) {
      case ColonnadeException known -> known;
      case IpcCompression.Missing missing ->
          new UnsupportedFormatException(
              place,
              path + " cannot be read: " + missing.getMessage(),
              "Add org.apache.arrow:arrow-compression to the class path, or write the file without"
                  + " compression.",
              e);
      default ->
          new MalformedInputException(
              place,
              place
                  + ": "
                  + (e instanceof BadIpc ? e.getMessage() : "the batch is damaged (" + e + ")"),
              "The file was damaged, or its writer is at fault; write or copy it again, or select"
                  + " other columns.",
              e);
    };
  }
}
