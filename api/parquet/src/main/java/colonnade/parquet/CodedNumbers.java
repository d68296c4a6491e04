package colonnade.parquet;

/** Values by their code in the chunk's dictionary. */
final class CodedNumbers implements NumberReader {
  private final HybridRuns codes;
  private final long[] dictionary;

  CodedNumbers(HybridRuns codes, long[] dictionary) {
    this.codes = codes;
    this.dictionary = dictionary;
  }

  @Override
  public void read(long[] into, int count) {
    codes.read(into, 0, count);
    for (int i = 0; i < count; i++) {
      long code = into[i];
      if (code >= dictionary.length) {
        throw new BadPage("code " + code + " in a dictionary of " + dictionary.length);
      }
      into[i] = dictionary[(int) code];
    }
  }
}
