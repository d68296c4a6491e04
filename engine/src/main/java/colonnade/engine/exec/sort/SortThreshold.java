package colonnade.engine.exec.sort;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.SelectionKernels;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a row behind which no row is wanted: as many rows as are wanted are known not to
 * order after it. Most other rows are rejected by one range test of the first key. Immutable; safe
 * for all threads.
 */
public final class SortThreshold {
  private final List<SortOrder.Key> keys;
  private final boolean[] isNull;
  private final long[] numbers;
  private final byte[][] texts;

  private SortThreshold(List<SortOrder.Key> keys) {
    this.keys = keys;
    this.isNull = new boolean[keys.size()];
    this.numbers = new long[keys.size()];
    this.texts = new byte[keys.size()][];
  }

  /** The keys of row {@code row} of {@code columns}, which are copied. */
  public static SortThreshold of(List<SortOrder.Key> keys, Vector[] columns, int row) {
    SortThreshold threshold = new SortThreshold(keys);
    for (int k = 0; k < keys.size(); k++) {
      Vector vector = columns[keys.get(k).column()];
      boolean missing = vector.isNull(row);
      threshold.isNull[k] = missing;
      threshold.texts[k] =
          missing || !vector.type().isVariable() ? new byte[0] : vector.bytesAt(row);
      threshold.numbers[k] = missing || vector.type().isVariable() ? 0 : number(vector, row);
    }
    return threshold;
  }

  /** The threshold, of this and {@code other}, that rejects more. */
  public SortThreshold stricter(@Nullable SortThreshold other) {
    if (other == null) {
      return this;
    }
    for (int k = 0; k < keys.size(); k++) {
      int order = compare(k, other.isNull[k], other.numbers[k], other.texts[k]);
      if (order != 0) {
        return order < 0 ? other : this;
      }
    }
    return this;
  }

  /**
   * Narrows {@code batch} to rows that order before the threshold, or as it does.
   *
   * @param strictly whether rows that order as the threshold does go too
   */
  public void narrow(Batch batch, boolean strictly, Kernels kernels) {
    Selection kept = batch.selection();
    narrowByFirstKey(batch.vector(keys.getFirst().column()), kept, kernels);
    int[] rows = kept.toList();
    int count = 0;
    for (int i = 0; i < kept.count(); i++) {
      int order = compare(batch, rows[i]);
      if (order < 0 || order == 0 && !strictly) {
        rows[count++] = rows[i];
      }
    }
    kept.setList(kept.size(), count);
  }

  /** Drops most rows that order behind the threshold by their first key. */
  private void narrowByFirstKey(Vector vector, Selection kept, Kernels kernels) {
    SortOrder.Key key = keys.getFirst();
    boolean keepsNulls = vector.validity() != null && (key.nullsFirst() || isNull[0]);
    if (keepsNulls || isNull[0] || vector.type().isVariable()) {
      return;
    }
    long number = numbers[0];
    if (!vector.type().isFloating()) {
      SelectionKernels.range(
          kernels,
          vector,
          kept,
          key.descending() ? number : Long.MIN_VALUE,
          key.descending() ? Long.MAX_VALUE : number,
          false);
      return;
    }
    double value = SortField.value(number);
    double least = Double.NEGATIVE_INFINITY;
    if (!key.descending()) {
      if (!Double.isNaN(value)) {
        SelectionKernels.range(kernels, vector, kept, least, value, false);
      }
    } else if (value > least) {
      // What is not below the value, NaN among it.
      double below =
          vector.type().widthBytes() == Float.BYTES
              ? Math.nextDown((float) value)
              : Math.nextDown(value);
      SelectionKernels.range(kernels, vector, kept, least, below, true);
    }
  }

  /** The order of a row against the threshold. */
  private int compare(Batch batch, int row) {
    for (int k = 0; k < keys.size(); k++) {
      Vector vector = batch.vector(keys.get(k).column());
      boolean missing = vector.isNull(row);
      int order;
      if (missing || !vector.type().isVariable()) {
        order = -compare(k, missing, missing ? 0 : number(vector, row), texts[k]);
      } else if (isNull[k]) {
        order = keys.get(k).nullsFirst() ? 1 : -1;
      } else {
        order = SortText.compare(vector, row, texts[k]);
        order = keys.get(k).descending() ? -order : order;
      }
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The order of this key against another. */
  private int compare(int k, boolean otherIsNull, long otherNumber, byte[] otherText) {
    SortOrder.Key key = keys.get(k);
    if (isNull[k] || otherIsNull) {
      return isNull[k] == otherIsNull ? 0 : isNull[k] == key.nullsFirst() ? -1 : 1;
    }
    int order = Long.compare(numbers[k], otherNumber);
    if (order == 0) {
      order = Arrays.compareUnsigned(texts[k], otherText);
    }
    return key.descending() ? -order : order;
  }

  private static long number(Vector vector, int row) {
    return vector.type().isFloating()
        ? SortField.ordered(vector.doubleAt(row))
        : vector.longAt(row);
  }
}
