package colonnade.oracle;

import colonnade.DataType;
import colonnade.Expr;
import colonnade.Frame;
import colonnade.Table;
import colonnade.engine.plan.Expression;
import colonnade.engine.store.EncodingChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;

/**
 * What the comparisons with DuckDB share: a seed, a table in four storages, and a failure that
 * names the seed and the file in which the input was kept.
 */
final class OracleCheck implements AutoCloseable {
  final DuckDb db = new DuckDb();
  final SplittableRandom random;
  private final long seed;
  private final Path folder;
  private int tables;

  OracleCheck(Path folder) {
    this.seed = Long.getLong("seed", 20_261_121L);
    this.random = new SplittableRandom(seed);
    this.folder = folder;
  }

  /** Loads {@code data} as {@code t} and runs {@code check} on it in memory, plain and coded. */
  void everyStorage(OracleTable data, BiConsumer<Table, OracleTable> check) {
    guarded(
        data,
        () -> {
          db.load("t", data);
          try (Table memory = data.inMemory();
              Table plain = data.mapped(folder.resolve("p" + tables++), EncodingChoice.PLAIN);
              Table coded = codedOrPatched(data)) {
            for (Table table : List.of(memory, plain, coded)) {
              check.accept(table, data);
            }
          }
        });
  }

  /**
   * Loads {@code data} as {@code t} and runs {@code check} on it in one storage, picked at random.
   */
  void oneStorage(OracleTable data, BiConsumer<Table, OracleTable> check) {
    guarded(
        data,
        () -> {
          db.load("t", data);
          try (Table table = anyStorage(data)) {
            check.accept(table, data);
          }
        });
  }

  Table anyStorage(OracleTable data) {
    return switch (random.nextInt(4)) {
      case 0 -> data.inMemory();
      case 1 -> data.mapped(folder.resolve("p" + tables++), EncodingChoice.PLAIN);
      default -> codedOrPatched(data);
    };
  }

  private Table codedOrPatched(OracleTable data) {
    return random.nextBoolean()
        ? data.mapped(folder.resolve("d" + tables++), EncodingChoice.DICTIONARY)
        : PatchedTable.of(data, folder.resolve("u" + tables++), random);
  }

  /** Runs {@code check}; what it throws comes out with the seed and the kept input. */
  void guarded(OracleTable data, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "-Dseed=" + seed + ", input kept in " + data.save("seed" + seed) + ": " + e.getMessage(),
          e);
    }
  }

  /** Compares values of every row. */
  void values(
      Frame table, OracleTable data, List<Expression> values, List<Cells.Nearness> nearness) {
    Sql sql = new Sql(data.schema(), "");
    List<Expr> ours = new ArrayList<>();
    List<String> theirs = new ArrayList<>();
    for (Expression value : values) {
      ours.add(new Expr(value).as("c" + ours.size()));
      theirs.add(sql.of(value));
    }
    Frame frame = table.select(ours.toArray(Expr[]::new));
    String select = "select " + String.join(", ", theirs) + " from t order by rid";
    List<Object[]> found = Cells.of(frame);
    List<Object[]> wanted = db.query(select, Cells.types(frame));
    for (int r = 0; r < Math.min(found.size(), wanted.size()); r++) {
      for (int c = 0; c < values.size(); c++) {
        if (!Cells.same(found.get(r)[c], wanted.get(r)[c], nearness.get(c))) {
          throw new AssertionError(
              new Expr(values.get(c))
                  + " is "
                  + OracleTable.text(found.get(r)[c])
                  + ", but DuckDB says "
                  + OracleTable.text(wanted.get(r)[c])
                  + " at row "
                  + r
                  + ": "
                  + data.rowText(r)
                  + "\n"
                  + table
                  + "\nSQL: "
                  + theirs.get(c));
        }
      }
    }
    Cells.requireSame(found, wanted, nearness, select);
  }

  /** Compares values of every row, to the bit. */
  void values(Frame table, OracleTable data, List<Expression> values) {
    values(table, data, values, exact(values.size()));
  }

  /** Compares the rows of a frame with those of a query, in order, to the bit. */
  void rows(Frame frame, String select) {
    List<DataType> types = Cells.types(frame);
    Cells.requireSame(
        Cells.of(frame),
        db.query(select, types),
        exact(types.size()),
        select + "\n" + frame.explain());
  }

  static List<Cells.Nearness> exact(int count) {
    return Collections.nCopies(count, Cells.EXACT);
  }

  @Override
  public void close() {
    db.close();
  }
}
