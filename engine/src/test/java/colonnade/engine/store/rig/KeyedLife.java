package colonnade.engine.store.rig;

import static colonnade.DataType.I64;
import static colonnade.DataType.UTF8;

import colonnade.Checks;
import colonnade.OpenOptions;
import colonnade.Schema;
import colonnade.engine.exec.key.KeyedLimits;
import colonnade.engine.exec.key.KeyedRows;
import colonnade.engine.exec.key.PendingRows;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.WriteOptions;
import colonnade.engine.store.key.KeyIndex;
import colonnade.engine.store.key.KeyNotes;
import colonnade.engine.store.key.KeyRows;
import colonnade.engine.store.key.LiveRows;
import colonnade.engine.store.key.Removals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The life of a keyed table. Each round of six generations creates or replaces it, puts rows twice,
 * the second time with a new index file, removes and puts, vacuums, and puts again.
 */
final class KeyedLife implements Life {
  /** Generations in a round. */
  static final int ROUND = 6;

  private static final int KEYS = 16;

  /** Fewer rows than a round puts, so that there are index files, and fewer bytes than a commit. */
  private static final KeyedLimits LIMITS = new KeyedLimits(9, 20 * 48);

  /** States are copies in other directories; what is in them is compared, damaged or not. */
  private static final OpenOptions READING = OpenOptions.DEFAULT.withChecks(Checks.NEVER);

  private static final Schema SCHEMA = Schema.of("value", UTF8, "key", I64);

  private static int place(long generation) {
    return (int) ((generation - 1) % ROUND);
  }

  /** What generation {@code generation} puts, or removes where the value is null. */
  private static Map<Long, @Nullable String> changes(long generation) {
    Map<Long, @Nullable String> changes = new HashMap<>();
    int place = place(generation);
    for (long i = 0; place != 0 && place != 4 && i < 7; i++) {
      long key = (generation * 5 + i * 3) % KEYS;
      boolean removes = place == 3 && i % 2 == 0;
      changes.put(key, removes ? null : "g" + generation + "-" + key + "-".repeat(80));
    }
    return changes;
  }

  private static Map<Long, String> content(long generation) {
    Map<Long, String> rows = new HashMap<>();
    for (long g = generation - place(generation); g <= generation; g++) {
      changes(g)
          .forEach((key, value) -> {
            if (value == null) {
              rows.remove(key);
            } else {
              rows.put(key, value);
            }
          });
    }
    return rows;
  }

  @Override
  public void step(Path table, WriteOptions options, LongConsumer acknowledged) {
    long next = History.newest(table) + 1;
    if (place(next) == 0) {
      KeyedRows.create(table, SCHEMA, "key", options);
    } else {
      try (KeyedRows rows = KeyedRows.open(table, true, options, READING, LIMITS)) {
        changes(next).forEach((key, value) -> change(rows, key, value));
        if (place(next) == 4) {
          rows.vacuum();
        } else {
          rows.commit();
        }
        acknowledged.accept(next);
      }
      return;
    }
    acknowledged.accept(next);
  }

  private static void change(KeyedRows rows, long key, @Nullable String value) {
    if (value == null) {
      rows.remove(KeyRows.of(key), column -> column.appendLong(key));
    } else {
      PendingRows pending = rows.pending();
      pending.column(0).appendBytes(value.getBytes(StandardCharsets.UTF_8));
      pending.column(1).appendLong(key);
      pending.added(1);
    }
  }

  @Override
  public void compare(Snapshot snapshot) {
    Map<Long, String> expected = content(snapshot.generation());
    KeyNotes notes = KeyNotes.of(snapshot);
    var removals = Removals.of(snapshot, notes);
    try (KeyIndex index = KeyIndex.open(snapshot, notes)) {
      for (long key = 0; key < KEYS; key++) {
        long row = index.find(KeyRows.of(key), 0);
        boolean found = row >= 0 && !removals.test(row);
        String value =
            found
                ? snapshot.column(0).vector(row & ~7L, (int) (row & 7) + 1).textAt((int) (row & 7))
                : null;
        if (!Objects.equals(value, expected.get(key))) {
          throw new IllegalStateException(
              "generation "
                  + snapshot.generation()
                  + " has "
                  + value
                  + " for key "
                  + key
                  + ", not "
                  + expected.get(key));
        }
      }
      LiveRows live = LiveRows.of(index, removals);
      if (live.liveCount() != expected.size()) {
        throw new IllegalStateException(live.liveCount() + " rows count, not " + expected.size());
      }
    }
  }
}
