package colonnade.engine.exec.agg;

import colonnade.DataType;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.hash.HeapUse;
import java.util.ArrayList;
import java.util.List;

/**
 * How the groups of a query are told apart. Chosen by the keys' domains and the number of rows, so
 * the same for any number of threads. An immutable value.
 */
sealed interface GroupingChoice {
  /** Fewer slots than this cost nothing, however few rows there are. */
  int CHEAP_SLOTS = 1 << 14;

  /** More slots than this do not stay near the processor. */
  int MOST_SLOTS = 1 << 22;

  /** Slots must be this many times fewer than rows, else chunks become too few. */
  int ROWS_PER_SLOT = 64;

  /** Fewer groups than this in a chunk are kept together however little they repeat. */
  int FIRST_LIMIT = 1 << 14;

  /** By a number computed from the keys. */
  record Slots(List<KeyDomain> domains, int slots) implements GroupingChoice {}

  /**
   * By the keys packed into one long.
   *
   * @param firstLimit groups of a chunk at which it is first asked whether they repeat enough
   */
  record Packed(List<KeyDomain> domains, int firstLimit) implements GroupingChoice {}

  /** By key rows of any kind. */
  record Hashed(List<DataType> types) implements GroupingChoice {}

  /**
   * The choice for these keys.
   *
   * @param rowCount rows of the input at most, or -1 if not known
   */
  static GroupingChoice of(List<GroupKey> keys, long rowCount) {
    List<KeyDomain> domains = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    long slots = 1;
    int bits = 0;
    for (GroupKey key : keys) {
      types.add(key.type());
      KeyDomain domain = KeyDomain.ofType(key);
      if (domain == null) {
        slots = Long.MAX_VALUE;
        bits = 65;
        continue;
      }
      domains.add(domain);
      slots =
          domain.size() >= MOST_SLOTS || slots > MOST_SLOTS
              ? Long.MAX_VALUE
              : slots * (domain.size() + 1);
      bits = Math.min(65, bits + PackedGrouping.bits(domain));
    }
    if (slots <= CHEAP_SLOTS || slots <= MOST_SLOTS && slots <= rowCount / ROWS_PER_SLOT) {
      return new Slots(domains, (int) slots);
    }
    return bits <= 64 ? new Packed(domains, FIRST_LIMIT) : new Hashed(types);
  }

  /** A grouping without groups yet; text goes to {@code region}. */
  default Grouping create(int expectedGroups, HeapUse heap, QueryMemory.Region region) {
    return switch (this) {
      case Slots slots -> new SlotGrouping(slots.domains);
      case Packed packed ->
          new PackedGrouping(packed.domains, packed.firstLimit, expectedGroups, heap);
      case Hashed hashed -> new HashGrouping(hashed.types, expectedGroups, region, heap);
    };
  }
}
