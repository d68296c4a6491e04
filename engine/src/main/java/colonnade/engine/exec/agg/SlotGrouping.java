package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * Groups by keys of small domains: a group's number is computed from its keys, each value and null
 * a digit, the last key's the lowest. Without keys there is one group.
 */
final class SlotGrouping implements Grouping {
  private final List<KeyDomain> domains;
  private final int[] strides;
  private final int slots;

  SlotGrouping(List<KeyDomain> domains) {
    this.domains = List.copyOf(domains);
    this.strides = new int[domains.size()];
    int stride = 1;
    for (int k = strides.length - 1; k >= 0; k--) {
      strides[k] = stride;
      stride = Math.multiplyExact(stride, Math.toIntExact(domains.get(k).size() + 1));
    }
    this.slots = stride;
  }

  /** The number of keys. */
  int keyCount() {
    return strides.length;
  }

  /** The domain of key {@code key}; its digit is a value less the least, null is the last. */
  KeyDomain domain(int key) {
    return domains.get(key);
  }

  /** What one more of the digit of key {@code key} adds to a group's number. */
  int stride(int key) {
    return strides[key];
  }

  @Override
  public void assign(Batch batch, BatchRows rows) {
    if (strides.length == 0) {
      return;
    }
    Arrays.fill(rows.groups, 0, rows.count, 0);
    for (int k = 0; k < strides.length; k++) {
      Vector key = batch.cells(k);
      KeyDomain domain = domains.get(k);
      domain.require(key);
      if (key.validity() == null) {
        Cells.addSlots(key, rows.rows, rows.count, domain.least(), strides[k], rows.groups);
      } else {
        assignWithNulls(key, domain, strides[k], rows);
      }
    }
  }

  private static void assignWithNulls(Vector key, KeyDomain domain, int stride, BatchRows rows) {
    int nullDigit = (int) domain.size();
    for (int i = 0; i < rows.count; i++) {
      int row = rows.rows == null ? i : rows.rows[i];
      int digit =
          key.isNull(row)
              ? nullDigit
              : (int) ((key.isCoded() ? key.code(row) : key.longAt(row)) - domain.least());
      rows.groups[i] += digit * stride;
    }
  }

  @Override
  public int groupCount() {
    return slots;
  }

  @Override
  public boolean isFixed() {
    return true;
  }

  @Override
  public long hash(int group) {
    throw new IllegalStateException("slots are not parted by hash");
  }

  @Override
  public void add(
      Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers) {
    System.arraycopy(groups, start, numbers, 0, count);
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    KeyDomain domain = domains.get(key);
    long size = domain.size();
    for (int i = 0; i < count; i++) {
      long digit = groups[i] / strides[key] % (size + 1);
      if (digit == size) {
        out.setNull(i);
      } else {
        out.setLong(i, domain.least() + digit);
      }
    }
  }
}
