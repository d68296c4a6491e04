package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.FlushPolicy;
import colonnade.Mode;
import colonnade.error.ReadOnlyException;
import colonnade.error.ShapeMismatchException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Maps existing files. The length must be exactly what the layout needs, and is compared before
 * anything is mapped: a mapping beyond the end would silently grow a file opened for writing, and
 * end the process in one opened for reading.
 */
public final class ArrayOpener {
  /**
   * The largest array of which COPY_ON_WRITE makes a copy in memory, where the file may only be
   * read.
   */
  public static final long COPY_LIMIT_BYTES = 256L << 20;

  private ArrayOpener() {}

  /**
   * Maps the file that {@code layout} describes; {@link Mode#CREATE} maps a file that has just been
   * made.
   *
   * @throws StorageException if there is no such file, it is no regular file, or it cannot be
   *     opened or mapped
   * @throws ReadOnlyException if it may not be written and the mode needs that
   * @throws ShapeMismatchException if its length is not what the layout needs
   */
  public static ArrayFile open(ArrayLayout layout, Mode mode, FlushPolicy policy) {
    return open(layout, mode, policy, MemorySegment::force);
  }

  static ArrayFile open(
      ArrayLayout layout, Mode mode, FlushPolicy policy, Consumer<MemorySegment> sync) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment bytes = map(layout, mode, arena);
      return new ArrayFile(layout, mode, policy, arena, bytes, sync);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private static MemorySegment map(ArrayLayout layout, Mode mode, Arena arena) {
    if (mode == Mode.COPY_ON_WRITE) {
      try (FileChannel channel = RegularFile.open(layout.path(), true)) {
        return map(layout, channel, MapMode.PRIVATE, arena);
      } catch (ReadOnlyException e) {
        // A private mapping through Java needs a file opened for writing, though it never writes to
        // it.
        return copy(layout, arena, COPY_LIMIT_BYTES);
      } catch (IOException e) {
        throw RegularFile.failure(layout.path(), "closed", e);
      }
    }
    boolean forWriting = mode != Mode.READ_ONLY;
    try (FileChannel channel = RegularFile.open(layout.path(), forWriting)) {
      return map(layout, channel, forWriting ? MapMode.READ_WRITE : MapMode.READ_ONLY, arena);
    } catch (IOException e) {
      throw RegularFile.failure(layout.path(), "closed", e);
    }
  }

  private static MemorySegment map(
      ArrayLayout layout, FileChannel channel, MapMode mapMode, Arena arena) {
    try {
      checkLength(layout, channel);
      return channel.map(mapMode, layout.offsetBytes(), layout.dataBytes(), arena);
    } catch (IOException e) {
      throw new StorageException(
          layout.place(),
          layout.place() + " could not be mapped (" + layout.dataBytes() + " bytes)",
          "The system says: "
              + e.getMessage()
              + ". Close arrays and tables that are no longer used; the limits are vm.max_map_count"
              + " and the address space (ulimit -v).",
          e);
    }
  }

  /** Copies the file into memory outside the heap, which ends with the arena. */
  static MemorySegment copy(ArrayLayout layout, Arena arena, long limitBytes) {
    try (FileChannel channel = RegularFile.open(layout.path(), false)) {
      checkLength(layout, channel);
      if (layout.dataBytes() > limitBytes) {
        throw new ReadOnlyException(
            layout.place(),
            layout.place()
                + " may only be read by this process, and "
                + layout.dataBytes()
                + " bytes are too many to copy",
            "COPY_ON_WRITE needs permission to write, though it never does, or at most "
                + limitBytes
                + " bytes. Copy the file.");
      }
      MemorySegment bytes =
          arena.allocate(Math.max(1, layout.dataBytes())).asSlice(0, layout.dataBytes());
      MemorySegment mapped =
          channel.map(MapMode.READ_ONLY, layout.offsetBytes(), layout.dataBytes(), arena);
      return bytes.copyFrom(mapped);
    } catch (IOException e) {
      throw RegularFile.failure(layout.path(), "read", e);
    }
  }

  private static void checkLength(ArrayLayout layout, FileChannel channel) throws IOException {
    long actual = channel.size();
    long expected = layout.fileBytes();
    if (actual != expected) {
      throw new ShapeMismatchException(
          layout.place(),
          layout.place()
              + " is "
              + actual
              + " bytes; "
              + Arrays.toString(layout.region().shape())
              + " of "
              + layout.elements().type()
              + (layout.offsetBytes() == 0 ? "" : " from byte " + layout.offsetBytes() + " on")
              + " needs exactly "
              + expected,
          likelyCause(layout, channel, actual) + " The file was not changed.",
          expected,
          actual);
    }
  }

  private static String likelyCause(ArrayLayout layout, FileChannel channel, long actual)
      throws IOException {
    ByteBuffer start = ByteBuffer.allocate(NpyHeader.MAGIC_BYTES);
    if (channel.read(start, 0) == NpyHeader.MAGIC_BYTES && NpyHeader.hasMagic(start.array())) {
      return "It is an .npy file, which knows its own type and shape: open it with Npy.map.";
    }
    long data = actual - layout.offsetBytes();
    long count = layout.region().elementCount();
    if (data < 0) {
      return "It ends before the byte offset.";
    }
    if (count > 0 && data % count == 0) {
      for (DataType type : new DataType[] {DataType.F64, DataType.F32, DataType.I16, DataType.I8}) {
        if (type.widthBytes() == data / count) {
          return "It would hold exactly that shape of "
              + sameWidth(type)
              + ": opened with the wrong type?";
        }
      }
    }
    int width = layout.elements().width();
    if (data % width == 0) {
      return "It holds exactly "
          + data / width
          + " elements of "
          + layout.elements().type()
          + ": opened with the wrong shape, or cut short or grown after it was written?";
    }
    return "That is no whole number of elements of "
        + layout.elements().type()
        + ": opened with the wrong type or byte offset, or cut short?";
  }

  private static String sameWidth(DataType type) {
    return switch (type.widthBytes()) {
      case 8 -> "f64 values (or i64, timestamp)";
      case 4 -> "f32 values (or i32, u32, date)";
      case 2 -> "i16 values (or u16)";
      default -> "i8 values (or u8, bool)";
    };
  }
}
