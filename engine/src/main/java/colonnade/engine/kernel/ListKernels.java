package colonnade.engine.kernel;

/** Bitmaps of rows as lists. */
public interface ListKernels {
  /** So many more ints than there are rows in the bitmap must {@code rows} have. */
  int ROOM = 16;

  /**
   * Writes the rows whose bit is set to the front of {@code rows}; what follows them is undefined.
   *
   * @return how many
   */
  default int listRows(long[] words, int n, int[] rows) {
    int kept = 0;
    for (int first = 0; first < n; first += 64) {
      long word = words[first >> 6];
      int end = kept + Long.bitCount(word);
      // Four at a time: the loop's end is then foreseen more often.
      for (; kept < end; kept += 4) {
        rows[kept] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
        rows[kept + 1] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
        rows[kept + 2] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
        rows[kept + 3] = first + Long.numberOfTrailingZeros(word);
        word &= word - 1;
      }
      kept = end;
    }
    return kept;
  }
}
