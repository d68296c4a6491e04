package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Dictionary;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The entries of several dictionaries in one. Immutable; shared by the workers of a query.
 *
 * @param codes by dictionary and its code: the code in {@code dictionary}
 */
record DictionaryUnion(Dictionary dictionary, int[][] codes) {
  /**
   * What stands for a dictionary in the key of a shared union: the object itself, or, for the one
   * entry of a constant, which each worker has its own of, the bytes.
   */
  static Object keyOf(Dictionary dictionary) {
    return dictionary.size() == 1
        ? ByteBuffer.wrap(dictionary.bytesOf(0))
        : new DictionaryResult.Identity(dictionary);
  }

  /** The union of {@code dictionaries}. */
  static DictionaryUnion of(DataType type, List<Dictionary> dictionaries, QueryMemory memory) {
    ByteSet distinct = new ByteSet();
    TextBuffer entry = new TextBuffer();
    int[][] codes = new int[dictionaries.size()][];
    for (int d = 0; d < codes.length; d++) {
      Dictionary dictionary = dictionaries.get(d);
      codes[d] = new int[dictionary.size()];
      for (int code = 0; code < dictionary.size(); code++) {
        entry.load(dictionary.bytes(), dictionary.start(code), dictionary.length(code));
        codes[d][code] = distinct.add(entry.bytes(), entry.length());
      }
    }
    return new DictionaryUnion(distinct.toDictionary(type, memory), codes);
  }
}
