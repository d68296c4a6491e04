package colonnade.parquet;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.xerial.snappy.Snappy;

/** Decompression of one page. */
final class Codec {
  private Codec() {}

  /** Whether pages of this codec can be read. */
  static boolean isKnown(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4, LZ4_RAW -> true;
      case LZO, BROTLI -> false;
    };
  }

  /**
   * Refuses sizes that no page decompresses to, before memory is taken for them.
   *
   * @throws BadPage if {@code length} bytes cannot stand for {@code size}
   */
  static void checkRatio(CompressionCodec codec, int length, int size) {
    long most =
        switch (codec) {
          case UNCOMPRESSED -> 1;
          // Three bytes copy 64; a byte more of a length adds 255; deflate's longest copies 258.
          case SNAPPY -> 32;
          case LZ4, LZ4_RAW -> 256;
          case GZIP -> 1_040;
          default -> 1 << 16;
        };
    if (size > most * length + 64) {
      throw new BadPage("a page of " + size + " bytes, from " + length + " (" + codec + ")");
    }
  }

  /**
   * Decompresses {@code [start, start + length)} of {@code from} into the first {@code size} bytes
   * of {@code into} from {@code at} on.
   *
   * @throws BadPage if it does not decompress to exactly {@code size} bytes
   */
  static void decompress(
      CompressionCodec codec, byte[] from, int start, int length, byte[] into, int at, int size) {
    if (size == 0) {
      return;
    }
    int got;
    try {
      got =
          switch (codec) {
            case UNCOMPRESSED -> {
              if (length == size) {
                System.arraycopy(from, start, into, at, size);
              }
              yield length;
            }
            case SNAPPY ->
                Snappy.uncompressedLength(from, start, length) == size
                    ? Snappy.uncompress(from, start, length, into, at)
                    : -1;
            case ZSTD -> (int) Zstd.decompressByteArray(into, at, size, from, start, length);
            case GZIP -> gunzip(from, start, length, into, at, size);
            case LZ4_RAW -> new Lz4Decompressor().decompress(from, start, length, into, at, size);
            case LZ4 -> framedLz4(from, start, length, into, at, size);
            case LZO, BROTLI -> throw new BadPage("pages compressed with " + codec);
          };
    } catch (IOException | RuntimeException e) {
      throw new BadPage("a page does not decompress (" + codec + ")", e);
    }
    if (got != size) {
      throw new BadPage("a page does not decompress (" + codec + ") to its " + size + " bytes");
    }
  }

  private static int gunzip(byte[] from, int start, int length, byte[] into, int at, int size)
      throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(from, start, length))) {
      int got = in.readNBytes(into, at, size);
      return got == size && in.read() >= 0 ? -1 : got;
    }
  }

  /** Hadoop's frames: sizes decompressed and compressed, big-endian, then a block; or no frame. */
  private static int framedLz4(byte[] from, int start, int length, byte[] into, int at, int size) {
    int position = start;
    int end = start + length;
    int got = 0;
    while (end - position > 8) {
      int whole = Integer.reverseBytes(Bytes.intAt(from, position));
      int part = Integer.reverseBytes(Bytes.intAt(from, position + 4));
      position += 8;
      if (whole <= 0 || whole > size - got || part <= 0 || part > end - position) {
        return new Lz4Decompressor().decompress(from, start, length, into, at, size);
      }
      if (new Lz4Decompressor().decompress(from, position, part, into, at + got, whole) != whole) {
        return -1;
      }
      got += whole;
      position += part;
    }
    return position == end ? got : -1;
  }
}
