package colonnade.arrow;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.exec.Source;
import colonnade.error.MalformedInputException;
import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dictionaries as Arrow allows them: continued, replaced, with nulls and the same value twice. */
class ArrowDictionaryTest {
  @TempDir Path folder;

  /** A stream of one column "c" of text by 8-bit codes. */
  private final class Stream implements AutoCloseable {
    private final Path file = folder.resolve("a.stream");
    private final Arena arena = Arena.ofConfined();
    private final FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    private final MessageChannel out = new MessageChannel(channel);

    Stream() throws IOException {
      var builder = new FlatBufferBuilder();
      var encoding = new DictionaryEncoding(5, false, new ArrowType.Int(8, true));
      var field = ArrowTypes.field("c", ArrowType.LargeUtf8.INSTANCE, encoding);
      out.message(
          builder, MessageHeader.Schema, new Schema(List.of(field)).getSchema(builder), List.of());
    }

    Stream dictionary(boolean delta, String... entries) throws IOException {
      MemorySegment offsets = arena.allocate(8L * (entries.length + 1));
      var bytes = new StringBuilder();
      for (int i = 0; i < entries.length; i++) {
        bytes.append(entries[i] == null ? "" : entries[i]);
        offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), bytes.length());
      }
      byte[] text = bytes.toString().getBytes(StandardCharsets.US_ASCII);
      var columns =
          List.of(
              new ColumnBuffers(
                  Arrays.stream(entries).filter(e -> e == null).count(),
                  List.of(bits(entries), offsets, arena.allocateFrom(JAVA_BYTE, text))));
      var builder = new FlatBufferBuilder();
      int data = MessageChannel.recordBatch(builder, entries.length, columns);
      out.message(
          builder,
          MessageHeader.DictionaryBatch,
          DictionaryBatch.createDictionaryBatch(builder, 5, data, delta),
          columns);
      return this;
    }

    /** A batch of codes; null codes hold 99, which no dictionary has. */
    Stream batch(Integer... codes) throws IOException {
      byte[] bytes = new byte[codes.length];
      for (int i = 0; i < codes.length; i++) {
        bytes[i] = (byte) (codes[i] == null ? 99 : codes[i]);
      }
      var columns =
          List.of(
              new ColumnBuffers(
                  Arrays.stream(codes).filter(c -> c == null).count(),
                  List.of(bits(codes), arena.allocateFrom(JAVA_BYTE, bytes))));
      var builder = new FlatBufferBuilder();
      int header = MessageChannel.recordBatch(builder, codes.length, columns);
      out.message(builder, MessageHeader.RecordBatch, header, columns);
      return this;
    }

    private MemorySegment bits(Object[] values) {
      byte[] bits = new byte[(values.length + 7) / 8];
      for (int i = 0; i < values.length; i++) {
        bits[i / 8] |= (byte) ((values[i] == null ? 0 : 1) << i % 8);
      }
      return arena.allocateFrom(JAVA_BYTE, bits);
    }

    List<Source> sources() throws IOException {
      close();
      return List.of(MappedIpc.map(file), CopiedIpc.of(file));
    }

    @Override
    public void close() throws IOException {
      if (channel.isOpen()) {
        out.endOfStream();
        channel.close();
        arena.close();
      }
    }
  }

  private static List<Object> values(Source source) {
    List<Object> values = new ArrayList<>();
    Rows.of(source).forEach(row -> values.add(row.get(0)));
    return values;
  }

  @Test
  void continuesADictionaryByItsDeltas() throws IOException {
    try (Stream stream = new Stream()) {
      stream.dictionary(false, "a", "b").batch(0, 1, null, 1).dictionary(true, "c").batch(2, 0);
      for (Source source : stream.sources()) {
        assertThat(values(source)).containsExactly("a", "b", null, "b", "c", "a");
        assertThat(source.dictionary(0)).extracting(d -> d.size()).isEqualTo(3);
      }
    }
  }

  @Test
  void replacesADictionaryForTheBatchesThatFollow() throws IOException {
    try (Stream stream = new Stream()) {
      stream.dictionary(false, "a", "b").batch(0, 1).dictionary(false, "x").batch(0, null);
      for (Source source : stream.sources()) {
        assertThat(values(source)).containsExactly("a", "b", "x", null);
        assertThat(source.dictionary(0)).isNull();
      }
    }
  }

  @Test
  void makesEntriesUniqueAndPresent() throws IOException {
    try (Stream stream = new Stream()) {
      stream.dictionary(false, "a", null, "a", "").batch(3, 2, 1, 0, null);
      for (Source source : stream.sources()) {
        assertThat(values(source)).containsExactly("", "a", null, "a", null);
        assertThat(source.dictionary(0)).extracting(d -> d.size()).isEqualTo(2);
      }
    }
  }

  @Test
  void readsNullsOfADictionaryThatNeverCame() throws IOException {
    try (Stream stream = new Stream()) {
      stream.batch(null, null);
      for (Source source : stream.sources()) {
        assertThat(values(source)).containsExactly(null, null);
      }
    }
  }

  @Test
  void refusesACodeBeyondTheDictionary() throws IOException {
    try (Stream stream = new Stream()) {
      stream.dictionary(false, "a", "b").batch(0, 2);
      for (Source source : stream.sources()) {
        assertThatThrownBy(() -> values(source))
            .isInstanceOf(MalformedInputException.class)
            .hasMessageContaining("column 'c'")
            .hasMessageContaining("code 2 in a dictionary of 2");
      }
    }
  }
}
