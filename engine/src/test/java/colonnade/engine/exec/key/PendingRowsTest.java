package colonnade.engine.exec.key;

import static colonnade.DataType.BOOL;
import static colonnade.DataType.I64;
import static colonnade.DataType.UTF8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.Schema;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.store.Vector;
import colonnade.engine.store.key.KeyRows;
import colonnade.error.MemoryBudgetException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What waits for a commit, in memory and beyond. */
class PendingRowsTest {
  private static final Schema SCHEMA = Schema.of("text", UTF8, "key", I64, "gone", BOOL);
  private static final int KEYS = 20_000;

  private static PendingRows rows(long bytes) {
    return new PendingRows(SCHEMA, 1, 2, new KeyedLimits(100, bytes));
  }

  private static void put(PendingRows rows, long key, String text) {
    rows.room();
    rows.column(0).appendBytes(text.getBytes(StandardCharsets.UTF_8));
    rows.column(1).appendLong(key);
    rows.added(1);
  }

  private static String text(long key, int round) {
    return round + " of " + key + "-".repeat((int) (key % 90));
  }

  @Test
  void keepsRowsBeyondHalfOfItsLimitInFiles() {
    try (PendingRows rows = rows(1 << 20)) {
      int rounds = 6;
      for (int round = 0; round < rounds; round++) {
        for (long key = 0; key < KEYS; key++) {
          put(rows, key, text(key, round));
        }
      }
      // Most rows were superseded, and what is left of them moved together.
      assertThat(rows.rowCount()).isLessThan(rounds * KEYS);
      assertThat(rows.spilledBytes()).isPositive();
      rows.room();
      rows.column(1).appendLong(7);
      rows.removed();
      assertThat(rows.removals().test(rows.find(KeyRows.of(7)))).isTrue();
      for (long key = 8; key < KEYS; key += 77) {
        int row = rows.find(KeyRows.of(key));
        assertThat(rows.vector(0, row).textAt(rows.index(row))).isEqualTo(text(key, rounds - 1));
        assertThat(rows.removals().test(row)).isFalse();
      }
      assertThat(rows.find(KeyRows.of(KEYS))).isEqualTo(-1);
      int[] newest = rows.newest();
      assertThat(newest).hasSize(KEYS);
      try (QueryMemory memory = new QueryMemory(Long.MAX_VALUE)) {
        ColumnBuilder[] columns = rows.columns(memory.region());
        rows.gather(newest, 0, newest.length, columns);
        Vector texts = columns[0].vector(0);
        Vector keys = columns[1].vector(0);
        for (int i = 0; i < KEYS - 1; i++) {
          assertThat(texts.textAt(i)).isEqualTo(text(keys.longAt(i), rounds - 1));
        }
        assertThat(texts.isNull(KEYS - 1)).isTrue();
      }
      rows.clear();
      assertThat(rows.rowCount()).isZero();
      assertThat(rows.spilledBytes()).isZero();
      assertThat(rows.find(KeyRows.of(8))).isEqualTo(-1);
    }
  }

  @Test
  void takesNoFilesBelowHalfOfItsLimit() {
    try (PendingRows rows = rows(64 << 20)) {
      for (long key = 0; key < KEYS; key++) {
        put(rows, key, text(key, 0));
      }
      assertThat(rows.spilledBytes()).isZero();
    }
  }

  @Test
  void refusesMoreKeysThanItMayKeep() {
    try (PendingRows rows = rows(10_000 * KeyedLimits.KEY_BYTES)) {
      assertThatThrownBy(
              () -> {
                for (long key = 0; key < KEYS; key++) {
                  put(rows, key, "");
                }
              })
          .isInstanceOf(MemoryBudgetException.class)
          .hasMessageContaining("10,000 keys may change between two commits")
          .hasMessageContaining("Commit in between");
      assertThat(rows.rowCount()).isBetween(10_000, 14_096);
      rows.clear();
      put(rows, 1, "again");
    }
  }
}
