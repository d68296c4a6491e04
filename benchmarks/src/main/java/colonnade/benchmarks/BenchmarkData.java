package colonnade.benchmarks;

import colonnade.Parquet;
import colonnade.Table;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The tables of the benchmarks, the same for both engines: DuckDB makes them from a hash of the row
 * number, hands them over as a Parquet file, and keeps them in a database file of its own. Kept
 * between runs.
 */
final class BenchmarkData {
  /** db-benchmark's G1 table: K = 100 groups for the small keys, N / K for the large ones. */
  private static final String H2O =
      """
      select printf('id%%03d', 1 + (hash(i * 16 + 1) %% 100)::int) as id1,
             printf('id%%03d', 1 + (hash(i * 16 + 2) %% 100)::int) as id2,
             printf('id%%010d', 1 + (hash(i * 16 + 3) %% %2$d)::int) as id3,
             1 + (hash(i * 16 + 4) %% 100)::int as id4,
             1 + (hash(i * 16 + 5) %% 100)::int as id5,
             1 + (hash(i * 16 + 6) %% %2$d)::int as id6,
             1 + (hash(i * 16 + 7) %% 5)::int as v1,
             1 + (hash(i * 16 + 8) %% 15)::int as v2,
             round((hash(i * 16 + 9) %% 100000000)::double / 1000000, 6) as v3
      from range(%1$d) t(i)
      """;

  /** The columns of TPC-H's lineitem that Q1 and Q6 read, with its value ranges. */
  private static final String LINEITEM =
      """
      select (1 + hash(i * 16 + 1) %% 50)::double as quantity,
             ((1 + hash(i * 16 + 1) %% 50) * (90000 + hash(i * 16 + 2) %% 120000))::double / 100 as extendedprice,
             (hash(i * 16 + 3) %% 11)::double / 100 as discount,
             (hash(i * 16 + 4) %% 9)::double / 100 as tax,
             case when ship > 9298 then 'N' when hash(i * 16 + 5) %% 2 = 0 then 'A' else 'R' end as returnflag,
             case when ship > 9298 then 'O' else 'F' end as linestatus,
             ('1970-01-01'::date + ship) as shipdate
      from (select i, 8036 + (hash(i * 16 + 6) %% 2526)::int as ship from range(%1$d) t(i))
      """;

  private final Options options;

  BenchmarkData(Options options) {
    this.options = options;
  }

  Path database(String name, long rows) {
    return options.directory().resolve(name + "-" + rows + ".duckdb");
  }

  Path table(String name, long rows) {
    return options.directory().resolve(name + "-" + rows);
  }

  /** Makes table {@code name} of {@code rows} for both engines where it is missing. */
  void prepare(String name, long rows) throws Exception {
    Path parquet = options.directory().resolve(name + "-" + rows + ".parquet");
    boolean ours = Files.isDirectory(table(name, rows));
    try (DuckDb duck = new DuckDb(database(name, rows), options.threads())) {
      if (!duck.hasTable(name)) {
        System.err.println("generating " + name + ", " + rows + " rows");
        String sql =
            name.equals("h2o")
                ? H2O.formatted(rows, Math.max(1, rows / 100))
                : LINEITEM.formatted(rows);
        duck.execute("create table " + name + " as " + sql);
        duck.execute("checkpoint");
      }
      if (!ours) {
        duck.execute("copy " + name + " to '" + parquet + "' (format parquet)");
      }
    }
    if (!ours) {
      try (Table table = Parquet.read(parquet).writeTo(table(name, rows))) {
        System.err.println("imported " + table.rowCount() + " rows");
      }
      Files.deleteIfExists(parquet);
    }
  }
}
