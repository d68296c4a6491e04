package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Compares the bytes of files with their checksums, a megabyte at a time. Not thread-safe. */
final class PieceCheck {
  private static final int PIECES_PER_READ = 16;
  private static final int SUMS_PER_READ = 1 << 14;
  private static final int MAX_REPORTED = 5;

  private final TableDirectory table;
  private final Arena arena;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private ByteBuffer sums = ByteBuffer.allocate(0);
  private long firstSum;
  private final CRC32C crc = new CRC32C();

  PieceCheck(TableDirectory table, Arena arena) {
    this.table = table;
    this.arena = arena;
  }

  /**
   * Does nothing if one file is as it was written.
   *
   * @throws CorruptColumnException if it is not
   */
  static void require(TableDirectory table, ManifestColumn column, ManifestFile file) {
    try (Arena arena = Arena.ofConfined()) {
      new PieceCheck(table, arena)
          .check(column, file, problem -> refuse(table, column, file, problem));
    }
  }

  private static void refuse(
      TableDirectory table, ManifestColumn column, ManifestFile file, String problem) {
    String place =
        "column '" + column.field().name() + "' of " + table.name() + " (" + file.name() + ")";
    throw new CorruptColumnException(
        place,
        place + " " + problem,
        "Restore it, or run `colonnade repair " + table.name() + "`.");
  }

  /** Reports what is wrong with one file. */
  void check(ManifestColumn column, ManifestFile file, Consumer<String> report) {
    long pieces = column.pieceCount(file);
    reserve(Math.min(file.lengthBytes(), (long) PIECES_PER_READ * TableFormat.PIECE_BYTES));
    try (StoredFile stored = table.storage().openForReading(table.file(file.name()))) {
      checkPieces(stored, file, pieces, report);
      checkTail(stored, column, file, pieces, report);
    } catch (IOException e) {
      StorageFailure.throwUnlessDamage(table.place(file.name()), e);
      report.accept("cannot be read: " + e.getMessage());
    }
  }

  /** Most files of a wide table are small, and clearing a megabyte for each would take longest. */
  private void reserve(long bytes) {
    if (buffer.capacity() < bytes) {
      buffer = arena.allocate(bytes).asByteBuffer();
    }
  }

  /** Reads the table of checksums twice: whether it is that of the manifest, and then for each. */
  private void checkPieces(
      StoredFile stored, ManifestFile file, long pieces, Consumer<String> report)
      throws IOException {
    if (pieces == 0) {
      if (file.digest() != 0) {
        reportChanged(file, report);
      }
      return;
    }
    try (StoredFile table = checksums(file)) {
      CRC32C digest = new CRC32C();
      for (long first = 0; first < pieces; first += SUMS_PER_READ) {
        load(table, first, pieces);
        digest.update(sums.duplicate());
      }
      if ((int) digest.getValue() != file.digest()) {
        reportChanged(file, report);
        return;
      }
      comparePieces(stored, table, pieces, report);
    } catch (ChecksumsUnreadable e) {
      report.accept("has checksums that cannot be read: " + e.getMessage());
    }
  }

  private void reportChanged(ManifestFile file, Consumer<String> report) {
    report.accept(
        "has checksums that were changed after they were written: " + file.checksumsName());
  }

  /** The file of checksums could not be read; the file they are of may be sound. */
  private static final class ChecksumsUnreadable extends IOException {
    private static final long serialVersionUID = 1L;

    ChecksumsUnreadable(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private StoredFile checksums(ManifestFile file) throws ChecksumsUnreadable {
    try {
      return table.storage().openForReading(table.file(file.checksumsName()));
    } catch (IOException e) {
      StorageFailure.throwUnlessDamage(table.place(file.checksumsName()), e);
      throw new ChecksumsUnreadable(e);
    }
  }

  /** Makes {@link #sums} those from number {@code first} on. */
  private void load(StoredFile table, long first, long pieces) throws ChecksumsUnreadable {
    int n = (int) Math.min(SUMS_PER_READ, pieces - first);
    if (sums.capacity() < n * Integer.BYTES) {
      sums = ByteBuffer.allocate(n * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
    sums.clear().limit(n * Integer.BYTES);
    try {
      table.read(sums, first * Integer.BYTES);
    } catch (IOException e) {
      throw new ChecksumsUnreadable(e);
    }
    sums.flip();
    firstSum = first;
  }

  private int sum(StoredFile table, long piece, long pieces) throws ChecksumsUnreadable {
    if (piece < firstSum || piece >= firstSum + sums.limit() / Integer.BYTES) {
      load(table, piece, pieces);
    }
    return sums.getInt((int) (piece - firstSum) * Integer.BYTES);
  }

  private void comparePieces(
      StoredFile stored, StoredFile table, long pieces, Consumer<String> report)
      throws IOException {
    long wrong = 0;
    for (long first = 0; first < pieces; first += PIECES_PER_READ) {
      int n = (int) Math.min(PIECES_PER_READ, pieces - first);
      buffer.clear().limit(n * TableFormat.PIECE_BYTES);
      stored.read(buffer, first * TableFormat.PIECE_BYTES);
      for (int i = 0; i < n; i++) {
        crc.reset();
        crc.update(buffer.slice(i * TableFormat.PIECE_BYTES, TableFormat.PIECE_BYTES));
        int stated = sum(table, first + i, pieces);
        if ((int) crc.getValue() != stated && wrong++ < MAX_REPORTED) {
          long from = (first + i) * TableFormat.PIECE_BYTES;
          report.accept(
              String.format(
                  Locale.ROOT,
                  "is damaged in bytes %,d to %,d: their checksum is %s, not %s",
                  from,
                  from + TableFormat.PIECE_BYTES - 1,
                  Checksum.hex((int) crc.getValue()),
                  Checksum.hex(stated)));
        }
      }
    }
    if (wrong > MAX_REPORTED) {
      report.accept(
          String.format(
              Locale.ROOT, "is damaged in %,d of its %,d pieces of 64 KiB in all", wrong, pieces));
    }
  }

  private void checkTail(
      StoredFile stored,
      ManifestColumn column,
      ManifestFile file,
      long pieces,
      Consumer<String> report)
      throws IOException {
    long from = pieces * TableFormat.PIECE_BYTES;
    int length = (int) (file.lengthBytes() - from);
    buffer.clear().limit(length);
    stored.read(buffer, from);
    int usedBits = (int) (column.rowCount() & 7);
    if (file.role().isBits() && usedBits != 0) {
      buffer.put(length - 1, (byte) (buffer.get(length - 1) & (1 << usedBits) - 1));
    }
    crc.reset();
    crc.update(buffer.flip());
    if ((int) crc.getValue() != file.tailChecksum()) {
      report.accept(
          String.format(
              Locale.ROOT,
              "is damaged in its last %,d bytes, from byte %,d on: their checksum is %s, not %s",
              length,
              from,
              Checksum.hex((int) crc.getValue()),
              Checksum.hex(file.tailChecksum())));
    }
  }
}
