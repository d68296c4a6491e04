package colonnade.engine.exec.agg;

import colonnade.engine.exec.Batch;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.hash.Cells;
import colonnade.engine.exec.hash.Hash;
import colonnade.engine.exec.hash.HeapUse;
import colonnade.engine.exec.hash.LongTable;
import colonnade.engine.store.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups by keys that fit 64 bits together: each value and null a digit, packed into one long. */
final class PackedGrouping extends LooseGrouping {
  private final List<KeyDomain> domains;
  private final int[] shifts;
  private final LongTable table;
  private final long[] packed = new long[Sizes.BATCH_ROWS];

  /** The key that is not packed, or -1; and its digits in the rows last seen. */
  private final int apartKey;

  private final int[] apart;
  private final int partShift;
  private int part;
  private final long[] digits = new long[Sizes.BATCH_ROWS];

  PackedGrouping(GroupingChoice.Packed choice, int expectedGroups, HeapUse heap) {
    super(choice.firstLimit());
    this.domains = List.copyOf(choice.domains());
    this.apartKey = choice.apartKey();
    this.apart = new int[apartKey < 0 ? 0 : Sizes.BATCH_ROWS];
    this.partShift = 64 - Integer.numberOfTrailingZeros(choice.parts());
    this.shifts = shifts(domains, apartKey);
    this.table = new LongTable(expectedGroups, heap);
  }

  /** The bits that a key of this domain takes, null included; 65 where that is over 64. */
  static int bits(KeyDomain domain) {
    long size = domain.size();
    return size == Long.MAX_VALUE ? 65 : 64 - Long.numberOfLeadingZeros(size);
  }

  @Override
  int assignUpTo(int from, BatchRows rows, int most) {
    return table.addUpTo(packed, from, rows.count, rows.groups, most);
  }

  /**
   * Whether one key does not fit beside the others. Its digit is then kept in the number of the
   * part that a row is in, by an exclusive or with the hash of the packed ones; groups are told
   * apart only within a part.
   */
  boolean keepsKeyApart() {
    return apartKey >= 0;
  }

  @Override
  int @Nullable [] turns() {
    return keepsKeyApart() ? apart : null;
  }

  @Override
  void ofPart(int number) {
    part = number;
  }

  @Override
  long[] looseKeys() {
    return packed;
  }

  @Override
  long hashOfLoose(long key) {
    return Hash.of(key);
  }

  @Override
  void assign(PartedRows rows, int row, int count, long[] keys, int at, int[] groups) {
    table.addUpTo(keys, at, at + count, groups, Integer.MAX_VALUE);
  }

  @Override
  void read(Batch batch, BatchRows rows) {
    Arrays.fill(packed, 0, rows.count, 0L);
    for (int k = 0; k < shifts.length; k++) {
      Vector key = batch.cells(k);
      KeyDomain domain = domains.get(k);
      domain.require(key);
      if (key.validity() == null && k != apartKey) {
        Cells.orDigits(key, rows.rows, rows.count, domain.least(), shifts[k], packed);
        continue;
      }
      Cells.longs(key, rows.rows, rows.count, digits);
      if (key.validity() != null) {
        long nullValue = domain.least() + domain.size();
        for (int i = 0; i < rows.count; i++) {
          if (key.isNull(rows.rows == null ? i : rows.rows[i])) {
            digits[i] = nullValue;
          }
        }
      }
      int shift = shifts[k];
      long least = domain.least();
      if (k == apartKey) {
        for (int i = 0; i < rows.count; i++) {
          apart[i] = (int) (digits[i] - least);
        }
        continue;
      }
      for (int i = 0; i < rows.count; i++) {
        packed[i] |= digits[i] - least << shift;
      }
    }
  }

  @Override
  public int groupCount() {
    return table.size();
  }

  @Override
  public long hash(int group) {
    return Hash.of(table.key(group));
  }

  @Override
  public void add(
      Grouping next, int[] groups, int start, int count, boolean lasting, int[] numbers) {
    LongTable other = ((PackedGrouping) next).table;
    int[] ids = new int[Math.min(count, Sizes.BATCH_ROWS)];
    for (int from = 0; from < count; from += Sizes.BATCH_ROWS) {
      int part = Math.min(Sizes.BATCH_ROWS, count - from);
      for (int i = 0; i < part; i++) {
        packed[i] = other.key(groups[start + from + i]);
      }
      table.add(packed, part, ids);
      System.arraycopy(ids, 0, numbers, from, part);
    }
  }

  @Override
  public void clear() {
    table.clear();
  }

  @Override
  public void write(int key, int[] groups, int count, ResultColumn out) {
    KeyDomain domain = domains.get(key);
    long mask = -1L >>> 64 - bits(domain);
    for (int i = 0; i < count; i++) {
      long packedKey = table.key(groups[i]);
      long digit =
          key == apartKey
              ? part ^ Hash.of(packedKey) >>> partShift
              : packedKey >>> shifts[key] & mask;
      if (digit == domain.size()) {
        out.setNull(i);
      } else {
        out.setLong(i, domain.least() + digit);
      }
    }
  }

  private static int[] shifts(List<KeyDomain> domains, int apartKey) {
    int[] shifts = new int[domains.size()];
    int shift = 0;
    for (int k = shifts.length - 1; k >= 0; k--) {
      shifts[k] = shift;
      shift += k == apartKey ? 0 : bits(domains.get(k));
    }
    return shifts;
  }
}
