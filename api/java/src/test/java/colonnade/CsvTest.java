package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.observe.ProgressListener.Progress;
import colonnade.error.MalformedInputException;
import colonnade.error.StorageException;
import colonnade.error.UnknownColumnException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a CSV file says is what the frame holds. */
class CsvTest {
  @TempDir Path folder;

  @Test
  void infersTypesOverTheWholeFile() throws IOException {
    StringBuilder text = new StringBuilder("i,f,b,d,t,s,late\n");
    for (int n = 0; n < 70_000; n++) {
      text.append(n).append(",1.5,true,2001-02-03,2001-02-03 04:05:06,x,").append(n).append('\n');
    }
    text.append("-1,2,FALSE,2001-02-04,2001-02-04T04:05:06.25,y,seven\n");
    try (Table table = Csv.read(write(text)).collect()) {
      assertThat(table.schema().fields())
          .hasToString("[i: i64, f: f64, b: bool, d: date, t: timestamp, s: utf8, late: utf8]");
      Row last = table.row(70_000);
      assertThat(last.i64("i")).isEqualTo(-1);
      assertThat(last.f64("f")).isEqualTo(2);
      assertThat(last.bool("b")).isFalse();
      assertThat(last.date("d")).isEqualTo(LocalDate.of(2001, 2, 4));
      assertThat(last.timestamp("t")).isEqualTo(LocalDateTime.of(2001, 2, 4, 4, 5, 6, 250_000_000));
      assertThat(table.get("late", 69_999)).isEqualTo("69999");
      assertThat(last.text("late")).isEqualTo("seven");
    }
  }

  @Test
  void keepsAsTextWhatANumberWouldSpoil() throws IOException {
    Path path = write("zip,phone,id,hex\n01234,+4912345,12345678901234567890,0x10\n99999,5,7,8\n");
    try (Table table = Csv.read(path).collect()) {
      assertThat(table.schema().fields())
          .hasToString("[zip: utf8, phone: utf8, id: utf8, hex: utf8]");
      assertThat(table.get("zip", 0)).isEqualTo("01234");
      assertThat(table.get("id", 0)).isEqualTo("12345678901234567890");
    }
  }

  @Test
  void tellsEmptyTextFromNull() throws IOException {
    Path path = write("s,n\n,1\n\"\",\"\"\n\" \",\n");
    try (Table table = Csv.read(path).collect()) {
      assertThat(table.schema().fields()).hasToString("[s: utf8, n: i64]");
      assertThat(column(table, "s")).containsExactly(null, "", " ");
      assertThat(column(table, "n")).containsExactly(1L, null, null);
    }
  }

  @Test
  void takesAnEmptyLineForANullOnlyInAFileOfOneColumn() throws IOException {
    try (Table table = Csv.read(write("\nn\n1\n\n3\n")).collect()) {
      assertThat(column(table, "n")).containsExactly(1L, null, 3L);
    }
    try (Table table = Csv.read(write("n,m\n1,2\n\n3,4\n\n")).collect()) {
      assertThat(column(table, "n")).containsExactly(1L, 3L);
    }
    Path path = folder.resolve("written.csv");
    try (Table table = Table.of("s", new String[] {null, "", "x", null})) {
      Csv.write(table, path);
      try (Table again = Csv.read(path).collect()) {
        assertThat(column(again, "s")).containsExactly(null, "", "x", null);
      }
    }
  }

  @Test
  void readsQuotesLineEndsAndDelimitersInsideFields() throws IOException {
    Path path = write("a,b\r\n\"x, \"\"y\"\"\",\"two\nlines\"\r\nplain,\"\r\n\"\r\n");
    try (Table table = Csv.read(path).collect()) {
      assertThat(column(table, "a")).containsExactly("x, \"y\"", "plain");
      assertThat(column(table, "b")).containsExactly("two\nlines", "\r\n");
    }
  }

  @Test
  void looksForAHeader() throws IOException {
    assertThat(names(write("x,y\n1,2\n"), CsvOptions.defaults())).containsExactly("x", "y");
    assertThat(names(write("x,1\ny,2\n"), CsvOptions.defaults()))
        .containsExactly("column1", "column2");
    assertThat(names(write("x,1\ny,2\n"), CsvOptions.defaults().withHeader(true)))
        .containsExactly("x", "1");
    try (Table table =
        Csv.read(write("a\nb\n"), CsvOptions.defaults().withHeader(false)).collect()) {
      assertThat(column(table, "column1")).containsExactly("a", "b");
    }
  }

  @Test
  void givesEveryColumnANameOfItsOwn() throws IOException {
    assertThat(names(write("a,a,,a_2,a\n1,2,3,4,5\n"), CsvOptions.defaults()))
        .containsExactly("a", "a_2", "column3", "a_2_2", "a_3");
  }

  @Test
  void leavesOutCommentsAboveTheFirstRecordOnly() throws IOException {
    Path path = write("# made by hand\n#, twice\na,b\n1,x\n#2,y\n");
    try (Table table = Csv.read(path).collect()) {
      assertThat(column(table, "a")).containsExactly("1", "#2");
    }
    try (Table table = Csv.read(path, CsvOptions.defaults().withComment('#')).collect()) {
      assertThat(column(table, "a")).containsExactly(1L);
    }
  }

  @Test
  void readsAByteOrderMarkOtherCharsetsAndPackedFiles() throws IOException {
    Path marked = folder.resolve("marked.csv");
    Files.write(marked, "\ufeffname\nÄ\n".getBytes(StandardCharsets.UTF_8));
    assertThat(single(marked, CsvOptions.defaults())).isEqualTo("Ä");
    Path wide = folder.resolve("wide.csv");
    Files.write(wide, "\ufeffname\nÄ\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(single(wide, CsvOptions.defaults())).isEqualTo("Ä");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "name\nÄ\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(single(latin, CsvOptions.defaults().withCharset(StandardCharsets.ISO_8859_1)))
        .isEqualTo("Ä");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
      zip.write("name\nÄ\n".getBytes(StandardCharsets.UTF_8));
    }
    Path zipped = folder.resolve("packed.csv.gz");
    Files.write(zipped, packed.toByteArray());
    assertThat(single(zipped, CsvOptions.defaults())).isEqualTo("Ä");
  }

  @Test
  void takesDelimiterQuoteAndNullTexts() throws IOException {
    Path path = write("a;b\n'x;y';NA\n-;2\n");
    CsvOptions options =
        CsvOptions.defaults().withDelimiter(';').withQuote('\'').withNullTexts("NA", "-");
    try (Table table = Csv.read(path, options).collect()) {
      assertThat(column(table, "a")).containsExactly("x;y", null);
      assertThat(column(table, "b")).containsExactly(null, 2L);
    }
    Path tabs = folder.resolve("t.tsv");
    Files.writeString(tabs, "a\tb\n1\t2\n");
    assertThat(Csv.read(tabs).schema().names()).containsExactly("a", "b");
  }

  @Test
  void takesTypesThatAreGiven() throws IOException {
    Path path = write("a,b,c\n007,1,00ff\n+8,2.5,\n");
    CsvOptions options =
        CsvOptions.defaults()
            .withType("a", DataType.U8)
            .withType("b", DataType.F32)
            .withType("c", DataType.BINARY);
    try (Table table = Csv.read(path, options).collect()) {
      assertThat(table.schema().fields()).hasToString("[a: u8, b: f32, c: binary]");
      assertThat(column(table, "a")).containsExactly(7L, 8L);
      assertThat(table.row(0).bytes("c")).containsExactly(0, 0xff);
      assertThat(table.row(1).isNull("c")).isTrue();
    }
    assertThatThrownBy(() -> Csv.read(path, CsvOptions.defaults().withType("d", DataType.F64)))
        .isInstanceOf(UnknownColumnException.class);
  }

  @Test
  void namesLineColumnAndRemedyOfARowThatCannotBeRead() throws IOException {
    assertThatThrownBy(() -> Csv.read(write("a,b\n1,2\n\n3\n")))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line 4")
        .hasMessageContaining("1 fields where the table has 2 columns")
        .hasMessageContaining("withRejects");
    CsvOptions bytes = CsvOptions.defaults().withType("a", DataType.I8);
    assertThatThrownBy(() -> Csv.read(write("a,b\n1,2\n300,4\n"), bytes))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line 3, column 'a': '300' is no i8")
        .hasMessageContaining("withType(\"a\", UTF8)");
    assertThatThrownBy(() -> Csv.read(write("a\n\"x\"y\n")))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> Csv.read(write("a\n1\n\"x\n")))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line 3");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "name\nÄ\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Csv.read(latin))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("line 2: bytes that are not UTF-8");
    assertThatThrownBy(() -> Csv.read(write("")))
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("no records");
    assertThatThrownBy(() -> Csv.read(folder.resolve("none.csv")))
        .isInstanceOf(StorageException.class);
  }

  @Test
  void keepsRowsThatCannotBeReadAside() throws IOException {
    Path path = folder.resolve("bad.csv");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("n,s\n1,a\n2\n300,b\n4,\"c\"d\n5,e\n6,".getBytes(StandardCharsets.UTF_8));
    bytes.write(0xff);
    bytes.write("\n7,g\n8,\"open\n9,i\n".getBytes(StandardCharsets.UTF_8));
    Files.write(path, bytes.toByteArray());
    CsvRejects rejects = CsvRejects.create();
    CsvOptions options = CsvOptions.defaults().withType("n", DataType.I8).withRejects(rejects);
    Frame frame = Csv.read(path, options);
    assertThat(frame.count()).isEqualTo(4);
    try (Table table = frame.collect();
        Table onlyText = frame.select("s").collect();
        Table aside = rejects.table()) {
      assertThat(column(table, "n")).containsExactly(1L, 5L, 7L, 9L);
      assertThat(column(onlyText, "s")).containsExactly("a", "e", "g", "i");
      assertThat(column(aside, "line")).containsExactly(3L, 4L, 5L, 7L, 9L);
      assertThat(column(aside, "column")).containsExactly(null, "n", null, null, null);
      assertThat(rejects.list().get(1).reason()).isEqualTo("'300' is no i8");
      assertThat(rejects.list().get(1).text()).isEqualTo("300,b");
      assertThat(rejects.list().get(3).text()).isEqualTo("6,\ufffd");
    }
    CsvOptions fewer = options.withRejects(CsvRejects.upTo(4));
    assertThatThrownBy(() -> Csv.read(path, fewer).collect())
        .isInstanceOf(MalformedInputException.class)
        .hasMessageContaining("4 rows were rejected before");
  }

  @Test
  void readsOnlyTheColumnsAndRowsThatAreAskedFor() throws IOException {
    StringBuilder text = new StringBuilder("a,b,c\n");
    for (int n = 0; n < 100_000; n++) {
      text.append(n).append(',').append(n % 7).append(",t").append(n).append('\n');
    }
    Frame frame = Csv.read(write(text));
    try (Table table = frame.select("c", "a").limit(70_000, 3).collect()) {
      assertThat(column(table, "a")).containsExactly(70_000L, 70_001L, 70_002L);
      assertThat(column(table, "c")).containsExactly("t70000", "t70001", "t70002");
    }
    assertThat(frame.count()).isEqualTo(100_000);
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
    Path path = write("a\n1\n2\n");
    Csv.read(path, CsvOptions.defaults().withProgress(heard::add)).collect().close();
    assertThat(heard.getLast().pass()).isEqualTo(2);
    assertThat(heard.getLast().passCount()).isEqualTo(2);
    assertThat(heard.getLast().bytes()).isEqualTo(6).isEqualTo(heard.getLast().totalBytes());
    assertThat(heard.getLast().rows()).isEqualTo(3);
  }

  @Test
  void readsAFileOfHeaderOnly() throws IOException {
    try (Table table = Csv.read(write("a,b\n")).collect()) {
      assertThat(table.rowCount()).isZero();
      assertThat(table.schema().names()).containsExactly("a", "b");
    }
  }

  private Path write(CharSequence text) throws IOException {
    Path path = folder.resolve("test.csv");
    Files.writeString(path, text);
    return path;
  }

  private static List<String> names(Path path, CsvOptions options) {
    return Csv.read(path, options).schema().names();
  }

  private static Object single(Path path, CsvOptions options) {
    try (Table table = Csv.read(path, options).collect()) {
      assertThat(table.schema().names()).containsExactly("name");
      return table.get("name", 0);
    }
  }

  private static Object[] column(Table table, String column) {
    Object[] values = new Object[(int) table.rowCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = table.get(column, i);
    }
    return values;
  }
}
