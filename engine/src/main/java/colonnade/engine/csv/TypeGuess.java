package colonnade.engine.csv;

import colonnade.DataType;
import colonnade.engine.kernel.Swar;

/**
 * The narrowest type that holds every value of one column seen so far: i64, f64, bool, date or
 * timestamp; text for everything else and for columns without values. What several guesses have
 * seen can be merged in any order. Not thread-safe.
 */
public final class TypeGuess {
  private boolean any;
  private boolean i64 = true;
  private boolean large;
  private boolean f64 = true;
  private boolean fraction;
  private boolean bool = true;
  private boolean date = true;
  private boolean timestamp = true;

  /** Takes the next value that is not null. */
  public void see(byte[] text, int start, int end) {
    any = true;
    if (f64) {
      switch (NumberText.shape(text, start, end)) {
        case NONE -> {
          i64 = false;
          f64 = false;
        }
        case I64 -> {}
        case LARGE -> large = true;
        case F64 -> {
          i64 = false;
          fraction = true;
        }
      }
    }
    if (bool) {
      bool = TruthText.parse(text, start, end) >= 0;
    }
    if (timestamp) {
      timestamp = TimeText.parseTimestamp(text, start, end) != TimeText.NONE;
      date &= timestamp && end - start == 10;
    }
  }

  /** Takes a column of a batch, without its nulls. */
  void see(FieldBatch batch, int column, NullRule nulls, FieldText field) {
    if (isText()) {
      return;
    }
    byte[] bytes = batch.bytes();
    boolean plain = !batch.mayHaveQuotes() && nulls.isOnlyEmpty();
    for (int r = 0; r < batch.rows(); r++) {
      int start = batch.start(r, column);
      int end = batch.end(r, column);
      if (plain) {
        if (end > start && !isExpected(bytes, start, end)) {
          see(bytes, start, end);
        }
      } else {
        field.set(bytes, start, end);
        if (field.length() > 0
            && !nulls.isNull(field, true)
            && !isExpected(field.bytes(), field.start(), field.end())) {
          see(field.bytes(), field.start(), field.end());
        }
      }
    }
  }

  /** Whether the value certainly changes nothing, as short decimal numbers among others do. */
  private boolean isExpected(byte[] text, int start, int end) {
    if (!isNumber()) {
      return false;
    }
    int first = text[start] == '-' ? start + 1 : start;
    int n = end - first;
    if (n >= 1 && n <= 8 && Digits.upTo8(text, first, n) >= 0) {
      return n == 1 || text[first] != '0';
    }
    if (!fraction | i64 | n < 3) {
      return false;
    }
    int point = Swar.indexOf(text, first, end, (byte) '.');
    int whole = point - first;
    int decimals = end - point - 1;
    return whole >= 1
        && whole <= 8
        && decimals >= 1
        && decimals <= 16
        && (whole == 1 || text[first] != '0')
        && Digits.upTo8(text, first, whole) >= 0
        && Digits.upTo16(text, point + 1, decimals) >= 0;
  }

  /** Whether the type is text whatever follows. */
  public boolean isText() {
    return !(f64 | bool | timestamp);
  }

  /** Whether there were values at all. */
  boolean hasAny() {
    return any;
  }

  /** Whether there were values and all were numbers, none of which could be anything else. */
  boolean isNumber() {
    return any && f64 && !bool && !timestamp;
  }

  /** Takes what {@code other} has seen. */
  public void merge(TypeGuess other) {
    any |= other.any;
    i64 &= other.i64;
    large |= other.large;
    f64 &= other.f64;
    fraction |= other.fraction;
    bool &= other.bool;
    date &= other.date;
    timestamp &= other.timestamp;
  }

  /** The type. */
  public DataType type() {
    if (!any) {
      return DataType.UTF8;
    }
    if (i64 && !large) {
      return DataType.I64;
    }
    if (f64 && fraction) {
      return DataType.F64;
    }
    if (bool) {
      return DataType.BOOL;
    }
    return !timestamp ? DataType.UTF8 : date ? DataType.DATE : DataType.TIMESTAMP_MICROS;
  }
}
