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
 * @param bits by entry: the result's bits, or, for text and binary, its code in {@code derived}
 * @param isTrue by entry, for conditions: 1 where it is true
 * @param isFalse by entry, for conditions: 1 where it is false
 * @param failed by entry: whether it has no result; null if all have one
 */
record DictionaryResult(
    @Nullable Dictionary derived,
    long[] bits,
    byte[] isTrue,
    byte[] isFalse,
    boolean @Nullable [] failed) {
  /** Whose results: an operation with these constants, on this very dictionary. */
  record Key(Object operation, Identity dictionary) {}

  /** By entry: 1 where the condition has the wanted value. */
  byte[] holding(boolean wanted) {
    return wanted ? isTrue : isFalse;
  }

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
    // Codes of null rows are looked up even where there is no entry.
    long[] bits = new long[Math.max(1, size)];
    byte[] isTrue = new byte[type == DataType.BOOL ? bits.length : 0];
    byte[] isFalse = new byte[isTrue.length];
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
      } else if (type == DataType.BOOL) {
        isTrue[code] = (byte) result;
        isFalse[code] = (byte) (1 - result);
      }
      if (variable) {
        TextBuffer text = arguments.result();
        result = distinct.add(text.bytes(), text.length());
      }
      bits[code] = result;
    }
    Dictionary derived = variable ? distinct.toDictionary(type, memory) : null;
    return new DictionaryResult(derived, bits, isTrue, isFalse, failed);
  }
}
