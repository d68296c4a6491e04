package colonnade.benchmarks.data;

/**
 * A generated table: the same rows for every contestant and every run, made by DuckDB from a hash
 * of the row number.
 *
 * @param name the name of the table
 * @param rows its rows
 * @param select the SQL that makes it
 */
public record Dataset(String name, long rows, String select) {
  /** The name of its files. */
  public String fileName() {
    return name + "-" + rows;
  }

  /** db-benchmark's G1 table: 100 groups for the small keys, a group for 100 rows for the large. */
  public static Dataset h2o(long rows) {
    return new Dataset(
        "h2o",
        rows,
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
        """
            .formatted(rows, Math.max(1, rows / 100)));
  }

  /** The columns of TPC-H's lineitem that Q1 and Q6 read, with its value ranges. */
  public static Dataset lineItem(long rows) {
    return new Dataset(
        "lineitem",
        rows,
        """
        select (1 + hash(i * 16 + 1) %% 50)::double as quantity,
               ((1 + hash(i * 16 + 1) %% 50) * (90000 + hash(i * 16 + 2) %% 120000))::double / 100 as extendedprice,
               (hash(i * 16 + 3) %% 11)::double / 100 as discount,
               (hash(i * 16 + 4) %% 9)::double / 100 as tax,
               case when ship > 9298 then 'N' when hash(i * 16 + 5) %% 2 = 0 then 'A' else 'R' end as returnflag,
               case when ship > 9298 then 'O' else 'F' end as linestatus,
               ('1970-01-01'::date + ship) as shipdate
        from (select i, 8036 + (hash(i * 16 + 6) %% 2526)::int as ship from range(%1$d) t(i))
        """
            .formatted(rows));
  }

  /** Two columns of doubles from 0 to 1 with all their bits in use, which no encoding shortens. */
  public static Dataset uniform(long rows) {
    return new Dataset(
        "uniform",
        rows,
        """
        select (hash(i * 16 + 1) >> 11)::double / 9007199254740992 as u,
               (hash(i * 16 + 2) >> 11)::double / 9007199254740992 as value
        from range(%1$d) t(i)
        """
            .formatted(rows));
  }
}
