package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * One bit for each row of a column that grows: its validity, or its booleans. Whole bytes are
 * settled; the bits of a last byte that is not full are written at each commit and again with their
 * neighbours later, which changes no bit that a generation counts. Not thread-safe.
 */
final class BitFile {
  private final AppendFile file;
  private long rowCount;
  private int partial;

  private BitFile(AppendFile file) {
    this.file = file;
  }

  /** A new file that goes on after {@code ones} rows whose bits are set. */
  static BitFile begin(AppendFile file, long ones) {
    BitFile result = new BitFile(file);
    result.appendOnes(ones);
    return result;
  }

  /** Goes on after the committed rows of a file of {@code column}. */
  static BitFile resume(WriteSession session, ManifestColumn column, ManifestFile known) {
    long rowCount = column.rowCount();
    long settled = rowCount / 8;
    BitFile result = new BitFile(AppendFile.resume(session, column, known, settled));
    result.rowCount = rowCount;
    int bits = (int) (rowCount & 7);
    if (bits > 0) {
      result.partial = session.read(known.name(), settled, 1).get(0) & (1 << bits) - 1;
      int tail = Checksum.extend(result.file.describe().tailChecksum(), (byte) result.partial);
      if (tail != known.tailChecksum()) {
        throw new CorruptColumnException(
            session.place(known.name()),
            session.place(known.name()) + " does not have the checksum that the manifest states",
            "The file was changed after it was written; nothing is appended to it. Restore it.");
      }
    }
    return result;
  }

  private void appendOnes(long ones) {
    long left = ones;
    while (left > 0 && (rowCount & 7) != 0) {
      append(1L, 1);
      left--;
    }
    while (left >= 64) {
      file.appendLong(-1L);
      rowCount += 64;
      left -= 64;
    }
    append(-1L, (int) left);
  }

  /** Appends the validity of some rows. */
  void append(RowBits rows) {
    for (int w = 0; w << 6 < rows.count(); w++) {
      append(rows.word(w), Math.min(64, rows.count() - (w << 6)));
    }
  }

  /** Appends the lowest {@code n} bits of {@code word}. */
  void append(long word, int n) {
    if (n == 64 && (rowCount & 7) == 0) {
      file.appendLong(word);
      rowCount += 64;
      return;
    }
    long rest = word;
    int left = n;
    while (left > 0) {
      int at = (int) (rowCount & 7);
      int taken = Math.min(8 - at, left);
      partial |= (int) (rest & (1 << taken) - 1) << at;
      rest >>>= taken;
      left -= taken;
      rowCount += taken;
      if ((rowCount & 7) == 0) {
        file.room();
        file.buffer().set(ValueLayout.JAVA_BYTE, file.position(), (byte) partial);
        file.advance(1);
        partial = 0;
      }
    }
  }

  /** Fills {@code target} with the bits so far from byte {@code from} on. */
  void read(ByteBuffer target, long from) {
    boolean hasPartial = from + target.remaining() > rowCount / 8;
    ByteBuffer settled = target.duplicate();
    settled.limit(target.limit() - (hasPartial ? 1 : 0));
    file.read(settled, from);
    if (hasPartial) {
      target.put(target.limit() - 1, (byte) partial);
    }
  }

  /** The file to sync; the bits of its last byte are written. */
  AppendFile settle() {
    if ((rowCount & 7) != 0) {
      file.writeUnsettled((byte) partial);
    }
    return file;
  }

  /** The file as a manifest states it, after it was synced. */
  ManifestFile describe() {
    ManifestFile settled = file.describe();
    return (rowCount & 7) == 0
        ? settled
        : new ManifestFile(
            settled.role(),
            settled.name(),
            settled.lengthBytes() + 1,
            settled.digest(),
            Checksum.extend(settled.tailChecksum(), (byte) partial));
  }

  /** The file, of which the last bits may be missing. */
  AppendFile file() {
    return file;
  }
}
