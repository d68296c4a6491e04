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
  int FIRST_LIMIT = 1 << 12;

  /** More bytes than this of the keys of one chunk are not kept for later. */
  long MOST_RUN_BYTES = 1 << 30;

  /** More bits than any keys that are packed take together. */
  int MOST_BITS = 128;

  /** By a number computed from the keys. */
  record Slots(List<KeyDomain> domains, int slots) implements GroupingChoice {}

  /**
   * By the keys packed into one long.
   *
   * @param firstLimit groups of a chunk at which it is first asked whether they repeat enough
   * @param parts the parts that rows are in which are grouped at the end, a power of two
   * @param apartKey the key that is not packed but kept in the number of the part, so that all rows
   *     are grouped at the end; or -1
   */
  record Packed(List<KeyDomain> domains, int firstLimit, int parts, int apartKey)
      implements GroupingChoice {
    /**
     * The key with the fewest bits that fits the number of the part, beside which the others fit.
     */
    static int apartKey(List<KeyDomain> domains, int parts) {
      int bits = domains.stream().mapToInt(PackedGrouping::bits).sum();
      int best = -1;
      for (int k = 0; k < domains.size(); k++) {
        int own = PackedGrouping.bits(domains.get(k));
        boolean fits = own <= Integer.numberOfTrailingZeros(parts) && bits - own <= 64;
        if (fits && (best < 0 || own < PackedGrouping.bits(domains.get(best)))) {
          best = k;
        }
      }
      return best;
    }
  }

  /** By one key whose equal values follow each other. */
  record Runs() implements GroupingChoice {}

  /**
   * By key rows of any kind.
   *
   * @param firstLimit as in {@link Packed}
   * @param mostRunBytes bytes of keys of a chunk, kept ungrouped, beyond which others are grouped
   */
  record Hashed(List<DataType> types, int firstLimit, long mostRunBytes) implements GroupingChoice {
    Hashed(List<DataType> types) {
      this(types, FIRST_LIMIT, MOST_RUN_BYTES);
    }
  }

  /**
   * The choice for these keys.
   *
   * @param rowCount rows of the input at most, or -1 if not known
   * @param mayLoosen whether rows may be kept to be grouped at the end
   */
  static GroupingChoice of(List<GroupKey> keys, long rowCount, boolean mayLoosen) {
    int parts = PartedGroups.partsForRows(rowCount);
    List<KeyDomain> domains = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    long slots = 1;
    int bits = 0;
    for (GroupKey key : keys) {
      types.add(key.type());
      KeyDomain domain = KeyDomain.ofType(key);
      if (domain == null) {
        slots = Long.MAX_VALUE;
        bits = MOST_BITS;
        continue;
      }
      domains.add(domain);
      slots =
          domain.size() >= MOST_SLOTS || slots > MOST_SLOTS
              ? Long.MAX_VALUE
              : slots * (domain.size() + 1);
      bits = Math.min(MOST_BITS, bits + PackedGrouping.bits(domain));
    }
    if (slots <= CHEAP_SLOTS || slots <= MOST_SLOTS && slots <= rowCount / ROWS_PER_SLOT) {
      return new Slots(domains, (int) slots);
    }
    if (keys.size() == 1 && keys.getFirst().inOrder()) {
      return new Runs();
    }
    if (bits <= 64) {
      return new Packed(domains, FIRST_LIMIT, parts, -1);
    }
    int apart = mayLoosen && bits < MOST_BITS ? Packed.apartKey(domains, parts) : -1;
    return apart >= 0 ? new Packed(domains, FIRST_LIMIT, parts, apart) : new Hashed(types);
  }

  /** Bytes of keys of a chunk, kept ungrouped, beyond which its other rows are grouped. */
  default long mostRunBytes() {
    return this instanceof Hashed hashed ? hashed.mostRunBytes : MOST_RUN_BYTES;
  }

  /** A grouping without groups yet; text goes to {@code region}. */
  default Grouping create(int expectedGroups, HeapUse heap, QueryMemory.Region region) {
    return switch (this) {
      case Slots slots -> new SlotGrouping(slots.domains);
      case Packed packed -> new PackedGrouping(packed, expectedGroups, heap);
      case Runs _ -> new RunGrouping(expectedGroups, heap);
      case Hashed hashed ->
          hashed.types.size() == 1 && hashed.types.getFirst().isVariable()
              ? new TextGrouping(hashed.firstLimit, expectedGroups, region, heap)
              : new HashGrouping(hashed.types, hashed.firstLimit, expectedGroups, region, heap);
    };
  }
}
