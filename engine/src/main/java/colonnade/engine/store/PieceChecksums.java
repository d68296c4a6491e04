package colonnade.engine.store;

import colonnade.engine.store.format.TableFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The checksums of a file that grows: one for each complete piece, one of the rest, and the digest
 * of the table of the complete ones. Bytes are folded from buffers, never from a mapping, whose
 * faults would kill the process. Not thread-safe.
 */
final class PieceChecksums {
  private final CRC32C piece = new CRC32C();
  private final CRC32C table = new CRC32C();
  private ByteBuffer fresh = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  private int pieceFill;
  private long tableBytes;

  /** Goes on after these checksums of complete pieces, which are in the table already. */
  void resume(ByteBuffer knownTable) {
    tableBytes += knownTable.remaining();
    table.update(knownTable);
  }

  /** Folds what remains in {@code bytes}. */
  void update(ByteBuffer bytes) {
    int end = bytes.limit();
    while (bytes.position() < end) {
      int n = Math.min(end - bytes.position(), TableFormat.PIECE_BYTES - pieceFill);
      bytes.limit(bytes.position() + n);
      piece.update(bytes);
      bytes.limit(end);
      pieceFill += n;
      if (pieceFill == TableFormat.PIECE_BYTES) {
        add((int) piece.getValue());
        piece.reset();
        pieceFill = 0;
      }
    }
  }

  /** Adds the checksums of complete pieces, where the bytes so far are complete pieces too. */
  void add(int[] pieces) {
    if (pieceFill != 0) {
      throw new IllegalStateException("a piece is not complete");
    }
    for (int checksum : pieces) {
      add(checksum);
    }
  }

  /** The checksums of bytes that are whole pieces. */
  static int[] of(ByteBuffer bytes) {
    int[] checksums = new int[bytes.remaining() / TableFormat.PIECE_BYTES];
    CRC32C crc = new CRC32C();
    for (int i = 0; i < checksums.length; i++) {
      crc.reset();
      crc.update(
          bytes.slice(bytes.position() + i * TableFormat.PIECE_BYTES, TableFormat.PIECE_BYTES));
      checksums[i] = (int) crc.getValue();
    }
    return checksums;
  }

  private void add(int checksum) {
    if (fresh.remaining() < Integer.BYTES) {
      fresh =
          ByteBuffer.allocate(fresh.capacity() * 2)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put(fresh.flip());
    }
    fresh.putInt(checksum);
  }

  /** The part of the table that is not yet on disk; to be written at {@link #tableBytes()}. */
  ByteBuffer freshTable() {
    return fresh.duplicate().flip();
  }

  /** The length of the table on disk. */
  long tableBytes() {
    return tableBytes;
  }

  /** Says that the fresh part of the table is on disk. */
  void tableWritten() {
    ByteBuffer written = freshTable();
    tableBytes += written.remaining();
    table.update(written);
    fresh.clear();
  }

  /** The digest of the table on disk. */
  int digest() {
    return (int) table.getValue();
  }

  /** The checksum of the bytes after the last complete piece. */
  int tail() {
    return (int) piece.getValue();
  }
}
