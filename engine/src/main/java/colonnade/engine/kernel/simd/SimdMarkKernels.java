package colonnade.engine.kernel.simd;

import colonnade.engine.kernel.Kernels;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;

/** Compares a vector of bytes at a time; a mask of lanes is a piece of a word. */
interface SimdMarkKernels extends Kernels {
  @Override
  default int markFields(
      byte[] bytes,
      int from,
      int wordCount,
      byte delimiter,
      byte quote,
      long[] marks,
      long[] feeds) {
    int lanes = Species.I8.length();
    VectorMask<Byte> quotes = Species.I8.maskAll(false);
    VectorMask<Byte> returns = quotes;
    VectorMask<Byte> high = quotes;
    for (int w = 0; w < wordCount; w++) {
      long feed = 0;
      long mark = 0;
      for (int i = 0; i < Long.SIZE; i += lanes) {
        var part = ByteVector.fromArray(Species.I8, bytes, from + Long.SIZE * w + i);
        var isFeed = part.eq((byte) '\n');
        quotes = quotes.or(part.eq(quote));
        returns = returns.or(part.eq((byte) '\r'));
        high = high.or(part.lt((byte) 0));
        feed |= isFeed.toLong() << i;
        mark |= isFeed.or(part.eq(delimiter)).toLong() << i;
      }
      feeds[w] = feed;
      marks[w] = mark;
    }
    return (quotes.anyTrue() ? QUOTES : 0)
        | (returns.anyTrue() ? RETURNS : 0)
        | (high.anyTrue() ? NOT_ASCII : 0);
  }
}
