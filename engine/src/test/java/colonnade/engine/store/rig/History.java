package colonnade.engine.store.rig;

import colonnade.DataType;
import colonnade.Retention;
import colonnade.Schema;
import colonnade.engine.store.ColumnPatch;
import colonnade.engine.store.ColumnRewrite;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Republication;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableEdit;
import colonnade.engine.store.TableLock;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.Vectors;
import colonnade.engine.store.WriteOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A life that a table can lead: what generation {@code g} holds follows from {@code g} alone, so
 * whoever finds a table after a crash knows what must be in it. Each round of ten generations
 * creates or replaces the table, changes some of its rows, appends to it with checkpoints, takes
 * the last of these back, adds, drops, renames and retypes columns, appends where the rows taken
 * back were, takes that back, and appends to what is back. Two generations are kept, so that much
 * is collected. Safe for all threads.
 */
final class History implements Life {
  /** Generations in a round. */
  static final int ROUND = 10;

  /** So many rows have patches of two in all columns. */
  private static final int MANY_ROWS = 1_000;

  private static final String[] NAMES = {"id", "amount", "name", "note"};
  private static final DataType[] TYPES = {DataType.I64, DataType.F64, DataType.UTF8, DataType.I32};

  /** Plain numbers, decimal codes, a dictionary, and narrow codes that get wider, with nulls. */
  private static final Schema SCHEMA = schema();

  /** So long that a patch of one row always saves something, however few names there are. */
  private static final String NAME = "a name that is long enough for a patch of one row, n";

  private final int batchRows;
  private final boolean updates;
  private final Map<Long, Content> contents = new ConcurrentHashMap<>();

  /**
   * A life in batches of about so many rows; with more than a block of them there are files of
   * statistics and checksums.
   */
  History(int batchRows) {
    this(batchRows, true);
  }

  /** As {@link #History(int)}; without updates, the second generation of a round appends too. */
  History(int batchRows, boolean updates) {
    this.batchRows = batchRows;
    this.updates = updates;
  }

  /** What is done for a generation: its place, or that of another that is made alike. */
  private int deed(long generation) {
    int place = place(generation);
    return place == 1 && !updates ? 7 : place;
  }

  private static Schema schema() {
    return Schema.of(
        NAMES[0], TYPES[0], NAMES[1], TYPES[1], NAMES[2], TYPES[2], NAMES[3], TYPES[3]);
  }

  /** The place of a generation in its round, from 0 on. */
  static int place(long generation) {
    return (int) ((generation - 1) % ROUND);
  }

  /** What generation {@code generation} holds. */
  Content content(long generation) {
    Content known = contents.get(generation);
    if (known == null) {
      known = compute(generation);
      contents.put(generation, known);
      contents.remove(generation - 2 * ROUND);
    }
    return known;
  }

  private Content compute(long generation) {
    return switch (deed(generation)) {
      case 0 -> batch(generation, SCHEMA);
      case 1 -> {
        Content before = content(generation - 1);
        for (String column : patched(before.rowCount())) {
          before = before.with(column, type(column), patched(column, generation, before));
        }
        yield before;
      }
      case 6 -> {
        Content before = content(generation - 1);
        yield before
            .without("note")
            .renamed("name", "label")
            .with("amount", DataType.F32, floats(generation, before.rowCount()))
            .with("extra", DataType.UTF8, values("extra", generation, before.rowCount()));
      }
      case 5, 8 -> content(generation - 2);
      default -> {
        Content before = content(generation - 1);
        yield before.followedBy(batch(generation, before.schema()));
      }
    };
  }

  /** The columns of which rows are changed: as many as have a patch of so many rows. */
  private static List<String> patched(int rowCount) {
    return rowCount < MANY_ROWS ? List.of("name") : List.of("id", "amount", "name", "note");
  }

  private static DataType type(String column) {
    return SCHEMA.field(column).type();
  }

  /**
   * A column with another value in the last row, or in two where they are many: text that is new,
   * by turns with null.
   */
  private static List<@Nullable Object> patched(String column, long generation, Content before) {
    List<@Nullable Object> values = new ArrayList<>(before.column(column));
    List<@Nullable Object> others = values(column, generation, 2);
    Object name = generation / ROUND % 2 == 0 ? "a name of generation " + generation : null;
    values.set(values.size() - 1, column.equals("name") ? name : others.getLast());
    if (values.size() >= MANY_ROWS) {
      values.set(1, others.getFirst());
    }
    return values;
  }

  /** The rows that an append for this generation brings. */
  private Content batch(long generation, Schema schema) {
    int rows = batchRows + (int) (generation % 5);
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      columns.add(
          schema.type(i) == DataType.F32
              ? floats(generation, rows)
              : values(schema.name(i), generation, rows));
    }
    return new Content(schema, columns);
  }

  private static List<@Nullable Object> floats(long generation, int count) {
    List<@Nullable Object> floats = new ArrayList<>(count);
    values("amount", generation, count).forEach(v -> floats.add(((Double) v).floatValue()));
    return floats;
  }

  private static List<@Nullable Object> values(String column, long generation, int count) {
    List<@Nullable Object> values = new ArrayList<>(count);
    for (int row = 0; row < count; row++) {
      long mix = mix(generation * 1_000_003 + row);
      values.add(
          switch (column) {
            case "id" -> mix;
            case "amount" -> (mix & 0xffff) / 100.0;
            case "name", "label" -> NAME + (mix & 15);
            case "note" -> (mix & 3) == 0 ? null : note(generation, mix);
            case "extra" -> "x" + (mix & 0xfff);
            default -> throw new IllegalArgumentException(column);
          });
    }
    return values;
  }

  /** From the fourth generation of a round on too large for the codes of those before. */
  private static Object note(long generation, long mix) {
    return (mix >>> 8 & 0x7f) + (place(generation) >= 3 ? 70_000 : 0);
  }

  private static long mix(long seed) {
    long z = seed * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }

  /** The newest generation of a table; 0 if there is none. */
  static long newest(Path table) {
    List<Long> generations = TableStore.generations(table);
    return generations.isEmpty() ? 0 : generations.getFirst();
  }

  @Override
  public void step(Path table, WriteOptions options, LongConsumer acknowledged) {
    long next = newest(table) + 1;
    switch (deed(next)) {
      case 0 -> {
        TableWriter writer = TableWriter.create(table, SCHEMA, options(options));
        try (writer) {
          write(writer, batch(next, SCHEMA));
        }
        acknowledged.accept(next);
      }
      case 1 -> {
        try (Snapshot before = TableStore.open(table);
            TableEdit edit = TableEdit.open(table, options(options))) {
          Content after = content(next);
          for (String column : patched(after.rowCount())) {
            patch(edit, before.column(before.schema().indexOf(column)), after.column(column));
          }
          edit.commit();
          acknowledged.accept(next);
        }
      }
      case 6 -> {
        try (TableEdit edit = TableEdit.open(table, options(options))) {
          Content after = content(next);
          edit.drop("note");
          edit.rename("name", "label");
          write(
              edit.replace(after.schema().field(after.schema().indexOf("amount"))),
              after.column("amount"));
          write(
              edit.add(after.schema().field(after.schema().indexOf("extra"))),
              after.column("extra"));
          edit.commit();
          acknowledged.accept(next);
        }
      }
      case 5, 8 -> {
        try (TableLock lock = TableLock.acquire(table, options.storage())) {
          Republication.undo(lock, options(options));
        }
        acknowledged.accept(next);
      }
      case 2, 3, 4 -> {
        long last = next + 4 - place(next);
        try (TableWriter writer = TableWriter.append(table, options(options))) {
          for (long generation = next; generation <= last; generation++) {
            write(writer, batch(generation, SCHEMA));
            writer.checkpoint();
            acknowledged.accept(generation);
          }
        }
      }
      default -> {
        TableWriter writer = TableWriter.append(table, options(options));
        try (writer) {
          write(writer, batch(next, content(next).schema()));
        }
        acknowledged.accept(next);
      }
    }
  }

  @Override
  public void compare(Snapshot snapshot) {
    if (!Content.of(snapshot).equals(content(snapshot.generation()))) {
      throw new IllegalStateException(
          "generation " + snapshot.generation() + " does not hold what was written");
    }
  }

  /** Leads a table to a generation, or one or two beyond it. */
  void lead(Path table, long generation) {
    while (newest(table) < generation) {
      step(table, WriteOptions.DEFAULT, committed -> {});
    }
  }

  /** A copy of a table's directory. */
  static void copy(Path table, Path copy) throws IOException {
    Files.createDirectories(copy);
    try (Stream<Path> files = Files.list(table)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName().toString()));
      }
    }
  }

  private static WriteOptions options(WriteOptions given) {
    return given
        .withEncoding("id", EncodingChoice.PLAIN)
        .withEncoding("extra", EncodingChoice.PLAIN)
        .withRetention(Retention.generations(2));
  }

  private static void write(TableWriter writer, Content rows) {
    try (Arena arena = Arena.ofConfined()) {
      Vector[] vectors = new Vector[rows.schema().size()];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = Vectors.plain(rows.schema().type(i), rows.columns().get(i), arena);
      }
      writer.write(vectors, rows.rowCount());
    }
  }

  private static void patch(TableEdit edit, MappedColumn before, List<@Nullable Object> values) {
    String name = before.field().name();
    ColumnPatch patch = edit.patch(name);
    try (Arena arena = Arena.ofConfined()) {
      Vector all = Vectors.plain(before.field().type(), values, arena);
      if (patch == null || !patch.take(0, all, values.size(), before)) {
        throw new IllegalStateException("no patch of " + name);
      }
    }
    edit.apply(name, patch);
  }

  private static void write(ColumnRewrite rewrite, List<@Nullable Object> values) {
    try (Arena arena = Arena.ofConfined()) {
      rewrite.write(Vectors.plain(rewrite.field().type(), values, arena), values.size());
    }
  }
}
