package colonnade.engine.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes at a time in a long: the first byte is the lowest. */
public final class Swar {
  /** Bytes that must follow the last one in every array that is read here. */
  public static final int PADDING_BYTES = 64;

  /** The highest bit of each byte. */
  public static final long HIGH_BITS = 0x8080808080808080L;

  /** A one in each byte. */
  static final long ONES = 0x0101010101010101L;

  private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Swar() {}

  /** The eight bytes from {@code at} on. */
  public static long load(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** Puts eight bytes at {@code at}. */
  public static void store(byte[] bytes, int at, long word) {
    LONGS.set(bytes, at, word);
  }

  /** Eight times {@code b}. */
  public static long pattern(byte b) {
    return (b & 0xffL) * ONES;
  }

  /** The high bit of each byte of {@code word} that is zero, exactly. */
  public static long zeros(long word) {
    return ~(((word & LOW_BITS) + LOW_BITS) | word | LOW_BITS);
  }

  /** One bit per byte: the high bits of the bytes of {@code marks}, which has no others. */
  public static long gather(long marks) {
    return (marks >>> 7) * 0x0102040810204080L >>> 56;
  }

  /** Where {@code b} stands first in {@code [from, to)}, or {@code to}. */
  public static int indexOf(byte[] bytes, int from, int to, byte b) {
    long wanted = pattern(b);
    int at = from;
    while (at < to) {
      long hits = zeros(load(bytes, at) ^ wanted);
      if (hits != 0) {
        return Math.min(to, at + (Long.numberOfTrailingZeros(hits) >>> 3));
      }
      at += 8;
    }
    return to;
  }

  /** Whether all bytes of {@code [from, to)} are below 128. */
  public static boolean isAscii(byte[] bytes, int from, int to) {
    long all = 0;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      all |= load(bytes, at);
    }
    for (; at < to; at++) {
      all |= bytes[at];
    }
    return (all & HIGH_BITS) == 0;
  }
}
