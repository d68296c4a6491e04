package colonnade.engine.exec.expr;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Dictionary;
import org.jspecify.annotations.Nullable;

/**
 * What a function of text gives for each entry of a dictionary, computed once. Immutable; shared by
 * the workers of a query, so that a derived dictionary is the same object for all of them.
 *
 * @param derived the dictionary of the results, for text and binary
 * @param codes by entry: the code of the result in {@code derived}
 * @param bits by entry: the result's bits, for results of fixed width
 * @param failed by entry: whether it has no result; null if all have one
 */
record DictionaryResult(
    @Nullable Dictionary derived, int[] codes, long[] bits, boolean @Nullable [] failed) {
  /** Whose results: an operation with these constants, on this very dictionary. */
  record Key(Object operation, Identity dictionary) {}

  /** Equal only to the same object. */
  static final class Identity {
    private final Object object;

    Identity(Object object) {
      this.object = object;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity && identity.object == object;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }

  /**
   * Applies {@code operation} to every entry, as argument {@code index}; the other arguments are
   * set.
   */
  static DictionaryResult of(
      TextOperation operation,
      TextArguments arguments,
      int index,
      DataType type,
      Dictionary dictionary,
      QueryMemory memory) {
    int size = dictionary.size();
    boolean variable = type.isVariable();
    int[] codes = new int[variable ? Math.max(1, size) : 0];
    long[] bits = new long[variable ? 0 : Math.max(1, size)];
    boolean[] failed = null;
    ByteSet distinct = new ByteSet();
    for (int code = 0; code < size; code++) {
      arguments.reset();
      arguments
          .text(index)
          .load(dictionary.bytes(), dictionary.start(code), dictionary.length(code));
      long result = operation.apply(arguments);
      if (arguments.hasFailed()) {
        failed = failed == null ? new boolean[size] : failed;
        failed[code] = true;
        arguments.result().clear();
        result = 0;
      }
      if (variable) {
        TextBuffer text = arguments.result();
        codes[code] = distinct.add(text.bytes(), text.length());
      } else {
        bits[code] = result;
      }
    }
    return new DictionaryResult(
        variable ? distinct.toDictionary(type, memory) : null, codes, bits, failed);
  }
}
