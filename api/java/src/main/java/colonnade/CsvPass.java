package colonnade;

import colonnade.engine.csv.ChunkCutter;
import colonnade.engine.csv.ChunkReader;
import colonnade.engine.csv.CsvChunk;
import colonnade.engine.csv.CsvDialect;
import colonnade.engine.csv.KeptChunk;
import colonnade.engine.csv.NullRule;
import colonnade.engine.exec.Block;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.store.Vector;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the rows of a CSV file. Blocks are handed out in order and read by whoever got
 * them, so that all workers read at the same time; where the places of records are not known, what
 * is handed out under the driver's lock is cut there.
 */
final class CsvPass implements StreamSource.Pass {
  private static final int READ_BYTES = 1 << 18;

  private final Path path;
  private final CsvOptions options;
  private final CsvLayout layout;
  private final int[] columns;
  private final CsvDialect dialect;
  private final NullRule nulls;
  private final CsvOrder order;
  private final @Nullable CsvPieces pieces;
  private final CsvInput input;
  private final ChunkCutter cutter;
  private final @Nullable FileChannel channel;
  private final @Nullable CsvKept kept;
  private final Arena arena = Arena.ofShared();
  private final ConcurrentLinkedDeque<Desk> idle = new ConcurrentLinkedDeque<>();
  private int nextChunk;

  CsvPass(Path path, CsvOptions options, CsvLayout layout, int[] columns) {
    this.path = path;
    this.options = options;
    this.layout = layout;
    this.columns = columns;
    int columnCount = layout.schema().size();
    this.dialect = CsvInput.dialect(options).withEmptyLines(columnCount == 1);
    this.nulls = new NullRule(options.nullTexts());
    this.pieces = layout.pieces();
    this.input = CsvInput.open(path, options);
    try {
      this.channel = pieces == null ? null : FileChannel.open(path, StandardOpenOption.READ);
      this.order =
          new CsvOrder(
              options,
              2,
              layout.head(),
              layout.header(),
              layout.rowCount().orElse(-1),
              Files.size(path));
      if (pieces == null) {
        input.skip(layout.firstByte());
      }
      this.cutter =
          new ChunkCutter(
              input.stream(), path.toString(), dialect, CsvSource.chunkBytes(columnCount));
      CsvKept known = layout.kept();
      this.kept = known != null && known.acquire() ? known : null;
    } catch (IOException e) {
      input.close();
      throw CsvInput.failure(path, e);
    } catch (RuntimeException e) {
      input.close();
      throw e;
    }
  }

  /** What reads one chunk at a time, and the memory that it reads it into. */
  private final class Desk {
    final ChunkReader reader =
        new ChunkReader(
            dialect, nulls, layout.schema(), layout.given(), layout.texts(), columns, arena);
    byte[] bytes = {};
  }

  @Override
  public @Nullable Block next() {
    Desk desk = idle.poll();
    if (desk == null) {
      desk = new Desk();
    }
    CsvChunk chunk = null;
    if (pieces == null) {
      try {
        chunk = cutter.next(desk.bytes);
      } catch (IOException e) {
        throw CsvInput.failure(path, e);
      }
    }
    if (pieces == null ? chunk == null : nextChunk == pieces.count()) {
      order.endAfter(nextChunk);
      return null;
    }
    return new CsvBlock(desk, nextChunk++, chunk, input.bytesRead());
  }

  private CsvChunk read(int piece, Desk desk) {
    CsvPieces known = Objects.requireNonNull(pieces);
    FileChannel file = Objects.requireNonNull(channel);
    int length = known.length(piece);
    if (desk.bytes.length < length + CsvChunk.PADDING_BYTES) {
      desk.bytes = new byte[length + length / 8 + CsvChunk.PADDING_BYTES];
    }
    try {
      long at = known.start(piece);
      for (int done = 0; done < length; ) {
        int n =
            file.read(
                ByteBuffer.wrap(desk.bytes, done, Math.min(READ_BYTES, length - done)), at + done);
        if (n < 0) {
          throw CsvProblems.changed(path, 0);
        }
        done += n;
      }
    } catch (IOException e) {
      throw CsvInput.failure(path, e);
    }
    return CsvChunk.of(desk.bytes, length, piece == known.count() - 1);
  }

  @Override
  public void close() {
    input.close();
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw CsvInput.failure(path, e);
    } finally {
      if (arena.scope().isAlive()) {
        arena.close();
        if (kept != null && pieces != null && kept.release(nextChunk == pieces.count())) {
          pieces.forgetKept();
        }
      }
    }
  }

  /** A chunk that is read when its worker first asks for its rows. */
  private final class CsvBlock implements Block {
    private final Desk desk;
    private final int number;
    private final long bytesRead;
    private @Nullable CsvChunk chunk;
    private long firstRow;
    private boolean read;

    CsvBlock(Desk desk, int number, @Nullable CsvChunk chunk, long bytesRead) {
      this.desk = desk;
      this.number = number;
      this.chunk = chunk;
      this.bytesRead = bytesRead;
    }

    private void read() {
      if (read) {
        return;
      }
      CsvProblems problems = new CsvProblems(path, options, layout.schema().fields());
      CsvChunk own = chunk;
      chunk = null;
      if (own != null) {
        desk.bytes = own.bytes();
        desk.reader.read(own, problems);
      } else {
        readPiece(problems);
      }
      long soFar = pieces == null ? bytesRead : pieces.start(number) + pieces.length(number);
      firstRow =
          order
              .end(number, desk.reader.rows(), desk.reader.lines(), problems, soFar, () -> {})
              .row();
      read = true;
    }

    /** Takes what is kept of the piece, and reads the rest. */
    private void readPiece(CsvProblems problems) {
      List<KeptChunk> chunks =
          kept == null ? List.of() : Objects.requireNonNull(pieces).kept(number);
      boolean none = chunks.isEmpty();
      if (none) {
        desk.reader.forgetKept();
      } else if (desk.reader.read(chunks)) {
        return;
      }
      int rows = desk.reader.rows();
      CsvChunk own = CsvPass.this.read(number, desk);
      desk.bytes = own.bytes();
      desk.reader.read(own, problems);
      if (!none && desk.reader.rows() != rows) {
        problems.otherFile(0);
      }
    }

    @Override
    public long firstRow() {
      read();
      return firstRow;
    }

    @Override
    public int rowCount() {
      read();
      return desk.reader.rows();
    }

    @Override
    public Vector vector(int column, int from, int count) {
      read();
      return desk.reader.vector(column).from(from);
    }

    @Override
    public void close() {
      if (read) {
        idle.push(desk);
      } else {
        order.abandon();
      }
    }
  }
}
