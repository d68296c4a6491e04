package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.csv.KeptMemory;
import colonnade.engine.exec.QueryMemory;
import colonnade.error.MalformedInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the first pass keeps never changes what is read, however much of it there is room for. */
class CsvKeptTest {
  private static final int ROWS = 300_000;

  @TempDir Path folder;

  /** No room, room for a piece or two, for about half, and for all. */
  @ParameterizedTest
  @ValueSource(longs = {0, 2 * KeptMemory.TAKEN_BYTES + 1, 8 * KeptMemory.TAKEN_BYTES, 1L << 30})
  void readsTheSameWhateverWasKept(long budget) throws IOException {
    Path path = folder.resolve("rows.csv");
    Files.writeString(path, text());
    QueryMemory memory = new QueryMemory(budget);
    CsvLayout layout = CsvLayout.of(path, CsvOptions.defaults(), memory);
    assertThat(memory.usedBytes()).isLessThanOrEqualTo(budget / 2);
    assertThat(memory.usedBytes() > 0).isEqualTo(budget > 0);
    assertThat(layout.schema().fields())
        .hasToString("[n: i64, late: utf8, real: f64, kind: utf8, day: date, yes: bool]");
    Frame frame = Frame.of(new CsvSource(path, CsvOptions.defaults(), layout));
    for (int pass = 0; pass < 2; pass++) {
      try (Table table = frame.collect()) {
        assertThat(table.rowCount()).isEqualTo(ROWS);
        for (int r = 0; r < ROWS; r += 7) {
          check(table.row(r), r);
        }
        check(table.row(ROWS - 1), ROWS - 1);
      }
      assertThat(memory.usedBytes()).as("freed at the end of the pass").isZero();
    }
  }

  @Test
  void aPassThatEndsEarlyLeavesTheRestForTheNext() throws IOException {
    Path path = folder.resolve("rows.csv");
    Files.writeString(path, text());
    QueryMemory memory = new QueryMemory(1L << 30);
    CsvLayout layout = CsvLayout.of(path, CsvOptions.defaults(), memory);
    Frame frame = Frame.of(new CsvSource(path, CsvOptions.defaults(), layout));
    try (Table few = frame.limit(10).collect()) {
      check(few.row(9), 9);
    }
    assertThat(memory.usedBytes()).isPositive();
    try (Table all = frame.collect()) {
      check(all.row(ROWS - 1), ROWS - 1);
    }
    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void aFileThatWasWrittenAgainIsReadAgain() throws IOException {
    Path path = folder.resolve("rows.csv");
    Files.writeString(path, text());
    FileTime before = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    Files.setLastModifiedTime(path, before);
    Frame frame = Csv.read(path);
    Files.writeString(path, text().replace("\n299998,", "\n199998,"));
    try (Table table = frame.collect()) {
      assertThat(table.row(ROWS - 2).i64("n")).isEqualTo(199_998);
    }
  }

  @Test
  void rejectsAreToldInEachPass() throws IOException {
    Path path = folder.resolve("bad.csv");
    Files.writeString(path, text() + "1,2\n");
    assertThatThrownBy(() -> Csv.read(path))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line " + (ROWS + 2));
    CsvRejects rejects = CsvRejects.create();
    Frame frame = Csv.read(path, CsvOptions.defaults().withRejects(rejects));
    for (int pass = 0; pass < 2; pass++) {
      assertThat(frame.count()).isEqualTo(ROWS);
      List<Long> lines = new ArrayList<>();
      rejects.list().forEach(reject -> lines.add(reject.line()));
      assertThat(lines).containsExactly(ROWS + 2L);
    }
  }

  private static void check(Row row, int r) {
    assertThat(row.i64("n")).isEqualTo(r);
    assertThat(row.text("late")).isEqualTo(r == ROWS - 1 ? "x" : "0" + r % 90);
    assertThat(row.f64("real")).isEqualTo(r / 4.0);
    assertThat(row.get("kind")).isEqualTo(r % 5 == 0 ? null : "a kind of some length " + r % 77);
    assertThat(row.get("day")).hasToString("2026-01-0" + (1 + r % 9));
    assertThat(row.get("yes")).isEqualTo(r % 3 == 0 ? null : (Object) (r % 3 == 1));
  }

  /** Of column {@code late} nothing but the last row shows that it is no number. */
  private static String text() {
    StringBuilder text = new StringBuilder("n,late,real,kind,day,yes\n");
    for (int r = 0; r < ROWS; r++) {
      text.append(r).append(',');
      text.append(r == ROWS - 1 ? "x" : "0" + r % 90).append(',');
      text.append(r / 4.0).append(',');
      text.append(r % 5 == 0 ? "" : "a kind of some length " + r % 77).append(',');
      text.append("2026-01-0").append(1 + r % 9).append(',');
      text.append(r % 3 == 0 ? "" : r % 3 == 1 ? "true" : "false").append('\n');
    }
    return text.toString();
  }
}
