package colonnade.arrow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.hostile.Allowance;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrow files that someone made to hurt: typed errors, quickly, in no space. */
class HostileArrowTest {
  private static final byte[] MAGIC = "ARROW1\0\0".getBytes(US_ASCII);

  @TempDir Path directory;

  static Stream<Named<byte[]>> files() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("nothing but its mark", MAGIC);
    all.put("a message of 2 GiB", ints(-1, Integer.MAX_VALUE, 0, 0));
    all.put("a message below none", ints(-1, Integer.MIN_VALUE, 0, 0));
    all.put("a message without a root", ints(-1, 16, 0, 0, 0, 0));
    all.put("a root far away", ints(-1, 16, Integer.MAX_VALUE, 0, 0, 0));
    all.put("a root that is its own table", ints(-1, 16, 4, 4, 4, 4));
    byte[] ones = new byte[4096];
    Arrays.fill(ones, (byte) 0xff);
    all.put("ones", ones);
    all.put("a footer of 2 GiB", footed(new byte[64], Integer.MAX_VALUE));
    all.put("a footer below none", footed(new byte[64], -1));
    all.put("a footer of zeros", footed(new byte[64], 64));
    all.put("a message 20,000 times", repeated(20_000));
    all.put("more rows than 64 bits", batch(Long.MAX_VALUE, 3));
    all.put("rows below none", batch(-1, 1));
    return all.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
  }

  private static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putInt(value);
    }
    return bytes.array();
  }

  private static byte[] footed(byte[] footer, int length) {
    ByteBuffer file =
        ByteBuffer.allocate(MAGIC.length + footer.length + 10).order(ByteOrder.LITTLE_ENDIAN);
    return file.put(MAGIC).put(footer).putInt(length).put(MAGIC, 0, 6).array();
  }

  private static byte[] recordBatch(long rows, int metadataBytes) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows);
    int batch = RecordBatch.endRecordBatch(builder);
    return message(builder, MessageHeader.RecordBatch, batch, metadataBytes);
  }

  private static byte[] message(FlatBufferBuilder builder, byte kind, int header, int bytes) {
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, kind);
    Message.addHeader(builder, header);
    builder.finish(Message.endMessage(builder));
    byte[] metadata = builder.sizedByteArray();
    ByteBuffer message =
        ByteBuffer.allocate(8 + Math.max(bytes, metadata.length + 7 & -8))
            .order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(-1).putInt(message.capacity() - 8).put(metadata);
    return message.array();
  }

  /** A stream of a schema without columns and some batches of so many rows. */
  private static byte[] batch(long rows, int count) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int fields = Schema.createFieldsVector(builder, new int[0]);
    Schema.startSchema(builder);
    Schema.addFields(builder, fields);
    byte[] schema = message(builder, MessageHeader.Schema, Schema.endSchema(builder), 0);
    byte[] batch = recordBatch(rows, 0);
    ByteBuffer stream = ByteBuffer.allocate(schema.length + count * batch.length);
    stream.put(schema);
    for (int i = 0; i < count; i++) {
      stream.put(batch);
    }
    return stream.array();
  }

  /** A file whose footer names one message of a megabyte many times. */
  private static byte[] repeated(int count) {
    byte[] batch = recordBatch(1, 1 << 20);
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int fields = Schema.createFieldsVector(builder, new int[0]);
    Schema.startSchema(builder);
    Schema.addFields(builder, fields);
    int schema = Schema.endSchema(builder);
    Footer.startRecordBatchesVector(builder, count);
    for (int i = 0; i < count; i++) {
      Block.createBlock(builder, MAGIC.length, batch.length, 0);
    }
    int blocks = builder.endVector();
    Footer.startFooter(builder);
    Footer.addSchema(builder, schema);
    Footer.addRecordBatches(builder, blocks);
    builder.finish(Footer.endFooter(builder));
    byte[] footer = builder.sizedByteArray();
    ByteBuffer both = ByteBuffer.allocate(batch.length + footer.length);
    return footed(both.put(batch).put(footer).array(), footer.length);
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFile(byte[] bytes) throws IOException {
    Path file = directory.resolve("hostile.arrow");
    Files.write(file, bytes);
    Allowance.refuses(() -> Rows.of(CopiedIpc.of(file)));
    Allowance.refuses(() -> Rows.of(MappedIpc.map(file)));
  }

  @Test
  void refusesAPipeWithoutWaiting() throws Exception {
    Path pipe = directory.resolve("pipe.arrow");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "mkfifo makes pipes here");
    Allowance.refuses(() -> CopiedIpc.of(pipe));
    Allowance.refuses(() -> MappedIpc.map(pipe));
  }
}
