package colonnade.arrow;

import colonnade.error.ColonnadeException;
import colonnade.error.MalformedInputException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What stands where in an IPC file or a saved IPC stream. Reads every message's description and no
 * value. An immutable value.
 *
 * @param columns the columns
 * @param dictionaries the dictionary batches in order
 * @param batches the record batches in order
 * @param rows the rows of each record batch
 * @param dictionariesBefore for each record batch, how many of the dictionary batches apply
 * @param compressed whether any batch's buffers are compressed
 */
record IpcLayout(
    List<IpcColumn> columns,
    List<DictionaryMessage> dictionaries,
    List<IpcMessage> batches,
    long[] rows,
    int[] dictionariesBefore,
    boolean compressed) {
  private static final byte[] MAGIC = {'A', 'R', 'R', 'O', 'W', '1'};
  private static final int FILE_START = 8;

  /**
   * A dictionary batch.
   *
   * @param message where it stands
   * @param id which dictionary it belongs to
   * @param delta whether it continues that dictionary instead of replacing it
   */
  record DictionaryMessage(IpcMessage message, long id, boolean delta) {}

  /**
   * Reads the layout.
   *
   * @throws MalformedInputException if it is no Arrow IPC file or stream, cut short or damaged
   */
  static IpcLayout read(IpcInput input) {
    try (Arena arena = Arena.ofConfined()) {
      return isFile(input, arena)
          ? new Reader(input, arena).file()
          : new Reader(input, arena).stream();
    } catch (ColonnadeException e) {
      throw e;
    } catch (RuntimeException e) {
      throw malformed(input.path(), e);
    }
  }

  private static boolean isFile(IpcInput input, Arena arena) {
    return input.size() >= MAGIC.length && hasMagic(input.bytes(0, MAGIC.length, arena));
  }

  private static boolean hasMagic(MemorySegment bytes) {
    return Arrays.equals(bytes.toArray(ValueLayout.JAVA_BYTE), MAGIC);
  }

  static MalformedInputException malformed(Path path, RuntimeException e) {
    return new MalformedInputException(
        path.toString(),
        path
            + " cannot be read as an Arrow IPC file or stream: "
            + (e instanceof BadIpc ? e.getMessage() : "its description is damaged (" + e + ")"),
        "It is no Arrow file, or was cut short or damaged; write or copy it again.",
        e);
  }

  /** Follows the messages of one file. */
  private static final class Reader {
    private final IpcInput input;
    private final Arena arena;
    private @Nullable List<IpcColumn> columns;
    private final List<DictionaryMessage> dictionaries = new ArrayList<>();
    private final List<IpcMessage> batches = new ArrayList<>();
    private final List<Long> rows = new ArrayList<>();
    private final List<Integer> before = new ArrayList<>();
    private boolean compressed;
    private long describedBytes;

    Reader(IpcInput input, Arena arena) {
      this.input = input;
      this.arena = arena;
    }

    IpcLayout stream() {
      IpcMessage message = IpcMessage.at(input, 0);
      for (; message != null; message = IpcMessage.at(input, message.end())) {
        add(message);
      }
      return layout();
    }

    IpcLayout file() {
      long tail = input.size() - MAGIC.length - 4;
      if (tail < FILE_START || !hasMagic(input.bytes(tail + 4, MAGIC.length, arena))) {
        throw new BadIpc("it begins as an Arrow file but does not end as one");
      }
      int length = input.bytes(tail, 4, arena).get(IpcMessage.INT, 0);
      if (length < 8 || length > tail - FILE_START) {
        throw new BadIpc("it states a footer of " + length + " bytes");
      }
      Footer footer =
          Footer.getRootAsFooter(input.bytes(tail - length, length, arena).asByteBuffer());
      schema(footer.schema());
      for (int i = 0; i < footer.dictionariesLength(); i++) {
        block(footer.dictionaries(i));
      }
      for (int i = 0; i < footer.recordBatchesLength(); i++) {
        block(footer.recordBatches(i));
      }
      return layout();
    }

    private void block(Block block) {
      IpcMessage message = IpcMessage.at(input, block.offset());
      if (message == null || message.bodyLength() != block.bodyLength()) {
        throw new BadIpc("its footer and its batches differ");
      }
      add(message);
    }

    private void add(IpcMessage at) {
      // A footer may name one message many times over; each is kept until the end.
      describedBytes += at.metadataLength();
      if (describedBytes > input.size()) {
        throw new BadIpc("its messages overlap");
      }
      Message message = at.read(input, arena);
      switch (message.headerType()) {
        case MessageHeader.Schema -> schema((Schema) message.header(new Schema()));
        case MessageHeader.DictionaryBatch -> {
          var batch = (DictionaryBatch) message.header(new DictionaryBatch());
          if (batch == null || batch.data() == null) {
            throw new BadIpc("a dictionary without values");
          }
          compressed |= batch.data().compression() != null;
          dictionaries.add(new DictionaryMessage(at, batch.id(), batch.isDelta()));
        }
        case MessageHeader.RecordBatch -> {
          var batch = (RecordBatch) message.header(new RecordBatch());
          if (batch == null || batch.length() < 0) {
            throw new BadIpc("a batch of fewer than no rows");
          }
          compressed |= batch.compression() != null;
          batches.add(at);
          rows.add(batch.length());
          before.add(dictionaries.size());
        }
        default -> throw new BadIpc("a message of kind " + message.headerType());
      }
    }

    private void schema(@Nullable Schema schema) {
      if (schema == null || columns != null) {
        throw new BadIpc(schema == null ? "it has no schema" : "it has two schemas");
      }
      columns = IpcSchema.columns(schema, input.path());
    }

    private IpcLayout layout() {
      if (columns == null) {
        throw new BadIpc("it has no schema");
      }
      return new IpcLayout(
          columns,
          List.copyOf(dictionaries),
          List.copyOf(batches),
          rows.stream().mapToLong(r -> r).toArray(),
          before.stream().mapToInt(b -> b).toArray(),
          compressed);
    }
  }
}
