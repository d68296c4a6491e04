package colonnade.engine.store.format;

import java.util.HexFormat;

/**
 * The step of CRC32C that {@link java.util.zip.CRC32C} does not offer: going on from a known value.
 */
public final class Checksum {
  private static final int POLYNOMIAL = 0x82F63B78;

  private Checksum() {}

  /** The CRC32C of some bytes followed by {@code next}, from the CRC32C of those bytes. */
  public static int extend(int checksum, byte next) {
    int crc = ~checksum ^ (next & 0xff);
    for (int i = 0; i < 8; i++) {
      crc = (crc & 1) != 0 ? crc >>> 1 ^ POLYNOMIAL : crc >>> 1;
    }
    return ~crc;
  }

  /** Eight lower-case hexadecimal digits. */
  public static String hex(int checksum) {
    return HexFormat.of().toHexDigits(checksum);
  }
}
