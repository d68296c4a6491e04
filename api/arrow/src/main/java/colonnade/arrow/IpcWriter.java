package colonnade.arrow;

import colonnade.Schema;
import colonnade.engine.store.Vector;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Writes an uncompressed IPC file (Feather, version 2) batch by batch. Text that comes as codes in
 * the first batch is written as codes; its dictionary comes after the batches, when all entries are
 * known, where the file's footer finds it. Does not own the channel. Not safe for threads.
 */
public final class IpcWriter {
  private static final byte[] START = {'A', 'R', 'R', 'O', 'W', '1', 0, 0};
  private static final byte[] END = {'A', 'R', 'R', 'O', 'W', '1'};

  private final MessageChannel out;
  private final Schema schema;
  private final List<MessageChannel.Place> dictionaries = new ArrayList<>();
  private final List<MessageChannel.Place> batches = new ArrayList<>();
  private @Nullable TextEntries @Nullable [] entries;

  /** Writes to {@code channel} from its position on. */
  public IpcWriter(FileChannel channel, Schema schema) throws IOException {
    this.out = new MessageChannel(channel);
    this.schema = schema;
    out.write(ByteBuffer.wrap(START));
  }

  /** Writes one batch of one vector per column. */
  public void write(Vector[] vectors, int rowCount) throws IOException {
    if (entries == null) {
      begin(vectors);
    }
    try (Arena arena = Arena.ofConfined()) {
      List<ColumnBuffers> columns = new ArrayList<>();
      for (int c = 0; c < vectors.length; c++) {
        columns.add(ColumnBuffers.of(vectors[c], rowCount, entries[c], arena));
      }
      FlatBufferBuilder builder = new FlatBufferBuilder();
      int header = MessageChannel.recordBatch(builder, rowCount, columns);
      batches.add(out.message(builder, MessageHeader.RecordBatch, header, columns));
    }
  }

  /** Writes dictionaries and footer; the file is complete then. */
  public void finish() throws IOException {
    if (entries == null) {
      begin(new Vector[0]);
    }
    for (int c = 0; c < entries.length; c++) {
      if (entries[c] != null) {
        dictionary(c, entries[c]);
      }
    }
    out.endOfStream();
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int described = pojo().getSchema(builder);
    int dictionaryBlocks = blocks(builder, dictionaries, true);
    int batchBlocks = blocks(builder, batches, false);
    Footer.startFooter(builder);
    Footer.addVersion(builder, MetadataVersion.V5);
    Footer.addSchema(builder, described);
    Footer.addDictionaries(builder, dictionaryBlocks);
    Footer.addRecordBatches(builder, batchBlocks);
    builder.finish(Footer.endFooter(builder));
    byte[] footer = builder.sizedByteArray();
    out.write(ByteBuffer.wrap(footer));
    out.writeInt(footer.length);
    out.write(ByteBuffer.wrap(END));
  }

  private void begin(Vector[] vectors) throws IOException {
    entries = new TextEntries[schema.size()];
    for (int c = 0; c < vectors.length; c++) {
      entries[c] = vectors[c].isCoded() ? new TextEntries(schema.type(c)) : null;
    }
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int described = pojo().getSchema(builder);
    out.message(builder, MessageHeader.Schema, described, List.of());
  }

  private org.apache.arrow.vector.types.pojo.Schema pojo() {
    List<Field> fields = new ArrayList<>();
    for (int c = 0; c < schema.size(); c++) {
      DictionaryEncoding encoding =
          entries[c] == null ? null : new DictionaryEncoding(c, false, new ArrowType.Int(32, true));
      fields.add(ArrowTypes.field(schema.name(c), ArrowTypes.of(schema.type(c)), encoding));
    }
    return new org.apache.arrow.vector.types.pojo.Schema(fields);
  }

  private void dictionary(int column, TextEntries values) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      List<ColumnBuffers> columns =
          List.of(ColumnBuffers.of(values.vector(arena), values.size(), null, arena));
      FlatBufferBuilder builder = new FlatBufferBuilder();
      int data = MessageChannel.recordBatch(builder, values.size(), columns);
      int header = DictionaryBatch.createDictionaryBatch(builder, column, data, false);
      dictionaries.add(out.message(builder, MessageHeader.DictionaryBatch, header, columns));
    }
  }

  private static int blocks(
      FlatBufferBuilder builder, List<MessageChannel.Place> places, boolean dictionaries) {
    if (dictionaries) {
      Footer.startDictionariesVector(builder, places.size());
    } else {
      Footer.startRecordBatchesVector(builder, places.size());
    }
    for (MessageChannel.Place place : places.reversed()) {
      Block.createBlock(builder, place.offset(), place.metadataLength(), place.bodyLength());
    }
    return builder.endVector();
  }
}
