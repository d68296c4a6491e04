package colonnade;

import colonnade.engine.exec.Cancellation;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Source;
import colonnade.engine.observe.ProgressListener;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.plan.Named;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * A description of work over tables: rows of a {@link #schema()} that do not exist yet. Every verb
 * ({@link #filter}, {@link #map}, {@link #groupBy} …) gives another frame at no cost; nothing runs
 * until an action: {@link #collect}, {@link #writeTo}, {@link #show}, {@link #forEachBatch}, {@link
 * #count}. Names and types are checked at the verb, so an action can only fail for what the data
 * holds.
 *
 * <p>Immutable and safe for all threads. A frame can run again and again; it reads the tables it
 * was made from, which must be open then ({@link colonnade.error.ClosedException} otherwise). Rows
 * keep their order unless {@link #sort}, {@link #groupBy} or {@link #join} says otherwise. Results
 * do not depend on the number of threads.
 */
public sealed interface Frame permits KeyedTable, LazyFrame, Table {
  /** All rows of a source; for readers of formats. */
  static Frame of(Source source) {
    return new LazyFrame(Plan.Scan.of(source), QueryOptions.defaults());
  }

  /** What this frame asks for; for bridges and other languages. */
  Plan plan();

  /** How its actions run. */
  QueryOptions options();

  /** The names and types of the columns; runs nothing. */
  default Schema schema() {
    return plan().schema();
  }

  // Verbs.

  /** The rows for which {@code condition} is true; rows for which it is false or null go. */
  default Frame filter(Expr condition) {
    return then(Plan.Filter.of(plan(), condition.input()));
  }

  /**
   * These rows with one more column at the end; a column of the same name is replaced in its place.
   */
  default Frame map(String name, Expr value) {
    return then(Plan.Project.adding(plan(), new Named(name, value.input())));
  }

  /** Only these columns, in this order. */
  default Frame select(String... columns) {
    return then(Columns.project(plan(), Columns.named(columns)));
  }

  /** Only the values of these expressions, named by {@link Expr#as} or by their text. */
  default Frame select(Expr... values) {
    return then(Columns.project(plan(), Columns.named(values)));
  }

  /** All columns but these. */
  default Frame drop(String... columns) {
    return then(Columns.project(plan(), Columns.without(schema(), columns)));
  }

  /** The same with one column under another name, in its place. */
  default Frame rename(String column, String newName) {
    return then(Columns.project(plan(), Columns.renamed(schema(), column, newName)));
  }

  /** One row of aggregates over all rows: {@code aggregate(count(), mean("delay"))}. */
  default Frame aggregate(Expr... aggregates) {
    return groupBy(new Expr[0]).aggregate(aggregates);
  }

  /** The rows by the values of these columns, to be aggregated. Null is a value of its own. */
  default Grouped groupBy(String... columns) {
    return new Grouped(this, Columns.named(columns));
  }

  /** The rows by the values of these expressions, to be aggregated. */
  default Grouped groupBy(Expr... keys) {
    return new Grouped(this, Columns.named(keys));
  }

  /**
   * The pairs of a row of this and a row of {@code other} with equal values in the columns {@code
   * keys}, which both have; null equals nothing. Other columns that both have get the suffix {@code
   * _right} on the right. The rows of {@code other} are held in memory.
   */
  default Frame join(Frame other, String... keys) {
    return join(other, JoinKind.INNER, keys);
  }

  /** As {@link #join(Frame, String...)}, and rows of this without a partner once, with nulls. */
  default Frame leftJoin(Frame other, String... keys) {
    return join(other, JoinKind.LEFT, keys);
  }

  /** The rows of this that have a partner in {@code other}, each once. */
  default Frame semiJoin(Frame other, String... keys) {
    return join(other, JoinKind.SEMI, keys);
  }

  /** The rows of this that have no partner in {@code other}. */
  default Frame antiJoin(Frame other, String... keys) {
    return join(other, JoinKind.ANTI, keys);
  }

  /** A join of the given kind on columns that both have. */
  default Frame join(Frame other, JoinKind kind, String... keys) {
    List<Expr> columns = Arrays.stream(keys).map(Expr::col).toList();
    return join(other, kind, columns, columns);
  }

  /**
   * A join of the given kind, where key {@code i} of {@code leftKeys} over this equals key {@code
   * i} of {@code rightKeys} over {@code other}.
   */
  default Frame join(Frame other, JoinKind kind, List<Expr> leftKeys, List<Expr> rightKeys) {
    return then(Columns.join(plan(), other.plan(), kind, leftKeys, rightKeys));
  }

  /** The rows with the least values first, nulls last; by the first column, then by the others. */
  default Frame sort(String... columns) {
    return sort(Arrays.stream(columns).map(Expr::asc).toArray(Order[]::new));
  }

  /** The rows in this order; rows that are equal in it keep theirs. */
  default Frame sort(Order... orders) {
    return then(Plan.Sort.of(plan(), Arrays.stream(orders).map(Order::key).toList()));
  }

  /** The first {@code rowCount} rows. */
  default Frame limit(long rowCount) {
    return limit(0, rowCount);
  }

  /** At most {@code rowCount} rows after the first {@code offset}. */
  default Frame limit(long offset, long rowCount) {
    return then(Plan.Limit.of(plan(), offset, rowCount));
  }

  /** The first row of each combination of values in these columns, or in all if none is named. */
  default Frame distinct(String... columns) {
    return then(
        Plan.Distinct.of(plan(), columns.length == 0 ? schema().names() : List.of(columns)));
  }

  // How it runs.

  /** The same work with these options. */
  default Frame with(QueryOptions options) {
    return new LazyFrame(plan(), options);
  }

  /** The same work on this number of threads; the result is the same. */
  default Frame withThreads(int threads) {
    return with(options().withThreads(threads));
  }

  /**
   * The same work with at most this many bytes of memory outside the heap, mapped files not
   * counted; a query that needs more is a {@link colonnade.error.MemoryBudgetException}.
   */
  default Frame withMemoryLimit(long bytes) {
    return with(options().withMemoryLimitBytes(bytes));
  }

  /** The same work, telling {@code listener} how far it is, from any thread. */
  default Frame withProgress(ProgressListener listener) {
    return with(options().withProgress(listener));
  }

  /** The same work, ended by a {@link colonnade.error.CancelledException} when asked to. */
  default Frame withCancellation(Cancellation cancellation) {
    return with(options().withCancellation(cancellation));
  }

  // Actions.

  /** Runs and keeps the result in memory, outside the heap, until the table is closed. */
  default Table collect() {
    return Table.inMemory(Actions.collect(plan(), options()));
  }

  /**
   * Runs and writes the result as a new table, published whole at the end; returns it, open for
   * reading, to be closed by the caller.
   *
   * @throws colonnade.error.TableExistsException if something is there already
   */
  default Table writeTo(Path path) {
    return writeTo(path, Mode.READ_WRITE);
  }

  /** As {@link #writeTo(Path)}. */
  default Table writeTo(String path) {
    return writeTo(Path.of(path));
  }

  /**
   * As {@link #writeTo(Path)}; {@link Mode#CREATE} replaces a table that is there, in one step at
   * the end, also one that this frame reads.
   */
  default Table writeTo(Path path, Mode mode) {
    return writeTo(path, mode, WriteOptions.DEFAULT);
  }

  /** As {@link #writeTo(Path, Mode)}. */
  default Table writeTo(String path, Mode mode) {
    return writeTo(Path.of(path), mode);
  }

  /** As {@link #writeTo(Path, Mode)}, with a choice of checkpoints and encodings. */
  default Table writeTo(Path path, Mode mode, WriteOptions writing) {
    Actions.write(plan(), path, mode, writing, options());
    return Table.open(path);
  }

  /**
   * Runs and appends the result to a table that is there, whose columns it must have by name and
   * type; visible whole at the end. Returns the table, open for reading.
   *
   * @throws colonnade.error.NotATableException if there is no table
   * @throws colonnade.error.TypeMismatchException if the columns differ
   */
  default Table appendTo(Path path) {
    Actions.append(plan(), path, WriteOptions.DEFAULT, options());
    return Table.open(path);
  }

  /** As {@link #appendTo(Path)}. */
  default Table appendTo(String path) {
    return appendTo(Path.of(path));
  }

  /** Runs as far as needed and prints the first ten rows. */
  default void show() {
    show(TextTable.DEFAULT_ROWS);
  }

  /** Runs as far as needed and prints the first {@code rowCount} rows. */
  default void show(int rowCount) {
    Console.print(text(rowCount));
  }

  /** What {@link #show(int)} prints. */
  default String text(int rowCount) {
    return Actions.text(plan(), options(), rowCount);
  }

  /**
   * Runs and hands the rows to {@code consumer} in order, some ten thousand at a time. Memory does
   * not grow with the number of rows. A batch is valid until the consumer returns. Calls come one
   * after the other, from any thread.
   */
  default void forEachBatch(Consumer<Batch> consumer) {
    Actions.forEachBatch(
        plan(),
        options(),
        batch -> {
          consumer.accept(batch);
          return true;
        });
  }

  /** The number of rows; runs what is needed to know it. */
  default long count() {
    return Actions.count(plan(), options());
  }

  /** What an action would do: passes, steps, pushed-down parts, columns to be mapped. */
  default String explain() {
    return Actions.explain(plan());
  }

  /**
   * Runs and gives one row per column: its type, values and nulls, mean, standard deviation,
   * quartiles of numbers; least and greatest value as text. NaN counts as a value.
   */
  default Table describe() {
    return Describe.of(this);
  }

  private Frame then(Plan next) {
    return new LazyFrame(next, options());
  }
}
