package colonnade.engine.csv;

import colonnade.engine.store.Dictionary;

/** A text column whose texts are all known, each with its code. Safe for all threads. */
public final class TextColumn {
  private final TextTable table;
  private final Dictionary dictionary;

  TextColumn(TextTable table) {
    this.table = table;
    this.dictionary = table.toDictionary();
  }

  /** What the codes stand for. */
  public Dictionary dictionary() {
    return dictionary;
  }

  /** For one thread that looks up many texts at a time. */
  TextLookup lookup() {
    return new TextLookup(table, table::find);
  }

  /** The code of a text, or -1. */
  int find(byte[] source, int start, int end) {
    return table.find(source, start, end);
  }
}
