package colonnade.engine.store.array;

import colonnade.DataType;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Copies the elements of one view to another of the same shape, with widening, byte swapping and
 * overlap seen to.
 */
public final class Transfer {
  private Transfer() {}

  /**
   * Copies {@code from} to {@code to}. Where both lie in one file and may overlap, {@code from} is
   * first copied to memory of its own outside the heap.
   *
   * @throws InvalidQueryException if the shapes differ
   * @throws TypeMismatchException if a value of the one type may not fit the other
   */
  public static void copy(ArrayView from, ArrayView to) {
    if (!from.region().hasShapeOf(to.region())) {
      throw new InvalidQueryException(
          to.place(),
          "a region with shape "
              + from.region()
              + " cannot be assigned to one with shape "
              + to.region(),
          "Both need the same shape; slice one of them.");
    }
    DataType source = from.elements().type();
    DataType target = to.elements().type();
    if (!JavaArray.widens(source, target)) {
      throw new TypeMismatchException(
          to.place(),
          "elements of "
              + source
              + " from "
              + from.place()
              + " may not fit the "
              + target
              + " elements of "
              + to.place(),
          "Copy them to a Java array, convert them, and assign that.");
    }
    MemorySegment targetBytes = to.file().writableBytes();
    MemorySegment sourceBytes = from.file().bytes();
    try {
      if (from.file() == to.file() && overlap(from.region(), to.region())) {
        try (Arena arena = Arena.ofConfined()) {
          Region dense = Region.rowMajor(from.place(), from.region().shape());
          MemorySegment copy =
              arena.allocate(Math.max(1, dense.elementCount() * from.elements().width()));
          Elements bits = from.elements().asBits();
          move(sourceBytes, bits, from.region(), copy, bits, dense, null);
          move(copy, from.elements(), dense, targetBytes, to.elements(), to.region(), to);
        }
      } else {
        move(
            sourceBytes,
            from.elements(),
            from.region(),
            targetBytes,
            to.elements(),
            to.region(),
            to);
      }
    } catch (IllegalStateException | InternalError e) {
      throw (from.file().isClosed() ? from.file() : to.file()).accessFailure(e);
    }
    to.endWrite();
  }

  private static boolean overlap(Region a, Region b) {
    return a.start() < b.end() && b.start() < a.end();
  }

  private static void move(
      MemorySegment source,
      Elements from,
      Region fromRegion,
      MemorySegment target,
      Elements to,
      Region toRegion,
      @Nullable ArrayView written) {
    Mover mover = Mover.of(from, to);
    Runs read = fromRegion.runs();
    Runs write = toRegion.runs();
    while (read.hasMore()) {
      boolean dense = read.step() == 1 && write.step() == 1 && from.sameBytesAs(to);
      long count = Math.min(read.remaining(), write.remaining());
      long sourceAt = read.position() * from.width();
      long targetAt = write.position() * to.width();
      try {
        if (dense) {
          MemorySegment.copy(source, sourceAt, target, targetAt, count * from.width());
        } else {
          count = Math.min(count, CopyOut.CHUNK);
          mover.move(
              source,
              sourceAt,
              read.step() * from.width(),
              target,
              targetAt,
              write.step() * to.width(),
              (int) count);
        }
      } finally {
        if (written != null) {
          written.wrote(write.position(), write.step(), count);
        }
      }
      read.advance(count);
      write.advance(count);
    }
  }

  /** Moves a few elements through an array of the kind that both sides can hold. */
  private interface Mover {
    void move(
        MemorySegment source,
        long from,
        long fromStep,
        MemorySegment target,
        long to,
        long toStep,
        int count);

    static Mover of(Elements from, Elements to) {
      long[] longs = new long[CopyOut.CHUNK];
      if (from.type() == to.type()) {
        Elements read = from.asBits();
        Elements write = to.asBits();
        return (source, at, step, target, targetAt, targetStep, count) -> {
          read.readLongs(source, at, step, longs, 0, count);
          write.writeLongs(target, targetAt, targetStep, longs, 0, count);
        };
      }
      if (from.type() == DataType.F32) {
        double[] doubles = new double[CopyOut.CHUNK];
        return (source, at, step, target, targetAt, targetStep, count) -> {
          from.readDoubles(source, at, step, doubles, 0, count);
          to.writeDoubles(target, targetAt, targetStep, doubles, 0, count);
        };
      }
      boolean floating = to.type().isFloating();
      return (source, at, step, target, targetAt, targetStep, count) -> {
        from.readLongs(source, at, step, longs, 0, count);
        if (!floating) {
          to.writeLongs(target, targetAt, targetStep, longs, 0, count);
          return;
        }
        for (int i = 0; i < count; i++) {
          to.putDouble(target, targetAt + i * targetStep, longs[i]);
        }
      };
    }
  }
}
