package colonnade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every suite in its quick size: all answers are right, and the report is there. */
class QuickSuitesTest {
  @TempDir Path directory;

  static Set<String> suites() {
    return Main.suites();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void everybodyAnswersAlike(String suite) throws Exception {
    int exit =
        Main.run(
            suite, "--quick", "--repeats", "1", "--peers", "duckdb", "--dir", directory.toString());
    assertThat(exit).isZero();
    assertThat(Files.readString(directory.resolve("reports/" + suite + ".md")))
        .contains("| colonnade ms |")
        .doesNotContain("**wrong**", "**failed**");
    assertThat(Files.readString(directory.resolve("reports/" + suite + ".json")))
        .contains("\"medianMillis\"");
    assertThat(Files.readString(directory.resolve("reports/" + suite + ".html")))
        .contains("<svg", "</html>")
        .doesNotContain("http://", "https://", "{{");
  }

  @Test
  void refusesAnOptionThatDoesNotExist() throws Exception {
    assertThat(Main.run("scan", "--row", "5", "--dir", directory.toString())).isEqualTo(2);
  }

  @Test
  void refusesASuiteThatDoesNotExist() throws Exception {
    assertThat(Main.run("scans")).isEqualTo(2);
  }
}
