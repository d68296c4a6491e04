package colonnade.arrow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.apache.arrow.flatbuf.Message;

/**
 * Where one message of a file stands. An immutable value.
 *
 * @param metadataOffset its flatbuffer's first byte
 * @param metadataLength the flatbuffer's length, padding included
 * @param bodyOffset its buffers' first byte
 * @param bodyLength the buffers' length
 */
record IpcMessage(long metadataOffset, int metadataLength, long bodyOffset, long bodyLength) {
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int CONTINUATION = -1;

  /**
   * The message at {@code offset}, or null at the end of a stream: a length of zero, or the file's
   * last byte.
   */
  static @org.jspecify.annotations.Nullable IpcMessage at(IpcInput input, long offset) {
    if (offset == input.size()) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      int length = input.bytes(offset, 4, arena).get(INT, 0);
      long start = offset + 4;
      // Files older than Arrow 0.15 have no continuation marker before the length.
      if (length == CONTINUATION) {
        length = input.bytes(start, 4, arena).get(INT, 0);
        start += 4;
      }
      if (length == 0) {
        return null;
      }
      if (length < 8) {
        throw new BadIpc("a message of " + length + " bytes at byte " + offset);
      }
      Message message = read(input, start, length, arena);
      long body = start + length;
      IpcInput.check(body, message.bodyLength(), input.size());
      return new IpcMessage(start, length, body, message.bodyLength());
    }
  }

  /** The first byte after the message. */
  long end() {
    return bodyOffset + bodyLength;
  }

  /** The flatbuffer, in memory of {@code arena} where the input copies. */
  Message read(IpcInput input, Arena arena) {
    return read(input, metadataOffset, metadataLength, arena);
  }

  private static Message read(IpcInput input, long offset, int length, Arena arena) {
    MemorySegment metadata = input.bytes(offset, length, arena);
    return Message.getRootAsMessage(metadata.asByteBuffer());
  }
}
