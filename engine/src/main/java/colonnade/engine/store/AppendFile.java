package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.CorruptColumnException;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file of a column that grows at its end, through one buffer from which its checksums are folded.
 * What a manifest has counted is never written again, but for the free bits of the last byte of a
 * file of bits. Used by one thread at a time, but for {@link #writeAhead}; its memory belongs to
 * the session.
 */
final class AppendFile {
  /** Bytes of a file after which they are sent to the device. */
  private static final long WRITE_BACK_BYTES = 8 << 20;

  private final WriteSession session;
  private final FileRole role;
  private final String name;
  private final PieceChecksums checksums = new PieceChecksums();
  private final WriteWindows windows;
  private volatile @Nullable StoredFile open;
  private @Nullable MemorySegment buffer;
  private int filled;
  private long written;
  private boolean dirty;
  private boolean committed;

  /** Whose committed bytes {@link #read} has yet to compare with their checksums; null if none. */
  private @Nullable ManifestColumn unchecked;

  /** What {@link #read} shows of rows that were changed; null if there are none. */
  private @Nullable Patch patch;

  private int patchedBytes;

  private AppendFile(WriteSession session, FileRole role, String name) {
    this.session = session;
    this.role = role;
    this.name = name;
    this.windows = new WriteWindows(session, (bytes, offset) -> write(file(), bytes, offset));
  }

  /** A new, empty file. */
  static AppendFile create(WriteSession session, FileRole role, String name) {
    AppendFile file = new AppendFile(session, role, name);
    file.open = session.create(name);
    file.dirty = true;
    file.closeUnlessFew();
    return file;
  }

  /**
   * Goes on after the committed bytes of a file.
   *
   * @param column the column that the file is of
   * @param settledBytes bytes that never change: all, but for a last byte of bits that is not full
   */
  static AppendFile resume(
      WriteSession session, ManifestColumn column, ManifestFile known, long settledBytes) {
    AppendFile file = new AppendFile(session, known.role(), known.name());
    file.unchecked = column;
    file.written = settledBytes;
    // A copy that was made for the next generation is not named by any yet.
    file.committed =
        FileName.parse(known.name()).orElseThrow().generation() != session.nextGeneration();
    long pieces = settledBytes / TableFormat.PIECE_BYTES;
    if (pieces > 0) {
      ByteBuffer table = session.read(known.checksumsName(), 0, pieces * Integer.BYTES);
      file.checksums.resume(table);
    }
    long tailStart = pieces * TableFormat.PIECE_BYTES;
    ByteBuffer tail = session.read(known.name(), tailStart, known.lengthBytes() - tailStart);
    int settledTail = (int) (settledBytes - tailStart);
    file.checksums.update(tail.slice(0, settledTail));
    if (file.checksums.digest() != known.digest()
        || settledTail == tail.capacity() && file.checksums.tail() != known.tailChecksum()) {
      throw new CorruptColumnException(
          session.place(known.name()),
          String.format(
              Locale.ROOT,
              "%s does not have the checksum that the manifest states, %s",
              session.place(known.name()),
              Checksum.hex(known.tailChecksum())),
          "The file was changed after it was written; nothing is appended to it. Run `colonnade"
              + " verify` for the extent, and restore it.");
    }
    return file;
  }

  /** Its name in the table's directory. */
  String name() {
    return name;
  }

  /** Bytes so far, those in the buffer too. */
  long length() {
    return written + filled;
  }

  /** Appends bytes from anywhere. */
  void append(MemorySegment source, long offset, long lengthBytes) {
    long done = 0;
    while (done < lengthBytes) {
      int n = (int) Math.min(lengthBytes - done, room());
      MemorySegment.copy(source, offset + done, buffer(), filled, n);
      advance(n);
      done += n;
    }
  }

  /** Appends one long, little-endian. */
  void appendLong(long value) {
    room();
    buffer().set(Layouts.LONG, filled, value);
    advance(Long.BYTES);
  }

  /**
   * The bytes that fit the buffer now; at least a value of any width, because a full one is
   * written. Full is a buffer that ends at a multiple of its size: see {@link WriteWindows}.
   */
  int room() {
    int left = left();
    if (left < Long.BYTES) {
      flush();
      left = left();
    }
    return left < Long.BYTES ? session.fileBufferBytes() : left;
  }

  private int left() {
    return session.fileBufferBytes() - (int) (written % session.fileBufferBytes()) - filled;
  }

  /** The buffer, to be filled from {@link #position()} on. */
  MemorySegment buffer() {
    MemorySegment b = buffer;
    if (b == null) {
      b = session.takeBuffer();
      buffer = b;
    }
    return b;
  }

  /** Where in {@link #buffer()} the next byte goes. */
  int position() {
    return filled;
  }

  /** Says that the caller has put {@code bytes} bytes at {@link #position()}. */
  void advance(int bytes) {
    filled += bytes;
  }

  /** Writes what is in the buffer. */
  void flush() {
    if (filled == 0) {
      return;
    }
    ByteBuffer bytes = buffer().asSlice(0, filled).asByteBuffer();
    checksums.update(bytes.duplicate());
    write(bytes, written);
    written += filled;
    filled = 0;
  }

  /** Writes a byte after all others that is not yet settled: the next writes replace it. */
  void writeUnsettled(byte value) {
    flush();
    write(ByteBuffer.wrap(new byte[] {value}), written);
  }

  private void write(ByteBuffer bytes, long offset) {
    try {
      dirty = true;
      write(file(), bytes, offset);
    } catch (IOException e) {
      throw StorageFailure.of(session.place(name), "write", e);
    }
  }

  /**
   * Writes whole pieces behind the bytes so far, before it is known that all in between will be
   * there: {@link #follow} counts them. Safe for all threads, as long as the session keeps its
   * files open.
   */
  void writeAhead(ByteBuffer bytes, long offset) {
    try {
      windows.put(bytes, offset);
    } catch (IOException e) {
      throw StorageFailure.of(session.place(name), "write", e);
    }
  }

  /**
   * Writes, and where that completes a step, has the system begin with all before it. What other
   * threads have not yet written of it goes with the next step.
   */
  private static void write(StoredFile file, ByteBuffer bytes, long offset) throws IOException {
    long end = (offset + bytes.remaining()) / WRITE_BACK_BYTES * WRITE_BACK_BYTES;
    file.write(bytes, offset);
    if (end > offset) {
      file.beginWriteBack(end);
    }
  }

  /**
   * Counts the next bytes, which {@link #writeAhead} has written: whole pieces after whole pieces.
   *
   * @param pieces the checksum of each
   */
  void follow(int[] pieces) {
    flush();
    checksums.add(pieces);
    written += (long) pieces.length * TableFormat.PIECE_BYTES;
    dirty = true;
    settle(written - written % session.fileBufferBytes());
  }

  /** Writes what was written ahead before byte {@code end}, if it is not. */
  private void settle(long end) {
    try {
      windows.settle(end);
    } catch (IOException e) {
      throw StorageFailure.of(session.place(name), "write", e);
    }
  }

  private StoredFile file() throws IOException {
    StoredFile file = open;
    return file != null ? file : reopen();
  }

  private synchronized StoredFile reopen() throws IOException {
    StoredFile file = open;
    if (file == null) {
      file = session.openForWriting(name);
      open = file;
    }
    return file;
  }

  /** With thousands of columns the files would be more than a process may have open. */
  void closeUnlessFew() {
    if (!session.keepsFilesOpen()) {
      close();
    }
  }

  /** Makes all bytes and checksums so far durable. May run in any thread, one at a time. */
  void sync() {
    flush();
    settle(written);
    if (!dirty) {
      return;
    }
    try {
      file().sync();
    } catch (IOException e) {
      throw StorageFailure.of(session.place(name), "sync", e);
    }
    ByteBuffer table = checksums.freshTable();
    if (table.hasRemaining()) {
      String tableName = name + FileRole.CHECKSUMS;
      boolean begin = checksums.tableBytes() == 0;
      StoredFile file = begin ? session.create(tableName) : session.openForWriting(tableName);
      try {
        file.write(table, checksums.tableBytes());
        file.sync();
      } catch (IOException e) {
        throw StorageFailure.of(session.place(tableName), "write", e);
      } finally {
        session.close(file, tableName);
      }
      checksums.tableWritten();
    }
    dirty = false;
    closeUnlessFew();
  }

  /** The file as a manifest states it, after {@link #sync()}. */
  ManifestFile describe() {
    return new ManifestFile(role, name, written, checksums.digest(), checksums.tail());
  }

  /** Makes {@link #read} show values or codes of so many bytes as a patch has them. */
  void show(Patch changes, int valueBytes) {
    patch = changes;
    patchedBytes = valueBytes;
  }

  /**
   * Fills {@code target} with bytes written before; the buffer is written first. Before the first
   * read all that is committed is compared with its checksums: who reads writes it anew, with
   * checksums that would hide a damage.
   */
  void read(ByteBuffer target, long offset) {
    flush();
    settle(written);
    ManifestColumn column = unchecked;
    if (column != null) {
      PieceCheck.require(session.table(), column, Objects.requireNonNull(column.file(role)));
      unchecked = null;
    }
    ByteBuffer bytes = target.duplicate();
    try {
      file().read(target.order(ByteOrder.LITTLE_ENDIAN), offset);
    } catch (EOFException e) {
      throw new IllegalArgumentException("read past the end of " + name, e);
    } catch (IOException e) {
      throw StorageFailure.of(session.place(name), "read", e);
    }
    if (patch != null) {
      long end = offset + bytes.remaining();
      patch.applyTo(MemorySegment.ofBuffer(bytes), 0, offset / patchedBytes, end / patchedBytes);
    }
  }

  /** Says that a generation names this file now. */
  void markCommitted() {
    committed = true;
  }

  /** Lets the file go, and removes it if no generation names it. */
  void discardUnlessCommitted() {
    release();
    if (!committed) {
      session.discard(name);
      session.discard(name + FileRole.CHECKSUMS);
    }
  }

  /** Lets descriptor and buffer go; the file itself stays. */
  void release() {
    close();
    windows.drop();
    filled = 0;
    if (buffer != null) {
      session.giveBuffer(buffer);
      buffer = null;
    }
  }

  private void close() {
    StoredFile file = open;
    open = null;
    if (file != null) {
      session.close(file, name);
    }
  }
}
