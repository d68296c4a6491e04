package colonnade.parquet;

/** Values by their code in the chunk's dictionary. */
final class CodedBytes implements BytesReader {
  private final HybridRuns codes;
  private final ValueBytes dictionary;
  private long[] step = new long[0];

  CodedBytes(HybridRuns codes, ValueBytes dictionary) {
    this.codes = codes;
    this.dictionary = dictionary;
  }

  @Override
  public void read(ValueBytes into, int count) {
    if (step.length < count) {
      step = new long[count];
    }
    codes.read(step, 0, count);
    for (int i = 0; i < count; i++) {
      long code = step[i];
      if (code >= dictionary.count) {
        throw new BadPage("code " + code + " in a dictionary of " + dictionary.count);
      }
      into.append(dictionary.array, dictionary.start((int) code), dictionary.length((int) code));
    }
  }
}
