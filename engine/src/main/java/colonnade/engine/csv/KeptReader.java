package colonnade.engine.csv;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import colonnade.DataType;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts one column of kept chunks together, in memory that the next use takes again. Not
 * thread-safe.
 */
final class KeptReader {
  /** Values that are put at a time: the length of the array that {@link #read} is lent. */
  static final int STEP_ROWS = 2048;

  private final int column;
  private final DataType type;
  private final @Nullable TextColumn texts;
  private final int width;
  private final FixedBlock block;
  private final NumberBytes numbers = new NumberBytes();
  private final Validity validity;

  KeptReader(int column, DataType type, @Nullable TextColumn texts, Arena arena) {
    this.column = column;
    this.type = type;
    this.texts = texts;
    this.width =
        texts == null ? type.widthBytes() : Dictionary.codeWidthBytes(texts.dictionary().size());
    this.block = new FixedBlock(width, arena);
    this.validity = new Validity(arena);
  }

  /** Whether a column of {@code type} can be kept. */
  static boolean isFor(DataType type, @Nullable TextColumn texts) {
    return !type.isVariable() || texts != null;
  }

  /** Whether all of {@code chunks} have the column. */
  boolean has(List<KeptChunk> chunks) {
    for (KeptChunk chunk : chunks) {
      if (chunk.column(column) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * All rows of {@code chunks}, which have the column; valid until the next call.
   *
   * @param values room for {@link #STEP_ROWS} values
   */
  Vector read(List<KeptChunk> chunks, long[] values) {
    validity.clear();
    int rows = 0;
    for (KeptChunk chunk : chunks) {
      KeptColumn kept = Objects.requireNonNull(chunk.column(column));
      for (int from = 0; from < chunk.rows(); from += STEP_ROWS) {
        int count = Math.min(STEP_ROWS, chunk.rows() - from);
        kept.read(from, count, values, numbers);
        block.put(values, rows + from, count);
      }
      noteNulls(kept, rows, chunk.rows());
      rows += chunk.rows();
    }
    Vector vector =
        texts == null
            ? Vector.fixed(type, block.segment(), 0, null, 0)
            : Vector.coded(texts.dictionary(), width, block.segment(), 0, null, 0);
    return validity.hasNulls() ? vector.withValidity(validity.toSegment(rows), 0) : vector;
  }

  private void noteNulls(KeptColumn kept, int firstRow, int rows) {
    if (kept.type() == null) {
      validity.setNulls(firstRow, firstRow + rows);
    } else if (kept.validity() != null) {
      for (int r = 0; r < rows; r++) {
        if ((kept.validity().get(JAVA_BYTE, r >> 3) >> (r & 7) & 1) == 0) {
          validity.setNull(firstRow + r);
        }
      }
    }
  }
}
