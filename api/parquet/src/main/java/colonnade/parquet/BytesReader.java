package colonnade.parquet;

/** The text or binary values of one page. Nulls are not among them. */
interface BytesReader {
  /** Appends the next {@code count} values. */
  void read(ValueBytes into, int count);
}
