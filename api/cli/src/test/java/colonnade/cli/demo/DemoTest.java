package colonnade.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.Table;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo on the real flights, twice: the second time without importing again. */
class DemoTest {
  private static final Path FLIGHTS = Path.of("../../examples/data/flights-3m.parquet");

  @TempDir Path folder;

  @Test
  void showsTheWorstHoursWritesACheckedColumnAndAPage() throws IOException {
    String first = demo();
    assertThat(first).contains("Import flights-3m.parquet").contains("ORD        0      119");
    assertThat(first).contains("group by origin, hour", "written column delay_z: mean");
    try (Table scaled = Table.open(folder.resolve("flights-scaled"))) {
      assertThat(scaled.rowCount()).isEqualTo(3_000_000);
      assertThat(scaled.schema().names())
          .containsExactly("date", "origin", "destination", "delay_z");
    }
    String page = Files.readString(folder.resolve("flights.html"));
    assertThat(page).contains("<td>ORD</td><td>0</td><td>119</td><td>189.2</td>");
    assertThat(page).doesNotContain("http");
    Matcher pictures = Pattern.compile("data:image/png;base64,([^\"]+)").matcher(page);
    for (int n = 0; n < 2; n++) {
      assertThat(pictures.find()).isTrue();
      byte[] picture = Base64.getDecoder().decode(pictures.group(1));
      assertThat(ImageIO.read(new ByteArrayInputStream(picture)).getWidth()).isEqualTo(900);
    }
    assertThat(pictures.find()).isFalse();

    String second = demo();
    assertThat(second).contains("done by an earlier run").contains("ORD        0      119");
    assertThat(second).doesNotContain("Import flights-3m.parquet");
  }

  private String demo() throws IOException {
    PrintStream out = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      new Demo(FLIGHTS, folder).run();
    } finally {
      System.setOut(out);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
