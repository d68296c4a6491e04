package colonnade.engine.store.array;

import colonnade.FlushPolicy;
import colonnade.Mode;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Makes new array files, all zeros, and maps them. The file is made under another name, given its
 * full length and space, synced, and only then moved to its place: if the disk is too small, what
 * was there before is untouched, and other processes that map a replaced file keep their bytes.
 */
public final class ArrayCreator {
  private static final String CANARY = "canary";

  private ArrayCreator() {}

  /**
   * Creates the file that {@code layout} describes, replacing a regular file in its place.
   *
   * @param header what to write at the start, no longer than the layout's byte offset
   * @param reserve whether to reserve the disk space now; otherwise the file is sparse, and a store
   *     into it may fail later
   * @throws StorageException if something else is in its place, the disk is full, or the system
   *     refuses
   */
  public static ArrayFile create(
      ArrayLayout layout, byte[] header, boolean reserve, FlushPolicy policy) {
    return create(layout, header, reserve, policy, MemorySegment::force);
  }

  static ArrayFile create(
      ArrayLayout layout,
      byte[] header,
      boolean reserve,
      FlushPolicy policy,
      Consumer<MemorySegment> sync) {
    Path path = layout.path();
    try (UnfinishedFile unfinished = UnfinishedFile.create(path)) {
      Reservation.extend(unfinished.path(), unfinished.channel(), layout.fileBytes(), reserve);
      writeHeader(unfinished.channel(), header);
      unfinished.publish();
    } catch (IOException e) {
      throw RegularFile.failure(path, "created with " + layout.fileBytes() + " bytes", e);
    }
    ArrayFile file = ArrayOpener.open(layout, Mode.CREATE, policy, sync);
    try {
      checkCanary(file.bytes(), layout);
    } catch (InternalError e) {
      file.close();
      throw file.accessFailure(e);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /**
   * Stores a mark through the mapping at both ends, reads it back through the file, and takes it
   * away again.
   */
  static void checkCanary(MemorySegment bytes, ArrayLayout layout) {
    long last = bytes.byteSize() - 1;
    if (last < 0) {
      return;
    }
    byte[] marks = {0x5a, (byte) 0xa5};
    bytes.set(ValueLayout.JAVA_BYTE, 0, marks[0]);
    bytes.set(ValueLayout.JAVA_BYTE, last, marks[1]);
    try (FileChannel channel = RegularFile.open(layout.path(), false)) {
      ByteBuffer read = ByteBuffer.allocate(1);
      boolean lastSeen =
          channel.read(read, layout.offsetBytes() + last) == 1 && read.get(0) == marks[1];
      boolean firstSeen =
          last == 0
              || channel.read(read.clear(), layout.offsetBytes()) == 1 && read.get(0) == marks[0];
      if (channel.size() != layout.fileBytes() || !lastSeen || !firstSeen) {
        throw new StorageException(
            layout.place(),
            "the new file " + layout.place() + " does not show what was stored through its mapping",
            "Another process may have replaced it ("
                + CANARY
                + " check), or the file system does not keep mappings and files the"
                + " same; use a local one.");
      }
    } catch (IOException e) {
      throw RegularFile.failure(layout.path(), "read back", e);
    } finally {
      bytes.set(ValueLayout.JAVA_BYTE, 0, (byte) 0);
      bytes.set(ValueLayout.JAVA_BYTE, last, (byte) 0);
    }
  }

  private static void writeHeader(FileChannel channel, byte[] header) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(header);
    long at = 0;
    while (rest.hasRemaining()) {
      at += channel.write(rest, at);
    }
  }
}
