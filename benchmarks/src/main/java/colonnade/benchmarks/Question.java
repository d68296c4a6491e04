package colonnade.benchmarks;

import colonnade.Frame;
import colonnade.Table;
import java.util.function.Function;

/**
 * One question put to both engines.
 *
 * @param name what the report calls it
 * @param table the table it is about
 * @param ours the question as a frame
 * @param sql the question as SQL
 * @param numericColumns for results too large to fetch: the numeric columns whose sums are
 *     compared; the result is then left in a temporary table. Empty: the result is fetched.
 */
record Question(
    String name, String table, Function<Table, Frame> ours, String sql, String... numericColumns) {}
