package colonnade.arrow;

import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of one record batch or dictionary batch. They live as long as the arena and the input
 * that they come from. Not safe for threads.
 */
final class BatchBuffers {
  private final IpcInput input;
  private final IpcMessage message;
  private final RecordBatch batch;
  private final Arena arena;
  private final Map<Integer, MemorySegment> loaded = new HashMap<>();

  BatchBuffers(IpcInput input, IpcMessage message, RecordBatch batch, Arena arena) {
    this.input = input;
    this.message = message;
    this.batch = batch;
    this.arena = arena;
  }

  /** Rows of the batch. */
  long rows() {
    return batch.length();
  }

  /**
   * The nulls of the column at {@code node}.
   *
   * @throws BadIpc if the column has another number of rows than the batch
   */
  long nullCount(int node) {
    if (node >= batch.nodesLength()) {
      throw new BadIpc("a batch of fewer columns than the schema");
    }
    FieldNode described = batch.nodes(node);
    if (described.length() != rows()) {
      throw new BadIpc("a column of " + described.length() + " rows in a batch of " + rows());
    }
    return described.nullCount();
  }

  /**
   * The buffer at {@code index}, with at least {@code bytes} bytes.
   *
   * @param view how many columns of views stand before it, each with some buffers more
   */
  MemorySegment buffer(int index, int view, long bytes) {
    int at = index;
    for (int i = 0; i < view; i++) {
      at += viewBuffers(i);
    }
    MemorySegment buffer = loaded.get(at);
    if (buffer == null) {
      buffer = load(at);
      loaded.put(at, buffer);
    }
    if (buffer.byteSize() < bytes) {
      throw new BadIpc("a buffer of " + buffer.byteSize() + " bytes, where its rows need " + bytes);
    }
    return buffer;
  }

  /** The data buffers of the column of views number {@code view}. */
  int viewBuffers(int view) {
    long count = view < batch.variadicBufferCountsLength() ? batch.variadicBufferCounts(view) : -1;
    if (count < 0 || count > batch.buffersLength()) {
      throw new BadIpc("a column of views with " + count + " buffers");
    }
    return (int) count;
  }

  /**
   * The validity bits of the column at {@code node}, or null if it has no nulls.
   *
   * @param end rows that will be looked at, from the batch's first
   */
  @Nullable MemorySegment validity(int node, int index, int view, long end) {
    return nullCount(node) == 0 ? null : buffer(index, view, end + 7 >> 3);
  }

  /** {@code vector} with those validity bits, from row {@code first} of the batch on. */
  Vector withValidity(Vector vector, int node, int index, int view, long first, int count) {
    MemorySegment validity = validity(node, index, view, first + count);
    return validity == null ? vector : vector.withValidity(validity, first >> 3);
  }

  private MemorySegment load(int index) {
    if (index < 0 || index >= batch.buffersLength()) {
      throw new BadIpc("a batch of fewer buffers than the schema needs");
    }
    Buffer described = batch.buffers(index);
    IpcInput.check(described.offset(), described.length(), message.bodyLength());
    MemorySegment stored =
        input.bytes(message.bodyOffset() + described.offset(), described.length(), arena);
    return batch.compression() == null || stored.byteSize() == 0
        ? stored
        : IpcCompression.decompress(batch.compression(), stored, arena);
  }
}
