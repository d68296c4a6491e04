package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The same value in every row: a vector that is filled once. Text is one dictionary entry with all
 * codes zero.
 */
final class ConstantExpression implements BoundExpression {
  private final DataType type;
  private final @Nullable Object value;
  private final Vector vector;

  /**
   * A constant.
   *
   * @param value as in {@link colonnade.engine.plan.Expression.Literal}
   */
  ConstantExpression(DataType type, @Nullable Object value, Worker worker) {
    this.type = type;
    this.value = value;
    int rows = worker.batchRows();
    MemorySegment nulls = value == null ? worker.scratch((rows + 63) / 64 * 8L) : null;
    if (type.isVariable()) {
      byte[] bytes = value == null ? new byte[0] : bytesOf(value);
      MemorySegment text = worker.scratch(bytes.length);
      MemorySegment.copy(bytes, 0, text, JAVA_BYTE, 0, bytes.length);
      MemorySegment offsets = worker.scratch(2 * Long.BYTES);
      offsets.set(JAVA_LONG, Long.BYTES, bytes.length);
      vector =
          Vector.coded(
              new Dictionary(type, 1, offsets, text), 1, worker.scratch(rows), 0, nulls, 0);
    } else {
      MemorySegment data = worker.scratch((long) rows * type.widthBytes());
      if (value != null) {
        long bits = FixedWidth.bits(type, value);
        for (int i = 0; i < rows; i++) {
          FixedWidth.put(type, data, i, bits);
        }
      }
      vector = Vector.fixed(type, data, 0, nulls, 0);
    }
  }

  /** The bytes of a text or binary literal. */
  static byte[] bytesOf(Object value) {
    return value instanceof byte[] bytes
        ? bytes
        : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The value; null for null. */
  @Nullable Object value() {
    return value;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Selection rows) {
    return vector;
  }
}
