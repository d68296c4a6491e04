package colonnade;

import static colonnade.Expr.col;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.GenerationGoneException;
import colonnade.error.InvalidQueryException;
import colonnade.error.NotATableException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reference to rows travels to another process in less than a kilobyte, and says if it is late.
 */
class TableRefTest {
  private static final int ROWS = 200_000;

  @TempDir Path folder;
  private Path path;

  @BeforeEach
  void write() {
    path = folder.resolve("größer:than 7");
    try (Table table = Table.of("x", LongStream.range(0, ROWS).toArray())) {
      table.writeTo(path).close();
    }
  }

  /** The other process: sums the rows that each line refers to. */
  static final class Worker {
    private Worker() {}

    public static void main(String[] args) throws IOException {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String answer;
        try {
          answer = Long.toString(sumOf(TableRef.parse(line)));
        } catch (GenerationGoneException e) {
          answer = "gone: " + e.place();
        }
        System.out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
      }
    }
  }

  private static long sumOf(TableRef ref) {
    try (Table table = ref.open();
        Table result = ref.rows(table).aggregate(sum("x").as("s")).collect()) {
      return result.row(0).i64("s");
    }
  }

  @Test
  void isReadInAnotherProcessWhileAWriterGoesOn() throws Exception {
    Process worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Dsun.jnu.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Table table = Table.open(path);
    try (BufferedReader answers = worker.inputReader(StandardCharsets.UTF_8);
        var work = worker.outputWriter(StandardCharsets.UTF_8)) {
      TableRef all = table.ref();
      for (int i = 0; i < 3; i++) {
        Table.of("x", new long[] {i}).writeTo(path, Mode.CREATE).close();
      }
      long sum = 0;
      for (TableRef part : all.split(3)) {
        work.write(part + "\n");
        work.flush();
        sum += Long.parseLong(answers.readLine());
      }
      assertThat(sum).isEqualTo((long) ROWS * (ROWS - 1) / 2);
      table.close();
      Table.of("x", new long[] {7}).writeTo(path, Mode.CREATE).close();
      work.write(all + "\n");
      work.flush();
      assertThat(answers.readLine()).startsWith("gone: ").endsWith(", generation 1");
    } finally {
      table.close();
      worker.destroyForcibly();
      assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void takesLessThanAKilobyteSerializedAndAsText() throws Exception {
    try (Table table = Table.open(path)) {
      TableRef ref = table.ref();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(ref);
      }
      assertThat(bytes.size()).isLessThan(1024);
      assertThat(ref.toString()).hasSizeLessThan(1024);
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertThat(in.readObject()).isEqualTo(ref);
      }
      assertThat(TableRef.parse(ref.toString())).isEqualTo(ref);
      assertThat(ref.path()).isEqualTo(path.toRealPath().toString());
    }
  }

  @Test
  void splitsIntoWholeBlocksThatAreAllRowsOnce() {
    TableRef all = new TableRef("/t", 3, 100, 200_000);
    List<TableRef> parts = all.split(3);
    assertThat(parts)
        .containsExactly(
            new TableRef("/t", 3, 100, 65_536),
            new TableRef("/t", 3, 65_636, 65_536),
            new TableRef("/t", 3, 131_172, 200_000 - 2 * 65_536));
    assertThat(all.split(1)).containsExactly(all);
    assertThat(all.split(50)).hasSize(4);
    assertThat(new TableRef("/t", 3, 0, 0).split(2)).isEmpty();
  }

  @Test
  void refusesWhatIsNoReference() {
    List<String> texts = new ArrayList<>(List.of("", "7", "7:0+1", "0:0+1:/t", "7:-1+1:/t"));
    texts.add("7:0+99999999999999999999:/t");
    for (String text : texts) {
      assertThatThrownBy(() -> TableRef.parse(text)).isInstanceOf(InvalidQueryException.class);
    }
    TableRef nowhere = new TableRef(folder.resolve("none").toString(), 1, 0, 1);
    assertThatThrownBy(nowhere::open).isInstanceOf(NotATableException.class);
    try (Table table = Table.open(path)) {
      TableRef more = new TableRef(table.ref().path(), 1, 0, ROWS + 1);
      assertThatThrownBy(() -> more.rows(table)).isInstanceOf(InvalidQueryException.class);
      assertThat(table.ref().rows(table).filter(col("x").lt(5)).count()).isEqualTo(5);
    }
  }
}
