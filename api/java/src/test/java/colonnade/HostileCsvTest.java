package colonnade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.hostile.Allowance;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Text files that someone made to hurt: typed errors, quickly, in no space. */
class HostileCsvTest {
  @TempDir Path directory;

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private static Content text(String text) {
    return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  static Stream<Named<Content>> files() {
    Map<String, Content> all = new LinkedHashMap<>();
    all.put("nothing", text(""));
    all.put("a mark and nothing", text("\uFEFF"));
    all.put("a field of 20 MiB", text("a,b\n1," + "x".repeat(20 << 20) + "\n"));
    all.put("a quote that never closes", text("a,b\n1,\"" + "x".repeat(20 << 20)));
    all.put("a header without end", text("x".repeat(70 << 20)));
    all.put("a million columns", text("c,".repeat(1_000_000) + "c\n"));
    all.put("fields without end", text("a,b\n" + ",".repeat(20 << 20)));
    all.put("ragged rows", text("a,b\n1,2\n1,2,3\n1\n"));
    all.put("a quote and text behind it", text("a,b\n\"1\"x,2\n"));
    all.put(
        "bytes that are no text",
        out -> out.write(new byte[] {'a', '\n', (byte) 0xc3, '\n', (byte) 0xff, '\n'}));
    return all.entrySet().stream().map(e -> Named.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void refusesAFile(Content content) throws IOException {
    Path file = directory.resolve("hostile.csv");
    try (OutputStream out = Files.newOutputStream(file)) {
      content.writeTo(out);
    }
    Allowance.refuses(() -> Csv.read(file).collect().close());
  }

  @Test
  void refusesWhatIsPackedToNothing() throws IOException {
    Path file = directory.resolve("hostile.csv.gz");
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < 80; i++) {
        out.write(zeros);
      }
    }
    assertThat(Files.size(file)).isLessThan(100_000);
    Allowance.refuses(() -> Csv.read(file).collect().close());
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0});
    Allowance.refuses(() -> Csv.read(file).collect().close());
  }

  @Test
  void refusesAPipeWithoutWaiting() throws Exception {
    Path pipe = directory.resolve("pipe.csv");
    Process mkfifo = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(mkfifo.waitFor() == 0, "mkfifo makes pipes here");
    Allowance.refuses(() -> Csv.read(pipe).collect().close());
    Allowance.refuses(() -> Csv.read(directory).collect().close());
  }
}
