package colonnade.engine.exec;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves dense rows to memory of a region or to its temporary files. Dictionaries stay where they
 * are.
 */
public final class SpilledVectors {
  private SpilledVectors() {}

  /** The same rows in temporary files, which live as long as {@code region}. */
  public static MemoryTable.Rows of(MemoryTable.Rows rows, QueryMemory.Region region) {
    return of(rows, region::spill);
  }

  /** The same rows in memory of {@code region}, or where that is short in temporary files. */
  public static MemoryTable.Rows kept(MemoryTable.Rows rows, QueryMemory.Region region) {
    return of(rows, region::keep);
  }

  private static MemoryTable.Rows of(MemoryTable.Rows rows, UnaryOperator<MemorySegment> region) {
    Vector[] vectors = new Vector[rows.vectors().length];
    for (int c = 0; c < vectors.length; c++) {
      vectors[c] = of(rows.vectors()[c], rows.rowCount(), region);
    }
    return new MemoryTable.Rows(rows.rowCount(), vectors);
  }

  private static Vector of(Vector vector, int rowCount, UnaryOperator<MemorySegment> region) {
    MemorySegment bits = vector.validity();
    MemorySegment validity =
        bits == null ? null : spill(bits, vector.validityOffset(), (rowCount + 7L) / 8, region);
    if (vector.isCoded()) {
      long bytes = (long) rowCount * vector.codeWidthBytes();
      return Vector.coded(
          Objects.requireNonNull(vector.dictionary()),
          vector.codeWidthBytes(),
          spill(vector.data(), vector.dataOffset(), bytes, region),
          0,
          validity,
          0);
    }
    if (vector.type().isVariable()) {
      return variable(vector, rowCount, validity, region);
    }
    long bytes = (long) rowCount * vector.type().widthBytes();
    return Vector.fixed(
        vector.type(), spill(vector.data(), vector.dataOffset(), bytes, region), 0, validity, 0);
  }

  /** Offsets stay as they are, so bytes before the first row go along. */
  private static Vector variable(
      Vector vector,
      int rowCount,
      @Nullable MemorySegment validity,
      UnaryOperator<MemorySegment> region) {
    MemorySegment offsets = Objects.requireNonNull(vector.offsets());
    long end = offsets.get(JAVA_LONG_UNALIGNED, vector.offsetsOffset() + 8L * rowCount);
    return Vector.variable(
        vector.type(),
        spill(vector.data(), vector.dataOffset(), end, region),
        0,
        spill(offsets, vector.offsetsOffset(), 8L * (rowCount + 1), region),
        0,
        validity,
        0);
  }

  private static MemorySegment spill(
      MemorySegment memory, long offset, long bytes, UnaryOperator<MemorySegment> region) {
    return region.apply(memory.asSlice(offset, bytes));
  }
}
