package colonnade.engine.store;

import java.util.function.BooleanSupplier;

/**
 * What of writing one block of a column needed no order and is done: its values are in the file,
 * behind bytes that may not be there yet.
 *
 * @param files the files that the values are in
 * @param statistics of the block
 * @param turn counts the values, or returns false if they are of no use any more
 */
record BlockAhead(ValueFiles files, ColumnStatistics statistics, BooleanSupplier turn) {}
