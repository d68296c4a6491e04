package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Retention;
import colonnade.Schema;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Republication;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableLock;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.TableWriter;
import colonnade.engine.store.Vector;
import colonnade.engine.store.Vectors;
import colonnade.engine.store.Verifier;
import colonnade.engine.store.WriteOptions;
import colonnade.rig.Child;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer appends, takes back and replaces, with collection after each commit, while processes
 * read: nothing fails, and nothing grows that should not. 20 minutes in the long form, or as many
 * seconds as {@code -Dsoak.seconds} says.
 */
@Reliability
class SoakTest {
  private static final int SECONDS =
      Integer.getInteger("soak.seconds", Reliability.Form.of(2, 1200));
  private static final int READERS = Reliability.Form.of(2, 4);
  private static final int BATCH = 5_000;
  private static final int COMMITS_OF_A_LIFE = 60;
  private static final WriteOptions OPTIONS =
      WriteOptions.DEFAULT.withRetention(Retention.generations(3));

  @TempDir(factory = RamDirectory.class)
  Path directory;

  private long reads;

  /**
   * A process that reads: each generation has the numbers from 0 on, whose sum it checks. Now and
   * then it holds one while it opens others. A line of input asks for its footprint.
   */
  static final class Reader {
    private Reader() {}

    public static void main(String[] args) throws IOException {
      Path table = Path.of(args[0]);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      long reads = 0;
      while (true) {
        if (in.ready()) {
          String line = in.readLine();
          System.out.println(Footprint.of(table) + " " + reads);
          System.out.flush();
          if (line == null || line.equals("end")) {
            return;
          }
        }
        try (Snapshot held = TableStore.open(table)) {
          reads += read(held);
          for (int i = 0; i < 10; i++) {
            try (Snapshot next = TableStore.open(table)) {
              if (next.generation() < held.generation()) {
                throw new AssertionError("went back to " + next.generation());
              }
              reads += read(next);
            }
          }
          reads += read(held);
        }
      }
    }

    private static long read(Snapshot snapshot) {
      MappedColumn column = snapshot.column(0);
      long sum = 0;
      for (long row = 0; row < column.rowCount(); row += 4096) {
        int n = (int) Math.min(4096, column.rowCount() - row);
        Vector vector = column.vector(row, n);
        for (int i = 0; i < n; i++) {
          sum += vector.longAt(i);
        }
      }
      if (sum != snapshot.rowCount() * (snapshot.rowCount() - 1) / 2) {
        throw new AssertionError("generation " + snapshot.generation() + " sums to " + sum);
      }
      return 1;
    }
  }

  @Test
  void nothingFailsAndNothingGrowsBesideAWriter() throws Exception {
    Path table = directory.resolve("table");
    life(table);
    List<Process> readers = new ArrayList<>();
    try {
      for (int i = 0; i < READERS; i++) {
        readers.add(Child.start(Reader.class, table.toString()));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      long commits = life(table);
      List<Footprint> first = ask(readers, "more");
      Footprint before = Footprint.of(table);
      long diskBefore = Footprint.diskBytes(table);
      while (System.nanoTime() < end) {
        commits += life(table);
      }
      List<Footprint> last = ask(readers, "end");
      long diskAfter = Footprint.diskBytes(table);
      Footprint after = Footprint.of(table);
      for (Process reader : readers) {
        assertThat(reader.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(reader.exitValue()).isZero();
      }
      Reliability.Form.report(
          String.format(
              "%d seconds, %,d commits, %,d reads by %d processes; writer at start: %s, %,d bytes"
                  + " on disk; at end: %s, %,d bytes; readers at start: %s; at end: %s",
              SECONDS,
              commits,
              reads,
              READERS,
              before.describe(),
              diskBefore,
              after.describe(),
              diskAfter,
              first.stream().map(Footprint::describe).toList(),
              last.stream().map(Footprint::describe).toList()));
      for (int i = 0; i < READERS; i++) {
        assertThat(last.get(i).mappings()).isZero();
        assertThat(last.get(i).descriptors()).isLessThanOrEqualTo(first.get(i).descriptors() + 2);
      }
      assertThat(after.mappings()).isZero();
      assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 4);
      assertThat(diskAfter).isLessThan(2 * diskBefore + 1_000_000);
      life(table);
      assertThat(TableStore.generations(table)).hasSize(3);
      assertThat(Verifier.verify(table).findings()).isEmpty();
    } finally {
      readers.forEach(Process::destroyForcibly);
    }
  }

  private List<Footprint> ask(List<Process> readers, String word) throws IOException {
    List<Footprint> all = new ArrayList<>();
    for (Process reader : readers) {
      BufferedWriter input = reader.outputWriter(StandardCharsets.UTF_8);
      input.write(word + "\n");
      input.flush();
      String line = reader.inputReader(StandardCharsets.UTF_8).readLine();
      assertThat(line).matches("\\d+ \\d+ \\d+ \\d+");
      all.add(Footprint.parse(line));
      reads += word.equals("end") ? Long.parseLong(line.split(" ")[3]) : 0;
    }
    return all;
  }

  /** Replaces the table, appends to it and takes some of that back; returns the commits. */
  private static long life(Path table) {
    try (TableWriter writer =
        TableWriter.create(table, Schema.of("x", DataType.I64, "same", DataType.UTF8), OPTIONS)) {
      write(writer);
    }
    for (int i = 1; i < COMMITS_OF_A_LIFE; i++) {
      if (i % 20 == 0) {
        try (TableLock lock = TableLock.acquire(table)) {
          Republication.undo(lock, OPTIONS);
        }
      } else {
        try (TableWriter writer = TableWriter.append(table, OPTIONS)) {
          write(writer);
        }
      }
    }
    return COMMITS_OF_A_LIFE;
  }

  private static void write(TableWriter writer) {
    long first = writer.rowCount();
    try (Arena arena = Arena.ofConfined()) {
      List<Object> numbers =
          new ArrayList<>(LongStream.range(first, first + BATCH).boxed().toList());
      writer.write(
          new Vector[] {
            Vectors.plain(DataType.I64, numbers, arena),
            Vectors.plain(DataType.UTF8, new ArrayList<>(Collections.nCopies(BATCH, "same")), arena)
          },
          BATCH);
    }
  }
}
