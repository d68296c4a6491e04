package colonnade.engine.store;

import java.util.List;

/** Booleans as one bit a row; a null row is false. */
final class BitFiles implements ValueFiles {
  private final BitFile bits;

  BitFiles(BitFile bits) {
    this.bits = bits;
  }

  @Override
  public int append(Vector vector, int from, RowBits rows, StatisticsFold statistics) {
    long at = vector.dataOffset() + from;
    long ones = 0;
    long zeros = 0;
    long rises = 0;
    long falls = 0;
    long last = 0;
    for (int w = 0; w << 6 < rows.count(); w++) {
      int n = Math.min(64, rows.count() - (w << 6));
      long present = rows.word(w) & -1L >>> 64 - n;
      long word = PackedBits.pack(vector.data(), at + 64L * w, n) & present;
      ones |= word;
      zeros |= present & ~word;
      long before = w == 0 ? word << 1 | word & 1 : word << 1 | last;
      rises |= word & ~before & -1L >>> 64 - n;
      falls |= ~word & before & -1L >>> 64 - n;
      last = word >>> 63;
      bits.append(word, n);
    }
    if ((zeros | ones) != 0) {
      statistics.truths(zeros != 0 ? 0 : 1, ones != 0 ? 1 : 0, falls == 0, rises == 0);
    }
    return rows.count();
  }

  @Override
  public List<AppendFile> files() {
    return List.of(bits.file());
  }

  @Override
  public Encoding encoding() {
    return Encoding.BITS;
  }

  /** The bits, of which the last byte needs care. */
  BitFile bits() {
    return bits;
  }
}
