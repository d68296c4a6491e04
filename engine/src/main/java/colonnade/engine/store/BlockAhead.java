package colonnade.engine.store;

/**
 * What of writing one block of a column needed no order and is done: its values are in the file,
 * behind bytes that may not be there yet.
 *
 * @param files the files that the values are in
 * @param statistics of the block
 * @param pieces the checksums of the values
 */
record BlockAhead(FixedFiles files, ColumnStatistics statistics, int[] pieces) {}
