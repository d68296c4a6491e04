package colonnade;

import static colonnade.Expr.BOOL;
import static colonnade.Expr.DATE;
import static colonnade.Expr.F64;
import static colonnade.Expr.I64;
import static colonnade.Expr.TIMESTAMP_MICROS;
import static colonnade.Expr.U8;
import static colonnade.Expr.UTF8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.store.WriteOptions;
import colonnade.error.ClosedException;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import colonnade.error.NotATableException;
import colonnade.error.TypeMismatchException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are checked before they are appended, and kept when the policy says. */
class AppenderTest {
  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void choosePath() {
    path = folder.resolve("sensor");
  }

  @Test
  void appendsRowsOfEveryKind() {
    Schema schema =
        Schema.of("t", TIMESTAMP_MICROS, "d", DATE, "v", F64, "n", U8, "ok", BOOL, "s", UTF8);
    LocalDateTime time = LocalDateTime.of(2026, 1, 2, 3, 4, 5);
    try (Appender rows = Table.create(path, schema)) {
      rows.append(time, LocalDate.of(2026, 1, 2), 1.5, 255, true, "x");
      rows.append(Instant.ofEpochSecond(1), 1, 7, (byte) 0, false, "");
      rows.append(2L, null, null, null, null, null);
      assertThat(rows.rowCount()).isEqualTo(3);
    }
    try (Table table = Table.open(path)) {
      assertThat(table.row(0).timestamp("t")).isEqualTo(time);
      assertThat(table.row(0).i32("n")).isEqualTo(255);
      assertThat(table.row(1).timestamp("t")).isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0, 1));
      assertThat(table.row(1).date("d")).isEqualTo(LocalDate.of(1970, 1, 2));
      assertThat(table.row(1).f64("v")).isEqualTo(7.0);
      assertThat(table.row(1).text("s")).isEmpty();
      assertThat(table.row(2).timestamp("t"))
          .isEqualTo(LocalDateTime.of(1970, 1, 1, 0, 0, 0, 2_000));
      assertThat(table.row(2).isNull("s")).isTrue();
      assertThat(table.verify().isSound()).isTrue();
    }
  }

  @Test
  void refusesARowThatDoesNotFitAndKeepsTheOthers() {
    try (Appender rows = Table.create(path, Schema.of("n", U8, "v", F64))) {
      rows.append(1, 1.0);
      assertThatThrownBy(() -> rows.append(256, 1.0))
          .isInstanceOf(ComputationException.class)
          .hasMessageContaining("column 'n' is u8, which cannot hold 256");
      assertThatThrownBy(() -> rows.append(1, "x"))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("column 'v' is f64; a String does not go into it");
      assertThatThrownBy(() -> rows.append(1.5, 1.0)).isInstanceOf(TypeMismatchException.class);
      assertThatThrownBy(() -> rows.append(1)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> rows.append(1, (1L << 53) + 1))
          .isInstanceOf(ComputationException.class);
      rows.append(2, 2.0);
    }
    try (Table table = Table.open(path)) {
      assertThat(table.rowCount()).isEqualTo(2);
      assertThat(table.row(1).f64("v")).isEqualTo(2.0);
    }
  }

  @Test
  void makesACheckpointWheneverThePolicyAsks() {
    try (Appender rows = Table.create(path, Schema.of("n", I64), FlushPolicy.rows(100))) {
      for (long i = 0; i < 250; i++) {
        rows.append(i);
      }
      assertThat(rows.committedRowCount()).isEqualTo(200);
      try (Table table = Table.open(path)) {
        assertThat(table.rowCount()).isEqualTo(200);
      }
      rows.abort();
    }
    try (Table table = Table.open(path)) {
      assertThat(table.rowCount()).isEqualTo(200);
    }
  }

  @Test
  void makesACheckpointWithEveryRowIfAskedTo() {
    try (Appender rows = Table.create(path, Schema.of("n", I64), FlushPolicy.everyWrite())) {
      rows.append(1L);
      assertThat(rows.committedRowCount()).isEqualTo(1);
      rows.append(2L);
      assertThat(rows.committedRowCount()).isEqualTo(2);
    }
  }

  @Test
  void makesACheckpointWhenTimeHasPassed() {
    long[] nanos = {0};
    WriteOptions writing =
        WriteOptions.DEFAULT
            .withFlushPolicy(FlushPolicy.rows(10_000).or(Duration.ofSeconds(30)))
            .withNanoClock(() -> nanos[0]);
    try (Appender rows = Table.create(path, Schema.of("n", I64), Mode.READ_WRITE, writing)) {
      rows.append(1L);
      nanos[0] = Duration.ofSeconds(29).toNanos();
      rows.append(2L);
      assertThat(rows.committedRowCount()).isZero();
      nanos[0] = Duration.ofSeconds(30).toNanos();
      rows.append(3L);
      assertThat(rows.committedRowCount()).isEqualTo(3);
      rows.append(4L);
      assertThat(rows.committedRowCount()).isEqualTo(3);
    }
  }

  @Test
  void leavesNothingBehindWhenItIsAbortedBeforeTheFirstCheckpoint() {
    Appender rows = Table.create(path, Schema.of("n", I64));
    rows.append(1L);
    rows.abort();
    rows.close();
    assertThatThrownBy(() -> Table.open(path)).isInstanceOf(NotATableException.class);
    assertThatThrownBy(() -> rows.append(2L)).isInstanceOf(ClosedException.class);
  }

  @Test
  void goesOnAtTheEndOfATable() {
    try (Appender rows = Table.create(path, Schema.of("n", I64, "s", UTF8))) {
      rows.append(1L, "a");
    }
    try (Appender rows = Table.append(path)) {
      rows.append(2L, "b");
      rows.checkpoint();
      rows.append(3L, "a");
      assertThat(rows.rowCount()).isEqualTo(3);
    }
    try (Table table = Table.open(path)) {
      assertThat(table.row(1).text("s")).isEqualTo("b");
      assertThat(table.row(2).text("s")).isEqualTo("a");
    }
  }

  @Test
  void appendsWholeColumnsAndBatches() {
    double[] values = new double[10_000];
    String[] names = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
      names[i] = i % 3 == 0 ? null : "n" + i % 7;
    }
    try (Appender rows = Table.create(path, Schema.of("v", F64, "s", UTF8))) {
      rows.append(-1.0, "first");
      rows.appendColumns(values, names);
      assertThatThrownBy(() -> rows.appendColumns(values, new String[1]))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> rows.appendColumns(new String[] {"x"}, new String[] {"y"}))
          .isInstanceOf(TypeMismatchException.class);
      try (Table more = Table.of("s", new String[] {"last"}, "v", new double[] {9})) {
        more.forEachBatch(rows::append);
      }
    }
    try (Table table = Table.open(path)) {
      assertThat(table.rowCount()).isEqualTo(10_002);
      assertThat(table.row(0).text("s")).isEqualTo("first");
      assertThat(table.row(10_000).f64("v")).isEqualTo(9_999);
      assertThat(table.row(1).isNull("s")).isTrue();
      assertThat(table.row(10_001).text("s")).isEqualTo("last");
    }
  }

  @Test
  void refusesTextThatUtf8DoesNotHave() {
    try (Appender rows = Table.create(path, Schema.of("s", UTF8))) {
      assertThatThrownBy(() -> rows.append("a\ud800b")).isInstanceOf(ComputationException.class);
      rows.append("\ud83d\ude42");
    }
  }
}
