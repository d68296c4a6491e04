package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.observe.ProgressListener.Progress;
import colonnade.error.MalformedInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of many chunks are read as if one thread had read them from their start to their end. */
class CsvChunksTest {
  private static final int ROWS = 60_000;

  @TempDir Path folder;

  @Test
  void readsTheSameHoweverTheFileIsStored() throws IOException {
    String text = text(',', "\n");
    Path plain = folder.resolve("plain.csv");
    Files.writeString(plain, text);
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Path latin = folder.resolve("latin.csv");
    Files.writeString(latin, text(',', "\r\n"), StandardCharsets.ISO_8859_1);
    Path wide = folder.resolve("wide.csv");
    Files.writeString(wide, '\ufeff' + text, StandardCharsets.UTF_16LE);
    Path thorn = folder.resolve("thorn.csv");
    Files.writeString(thorn, text('þ', "\n"));
    check(plain, CsvOptions.defaults());
    check(packed, CsvOptions.defaults());
    check(latin, CsvOptions.defaults().withCharset(StandardCharsets.ISO_8859_1));
    check(wide, CsvOptions.defaults());
    check(thorn, CsvOptions.defaults().withDelimiter('þ'));
    CsvOptions given =
        CsvOptions.defaults()
            .withType("n", DataType.I32)
            .withType("kind", DataType.UTF8)
            .withType("x", DataType.F64)
            .withType("text", DataType.UTF8);
    check(plain, given);
    check(packed, given);
  }

  @Test
  void keepsAFewTextsAsCodesInTheOrderOfTheFile() throws IOException {
    Path path = folder.resolve("codes.csv");
    Files.writeString(path, text(',', "\n"));
    Frame frame = Csv.read(path);
    try (Table table = frame.groupBy("kind").aggregate(Expr.count().as("rows")).collect()) {
      assertThat(table.rowCount()).isEqualTo(8);
      List<Object> kinds = new ArrayList<>();
      for (int r = 0; r < 8; r++) {
        kinds.add(table.get("kind", r));
        assertThat(table.row(r).i64("rows")).isBetween(ROWS / 8L - 1, ROWS / 8L + 1);
      }
      assertThat(kinds)
          .containsExactlyInAnyOrder(
              null, "kind 1", "kind 2", "kind 3", "kind 4", "kind 5", "kind 6", "kind 7");
    }
  }

  @Test
  void rejectsInTheOrderOfTheFile() throws IOException {
    StringBuilder text = new StringBuilder("n,m\n");
    List<Long> bad = new ArrayList<>();
    for (long line = 2; line < 200_000; line++) {
      if (line % 1_777 == 0) {
        text.append(line % 2 == 0 ? "1,2,3\n" : "\"open\"x,2\n");
        bad.add(line);
      } else if (line % 3_333 == 0) {
        text.append("\"two\nlines\",5\n");
        line++;
      } else {
        text.append(line).append(",\n");
      }
    }
    Path path = folder.resolve("bad.csv");
    Files.writeString(path, text);
    CsvRejects rejects = CsvRejects.create();
    Frame frame = Csv.read(path, CsvOptions.defaults().withRejects(rejects));
    assertThat(lines(rejects)).isEqualTo(bad);
    try (Table table = frame.collect()) {
      assertThat(lines(rejects)).isEqualTo(bad);
      assertThat(table.schema().fields()).hasToString("[n: utf8, m: i64]");
    }
    CsvOptions given =
        CsvOptions.defaults()
            .withType("n", DataType.UTF8)
            .withType("m", DataType.I64)
            .withRejects(rejects);
    assertThat(Csv.read(path, given).count()).isEqualTo(frame.count());
    assertThat(lines(rejects)).isEqualTo(bad);
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> Csv.read(path))
          .isInstanceOf(MalformedInputException.class)
          .hasMessageContaining("line " + bad.getFirst() + ":");
    }
    assertThatThrownBy(() -> Csv.read(path, given.withRejects(CsvRejects.upTo(50))).count())
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line " + bad.get(50) + ":");
  }

  @Test
  void countsRowsAndBytesExactly() throws IOException {
    Path path = folder.resolve("progress.csv");
    Files.writeString(path, text(',', "\n"));
    List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
    Csv.read(path, CsvOptions.defaults().withProgress(heard::add)).collect().close();
    List<Progress> ends =
        heard.stream().filter(progress -> progress.bytes() == progress.totalBytes()).toList();
    assertThat(ends).extracting(Progress::pass).startsWith(1).endsWith(2);
    assertThat(ends).extracting(Progress::rows).containsOnly(ROWS + 1L);
    assertThat(ends).extracting(Progress::totalBytes).containsOnly(Files.size(path));
    for (int i = 1; i < heard.size(); i++) {
      boolean samePass = heard.get(i).pass() == heard.get(i - 1).pass();
      assertThat(samePass && heard.get(i).rows() < heard.get(i - 1).rows()).isFalse();
    }
  }

  @Test
  void seesThatAFileHasChanged() throws IOException {
    Path path = folder.resolve("changed.csv");
    Files.writeString(path, text(',', "\n"));
    Frame frame = Csv.read(path);
    Files.writeString(path, text(',', "\n").replace("50000,", "x,"));
    assertThatThrownBy(() -> frame.collect().close())
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("is not what it was");
    Files.writeString(path, "n,kind,x,text\n1,a,2,b\n");
    assertThatThrownBy(() -> frame.collect().close())
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("is not what it was");
  }

  @Test
  void readsRecordsLongerThanAChunk() throws IOException {
    String lengthy = "long ".repeat(300_000);
    StringBuilder text = new StringBuilder("a,b\n1,\"" + lengthy + "\"\n");
    for (int i = 0; i < 100_000; i++) {
      text.append("2,\n");
    }
    text.append("3,").append(lengthy).append('\n');
    Path path = folder.resolve("long.csv");
    Files.writeString(path, text);
    try (Table table = Csv.read(path).collect()) {
      assertThat(table.rowCount()).isEqualTo(100_002);
      assertThat(table.get("b", 0)).isEqualTo(lengthy);
      assertThat(table.get("b", 1)).isNull();
      assertThat(table.get("b", 100_001)).isEqualTo(lengthy);
    }
  }

  private static String text(char delimiter, String lineEnd) {
    StringBuilder text = new StringBuilder();
    text.append("n|kind|x|text".replace('|', delimiter)).append(lineEnd);
    for (int n = 0; n < ROWS; n++) {
      text.append(n).append(delimiter).append(n % 8 == 0 ? "" : "kind " + n % 8);
      text.append(delimiter).append(n / 4.0).append(delimiter);
      if (n % 5_000 == 17) {
        text.append('"').append("é").append(delimiter).append(n).append("\"\"\n\"");
      } else {
        text.append("text ").append(n);
      }
      text.append(lineEnd);
    }
    return text.toString();
  }

  private static void check(Path path, CsvOptions options) {
    String name = path.getFileName().toString();
    String between = options.delimiter() == ',' ? "," : String.valueOf(options.delimiter());
    Frame frame = Csv.read(path, options);
    try (Table table = frame.collect()) {
      assertThat(table.rowCount()).as(name).isEqualTo(ROWS);
      for (int n = 0; n < ROWS; n += n % 5_000 == 17 ? 1 : 13) {
        Row row = table.row(n);
        assertThat(row.i64("n")).isEqualTo(n);
        assertThat(row.f64("x")).isEqualTo(n / 4.0);
        assertThat(row.isNull("kind") ? "" : row.text("kind"))
            .isEqualTo(n % 8 == 0 ? "" : "kind " + n % 8);
        assertThat(row.text("text"))
            .as(name)
            .isEqualTo(n % 5_000 == 17 ? "é" + between + n + "\"\n" : "text " + n);
      }
    }
    assertThat(frame.count()).isEqualTo(ROWS);
  }

  private static List<Long> lines(CsvRejects rejects) {
    return rejects.list().stream().map(CsvRejects.Reject::line).toList();
  }
}
