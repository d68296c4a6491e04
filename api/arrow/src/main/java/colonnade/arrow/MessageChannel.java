package colonnade.arrow;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;

/** Writes the messages of an IPC file one after the other, each buffer aligned to 64 bytes. */
final class MessageChannel {
  private static final int ALIGNMENT = 64;
  private static final int CONTINUATION = -1;
  private static final long PART_BYTES = 1 << 26;

  private final FileChannel channel;
  private long position;

  MessageChannel(FileChannel channel) {
    this.channel = channel;
  }

  /** Where a message was written. */
  record Place(long offset, int metadataLength, long bodyLength) {}

  void write(ByteBuffer bytes) throws IOException {
    position += bytes.remaining();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  void writeInt(int value) throws IOException {
    write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, value));
  }

  void endOfStream() throws IOException {
    writeInt(CONTINUATION);
    writeInt(0);
  }

  /** The description of a record batch of these columns. */
  static int recordBatch(FlatBufferBuilder builder, long rowCount, List<ColumnBuffers> columns) {
    RecordBatch.startNodesVector(builder, columns.size());
    for (ColumnBuffers column : columns.reversed()) {
      FieldNode.createFieldNode(builder, rowCount, column.nullCount());
    }
    int nodes = builder.endVector();
    List<MemorySegment> buffers = columns.stream().flatMap(c -> c.buffers().stream()).toList();
    RecordBatch.startBuffersVector(builder, buffers.size());
    long end = bodyLength(columns);
    for (MemorySegment buffer : buffers.reversed()) {
      end -= padded(buffer.byteSize());
      Buffer.createBuffer(builder, end, buffer.byteSize());
    }
    int described = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rowCount);
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, described);
    return RecordBatch.endRecordBatch(builder);
  }

  /** Writes a message with this header and the columns' buffers as its body. */
  Place message(FlatBufferBuilder builder, byte kind, int header, List<ColumnBuffers> columns)
      throws IOException {
    long body = bodyLength(columns);
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, kind);
    Message.addHeader(builder, header);
    Message.addBodyLength(builder, body);
    builder.finish(Message.endMessage(builder));
    byte[] metadata = builder.sizedByteArray();
    long offset = position;
    int length = (int) (padded(position + 8 + metadata.length) - position - 8);
    writeInt(CONTINUATION);
    writeInt(length);
    write(ByteBuffer.wrap(metadata));
    write(ByteBuffer.allocate(length - metadata.length));
    for (ColumnBuffers column : columns) {
      for (MemorySegment buffer : column.buffers()) {
        for (long at = 0; at < buffer.byteSize(); at += PART_BYTES) {
          write(buffer.asSlice(at, Math.min(PART_BYTES, buffer.byteSize() - at)).asByteBuffer());
        }
        write(ByteBuffer.allocate((int) (padded(buffer.byteSize()) - buffer.byteSize())));
      }
    }
    return new Place(offset, length + 8, body);
  }

  private static long bodyLength(List<ColumnBuffers> columns) {
    long bytes = 0;
    for (ColumnBuffers column : columns) {
      for (MemorySegment buffer : column.buffers()) {
        bytes += padded(buffer.byteSize());
      }
    }
    return bytes;
  }

  private static long padded(long bytes) {
    return Math.ceilDiv(bytes, (long) ALIGNMENT) * ALIGNMENT;
  }
}
