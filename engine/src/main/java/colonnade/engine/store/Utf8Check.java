package colonnade.engine.store;

/**
 * Whether bytes are UTF-8 as RFC 3629 has it: no surrogates, nothing longer than needed, nothing
 * above U+10FFFF. Takes a value in parts. Not thread-safe.
 */
final class Utf8Check {
  private int missing;
  private int lowest;
  private int highest;

  /** Begins a value. */
  void begin() {
    missing = 0;
  }

  /** Takes {@code source[from, to)}; false if that cannot be UTF-8. */
  boolean take(byte[] source, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = source[i] & 0xff;
      if (missing > 0) {
        if (b < lowest || b > highest) {
          return false;
        }
        missing--;
        lowest = 0x80;
        highest = 0xbf;
      } else if (b >= 0x80 && !lead(b)) {
        return false;
      }
    }
    return true;
  }

  /** Table 3-7 of the Unicode standard: what may follow a first byte. */
  private boolean lead(int b) {
    lowest = 0x80;
    highest = 0xbf;
    if (b >= 0xc2 && b <= 0xdf) {
      missing = 1;
    } else if (b >= 0xe0 && b <= 0xef) {
      missing = 2;
      lowest = b == 0xe0 ? 0xa0 : lowest;
      highest = b == 0xed ? 0x9f : highest;
    } else if (b >= 0xf0 && b <= 0xf4) {
      missing = 3;
      lowest = b == 0xf0 ? 0x90 : lowest;
      highest = b == 0xf4 ? 0x8f : highest;
    } else {
      return false;
    }
    return true;
  }

  /** Whether the value may end here. */
  boolean isComplete() {
    return missing == 0;
  }
}
