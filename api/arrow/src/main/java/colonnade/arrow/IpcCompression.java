package colonnade.arrow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;

/**
 * Decompression of buffers by the codecs of {@code arrow-compression}, where that is on the class
 * path. A compressed buffer starts with its length decompressed; -1 says that it is stored as is.
 */
final class IpcCompression {
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long LIMIT_BYTES = 1L << 31;

  /** A byte of LZ4 stands for 255 bytes at most. */
  private static final long LZ4_RATIO = 256;

  private static final int PART_BYTES = 1 << 16;

  private IpcCompression() {}

  /** The codecs are not on the class path. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Missing(CompressionUtil.CodecType codec, Throwable cause) {
      super("its buffers are compressed with " + codec, cause);
    }
  }

  static MemorySegment decompress(BodyCompression how, MemorySegment stored, Arena arena) {
    if (stored.byteSize() < Long.BYTES) {
      throw new BadIpc("a compressed buffer of " + stored.byteSize() + " bytes");
    }
    long length = stored.get(LENGTH, 0);
    if (length == -1) {
      return stored.asSlice(Long.BYTES);
    }
    if (length < 0 || length > LIMIT_BYTES) {
      throw new BadIpc("a buffer of " + length + " bytes decompressed");
    }
    if (length == 0) {
      return stored.asSlice(0, 0);
    }
    CompressionUtil.CodecType type = CompressionUtil.CodecType.fromCompressionType(how.codec());
    if (type == CompressionUtil.CodecType.NO_COMPRESSION) {
      throw new BadIpc("buffers compressed with codec " + how.codec());
    }
    if (type == CompressionUtil.CodecType.LZ4_FRAME
        && length > LZ4_RATIO * stored.byteSize() + PART_BYTES) {
      throw new BadIpc(
          "a buffer of " + length + " bytes decompressed, from " + stored.byteSize() + " bytes");
    }
    CompressionCodec codec;
    try {
      codec = CompressionCodec.Factory.INSTANCE.createCodec(type);
    } catch (IllegalArgumentException | LinkageError e) {
      throw new Missing(type, e);
    }
    try {
      return decompress(codec, stored, length, arena);
    } catch (OutOfMemoryError e) {
      throw new BadIpc("a buffer of " + length + " bytes, more than there is memory for", e);
    }
  }

  private static MemorySegment decompress(
      CompressionCodec codec, MemorySegment stored, long length, Arena arena) {
    byte[] part = new byte[(int) Math.min(PART_BYTES, Math.max(length, stored.byteSize()))];
    try (BufferAllocator allocator = new RootAllocator()) {
      ArrowBuf compressed = allocator.buffer(stored.byteSize());
      for (long at = 0; at < stored.byteSize(); at += part.length) {
        int n = (int) Math.min(part.length, stored.byteSize() - at);
        MemorySegment.copy(stored, ValueLayout.JAVA_BYTE, at, part, 0, n);
        compressed.setBytes(at, part, 0, n);
      }
      compressed.writerIndex(stored.byteSize());
      // Takes over the compressed buffer, also when it fails half way for some codecs.
      try (ArrowBuf plain = codec.decompress(allocator, compressed)) {
        if (plain.writerIndex() != length) {
          throw new BadIpc(
              "a buffer of " + plain.writerIndex() + " bytes decompressed, not " + length);
        }
        MemorySegment copy = arena.allocate(length, 64);
        for (long at = 0; at < length; at += part.length) {
          int n = (int) Math.min(part.length, length - at);
          plain.getBytes(at, part, 0, n);
          MemorySegment.copy(part, 0, copy, ValueLayout.JAVA_BYTE, at, n);
        }
        return copy;
      } finally {
        if (compressed.refCnt() > 0) {
          compressed.close();
        }
      }
    }
  }
}
