package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces of a file were compared with their checksums since the table was opened. Compares
 * copies, never a mapping, whose faults would kill the process inside the checksum's own code. Safe
 * for all threads; two may compare the same piece.
 */
final class TouchedPieces {
  private final TableDirectory table;
  private final ManifestFile file;
  private final long completePieces;

  /** Bits of the last byte that belong to rows, where later appends fill the others; else 0. */
  private final int lastBits;

  private final AtomicLongArray sound;
  private volatile @Nullable ByteBuffer sums;

  TouchedPieces(TableDirectory table, ManifestColumn column, ManifestFile file) {
    this.table = table;
    this.file = file;
    this.completePieces = column.pieceCount(file);
    this.lastBits = file.role().isBits() ? (int) (column.rowCount() & 7) : 0;
    this.sound = new AtomicLongArray(Math.toIntExact((completePieces + 1 + 63) / 64));
  }

  /** Where the piece of byte {@code at} begins. */
  long start(long at) {
    return piece(at) * TableFormat.PIECE_BYTES;
  }

  /** Where the piece ends that byte {@code to - 1} is in. */
  long end(long to) {
    long piece = piece(to - 1);
    return piece < completePieces ? (piece + 1) * TableFormat.PIECE_BYTES : file.lengthBytes();
  }

  /** What lies behind the last complete piece is one piece, which may be as long as those. */
  private long piece(long at) {
    return Math.min(at / TableFormat.PIECE_BYTES, completePieces);
  }

  /** Whether all pieces of bytes {@code [from, to)} were found sound. */
  boolean areSound(long from, long to) {
    if (from >= to) {
      return true;
    }
    long last = piece(to - 1);
    for (long p = piece(from); p <= last; p++) {
      if ((sound.get((int) (p >> 6)) >> p & 1) == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Compares whole pieces.
   *
   * @param bytes a copy of the file from {@code from} on, where a piece begins; it ends where one
   *     ends
   * @return what is wrong, or null
   */
  @Nullable String check(ByteBuffer bytes, long from) throws IOException {
    ByteBuffer known = sums();
    if (known == null) {
      return "its checksums in " + file.checksumsName() + " were changed after they were written";
    }
    CRC32C crc = new CRC32C();
    int length = bytes.limit();
    for (int at = 0; at < length; ) {
      long piece = piece(from + at);
      boolean isTail = piece == completePieces;
      int size = isTail ? length - at : TableFormat.PIECE_BYTES;
      crc.reset();
      if (isTail && lastBits != 0) {
        crc.update(bytes.slice(at, size - 1));
        crc.update(bytes.get(length - 1) & (1 << lastBits) - 1);
      } else {
        crc.update(bytes.slice(at, size));
      }
      int expected = isTail ? file.tailChecksum() : known.getInt((int) piece * Integer.BYTES);
      if ((int) crc.getValue() != expected) {
        return String.format(
            Locale.ROOT,
            "the checksum of bytes %,d to %,d of %s is %s, not %s",
            from + at,
            from + at + size - 1,
            file.name(),
            Checksum.hex((int) crc.getValue()),
            Checksum.hex(expected));
      }
      long bit = 1L << piece;
      sound.getAndAccumulate((int) (piece >> 6), bit, (old, b) -> old | b);
      at += size;
    }
    return null;
  }

  /** The table of checksums, or null if it is not what the manifest says. */
  private @Nullable ByteBuffer sums() throws IOException {
    ByteBuffer known = sums;
    if (known == null) {
      known =
          ByteBuffer.allocate(Math.toIntExact(completePieces * Integer.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      if (completePieces > 0) {
        try (StoredFile stored = table.storage().openForReading(table.file(file.checksumsName()))) {
          stored.read(known, 0);
        }
      }
      CRC32C crc = new CRC32C();
      crc.update(known.flip());
      if ((int) crc.getValue() != file.digest()) {
        return null;
      }
      sums = known;
    }
    return known;
  }
}
