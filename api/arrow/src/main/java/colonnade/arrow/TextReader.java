package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Makes vectors of text and binary. Bytes are used in place, and so are 64-bit offsets; 32-bit
 * offsets are widened to a copy, views are copied together. All offsets are checked first.
 */
final class TextReader {
  private static final int VIEW_BYTES = 16;
  private static final int INLINE_BYTES = 12;
  private static final long VIEWS_LIMIT_BYTES = 1L << 30;

  private TextReader() {}

  static Vector read(
      IpcColumn column,
      BatchBuffers batch,
      long first,
      int count,
      Arena arena,
      @Nullable MemorySegment validity) {
    return switch (column.layout()) {
      case SHORT_OFFSETS -> shortOffsets(column, batch, first, count, arena);
      case LONG_OFFSETS -> longOffsets(column, batch, first, count);
      case FIXED_BYTES -> fixed(column, batch, first, count, arena);
      case VIEWS -> views(column, batch, first, count, arena, validity);
      default -> throw new IllegalStateException("no bytes in " + column.layout());
    };
  }

  private static Vector shortOffsets(
      IpcColumn column, BatchBuffers batch, long first, int count, Arena arena) {
    MemorySegment stored =
        batch.buffer(column.buffer() + 1, column.view(), 4 * (first + count + 1));
    MemorySegment bytes = batch.buffer(column.buffer() + 2, column.view(), 0);
    MemorySegment offsets = arena.allocate(8L * (count + 1), 64);
    long previous = 0;
    for (int i = 0; i <= count; i++) {
      long offset = stored.get(JAVA_INT_UNALIGNED, 4 * (first + i));
      check(previous, offset, bytes);
      offsets.set(JAVA_LONG_UNALIGNED, 8L * i, offset);
      previous = offset;
    }
    return Vector.variable(column.type(), bytes, 0, offsets, 0, null, 0);
  }

  private static Vector longOffsets(IpcColumn column, BatchBuffers batch, long first, int count) {
    MemorySegment offsets =
        batch.buffer(column.buffer() + 1, column.view(), 8 * (first + count + 1));
    MemorySegment bytes = batch.buffer(column.buffer() + 2, column.view(), 0);
    long previous = 0;
    for (int i = 0; i <= count; i++) {
      long offset = offsets.get(JAVA_LONG_UNALIGNED, 8 * (first + i));
      check(previous, offset, bytes);
      previous = offset;
    }
    return Vector.variable(column.type(), bytes, 0, offsets, 8 * first, null, 0);
  }

  private static void check(long previous, long offset, MemorySegment bytes) {
    if (offset < previous || offset > bytes.byteSize()) {
      throw new BadIpc(
          "a value that starts at byte "
              + previous
              + " and ends at byte "
              + offset
              + " of "
              + bytes.byteSize());
    }
  }

  private static Vector fixed(
      IpcColumn column, BatchBuffers batch, long first, int count, Arena arena) {
    long width = column.width();
    MemorySegment bytes =
        batch.buffer(column.buffer() + 1, column.view(), Math.multiplyExact(first + count, width));
    MemorySegment offsets = arena.allocate(8L * (count + 1), 64);
    for (int i = 0; i <= count; i++) {
      offsets.set(JAVA_LONG_UNALIGNED, 8L * i, width * (first + i));
    }
    return Vector.variable(column.type(), bytes, 0, offsets, 0, null, 0);
  }

  private static Vector views(
      IpcColumn column,
      BatchBuffers batch,
      long first,
      int count,
      Arena arena,
      @Nullable MemorySegment validity) {
    MemorySegment views =
        batch.buffer(column.buffer() + 1, column.view(), VIEW_BYTES * (first + count));
    int buffers = batch.viewBuffers(column.view());
    MemorySegment offsets = arena.allocate(8L * (count + 1), 64);
    long size = 0;
    for (int i = 0; i < count; i++) {
      if (validity == null || ColumnReader.isSet(validity, first + i)) {
        int length = views.get(JAVA_INT_UNALIGNED, VIEW_BYTES * (first + i));
        if (length < 0) {
          throw new BadIpc("a value of " + length + " bytes");
        }
        size += length;
      }
      offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), size);
    }
    // Views may share bytes, so a small file can describe more than there is memory.
    if (size > VIEWS_LIMIT_BYTES) {
      throw new BadIpc(size + " bytes of text in a block");
    }
    MemorySegment bytes = arena.allocate(Math.max(1, size), 64);
    for (int i = 0; i < count; i++) {
      long to = offsets.get(JAVA_LONG_UNALIGNED, 8L * i);
      long length = offsets.get(JAVA_LONG_UNALIGNED, 8L * (i + 1)) - to;
      long view = VIEW_BYTES * (first + i);
      if (length <= INLINE_BYTES) {
        MemorySegment.copy(views, view + 4, bytes, to, length);
        continue;
      }
      int buffer = views.get(JAVA_INT_UNALIGNED, view + 8);
      long from = views.get(JAVA_INT_UNALIGNED, view + 12);
      if (buffer < 0 || buffer >= buffers) {
        throw new BadIpc("a value in buffer " + buffer + " of " + buffers);
      }
      MemorySegment source = batch.buffer(column.buffer() + 2 + buffer, column.view(), 0);
      IpcInput.check(from, length, source.byteSize());
      MemorySegment.copy(source, from, bytes, to, length);
    }
    return Vector.variable(column.type(), bytes, 0, offsets, 0, null, 0);
  }
}
