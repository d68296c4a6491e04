package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Compares the bytes of files with their checksums, a megabyte at a time. Not thread-safe. */
final class PieceCheck {
  private static final int PIECES_PER_READ = 16;
  private static final int MAX_REPORTED = 5;

  private final TableDirectory table;
  private final Arena arena;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private final CRC32C crc = new CRC32C();

  PieceCheck(TableDirectory table, Arena arena) {
    this.table = table;
    this.arena = arena;
  }

  /** Reports what is wrong with one file. */
  void check(ManifestColumn column, ManifestFile file, Consumer<String> report) {
    long pieces = column.pieceCount(file);
    reserve(Math.min(file.lengthBytes(), (long) PIECES_PER_READ * TableFormat.PIECE_BYTES));
    try (StoredFile stored = table.storage().openForReading(table.file(file.name()))) {
      ByteBuffer sums = checksums(file, pieces, report);
      if (sums != null) {
        checkPieces(stored, sums, pieces, report);
      }
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

  /** The table of checksums, or null if it is not what the manifest says, which is reported. */
  private @Nullable ByteBuffer checksums(ManifestFile file, long pieces, Consumer<String> report) {
    int length = Math.toIntExact(pieces * Integer.BYTES);
    ByteBuffer sums = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (pieces > 0) {
      try (StoredFile stored = table.storage().openForReading(table.file(file.checksumsName()))) {
        stored.read(sums, 0);
      } catch (IOException e) {
        StorageFailure.throwUnlessDamage(table.place(file.checksumsName()), e);
        report.accept("has checksums that cannot be read: " + e.getMessage());
        return null;
      }
    }
    crc.reset();
    crc.update(sums.flip());
    if ((int) crc.getValue() != file.digest()) {
      report.accept(
          "has checksums that were changed after they were written: " + file.checksumsName());
      return null;
    }
    return sums;
  }

  private void checkPieces(StoredFile stored, ByteBuffer sums, long pieces, Consumer<String> report)
      throws IOException {
    int wrong = 0;
    for (long first = 0; first < pieces; first += PIECES_PER_READ) {
      int n = (int) Math.min(PIECES_PER_READ, pieces - first);
      buffer.clear().limit(n * TableFormat.PIECE_BYTES);
      stored.read(buffer, first * TableFormat.PIECE_BYTES);
      for (int i = 0; i < n; i++) {
        crc.reset();
        crc.update(buffer.slice(i * TableFormat.PIECE_BYTES, TableFormat.PIECE_BYTES));
        if ((int) crc.getValue() != sums.getInt((int) (first + i) * Integer.BYTES)
            && wrong++ < MAX_REPORTED) {
          long from = (first + i) * TableFormat.PIECE_BYTES;
          report.accept(
              String.format(
                  Locale.ROOT,
                  "is damaged in bytes %,d to %,d: their checksum is %s, not %s",
                  from,
                  from + TableFormat.PIECE_BYTES - 1,
                  Checksum.hex((int) crc.getValue()),
                  Checksum.hex(sums.getInt((int) (first + i) * Integer.BYTES))));
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
