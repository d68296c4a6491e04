package colonnade.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import colonnade.Parquet;
import colonnade.Table;
import colonnade.error.NotATableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code in the documents runs. All Java blocks of a page make one script, which runs in a folder
 * with {@code flights-3m.parquet}; a Kotlin block stands, line by line, in a source of the
 * examples.
 */
class DocumentsRunTest {
  @TempDir Path folder;

  @TestFactory
  List<DynamicTest> theJavaOfAPageRunsFromItsTopToItsEnd() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (Path document : Fences.documents()) {
      var blocks = new ArrayList<>(Fences.of(document, "java"));
      blocks.addAll(Fences.of(document, "jshell"));
      if (!blocks.isEmpty()) {
        tests.add(
            DynamicTest.dynamicTest(
                document.getFileName().toString(), () -> run(document, String.join("\n", blocks))));
      }
    }
    assertThat(tests).isNotEmpty();
    return tests;
  }

  @Test
  void everyKotlinBlockStandsInASourceThatIsCompiled() throws IOException {
    List<String> sources = kotlinSources();
    for (Path document : Fences.documents()) {
      for (String block : Fences.of(document, "kotlin")) {
        assertThat(sources)
            .describedAs("%s: add this to a Kotlin source of the examples:%n%s", document, block)
            .anyMatch(source -> source.contains(withoutIndentation(block)));
      }
    }
  }

  @Test
  void theKotlinOfThePageRuns() throws Exception {
    Path place = Files.createDirectory(folder.resolve("kotlin"));
    Parquet.read(Surroundings.flights()).limit(100_000).writeTo(place.resolve("flights")).close();
    Output output = Output.ofProcess(place, Surroundings.java("colonnade.examples.KotlinPageKt"));
    assertThat(output.code()).describedAs(output.text()).isZero();
    assertThatExceptionOfType(NotATableException.class)
        .isThrownBy(() -> Table.open(place.resolve("cancelled")));
  }

  private void run(Path document, String code) throws Exception {
    Path place = Files.createDirectory(folder.resolve(document.getFileName().toString()));
    Files.copy(Surroundings.flights(), place.resolve("flights-3m.parquet"));
    Path script = Files.writeString(place.resolve("page.jsh"), code);
    Output output =
        Output.ofProcess(place, Surroundings.java(RunScript.class.getName(), script.toString()));
    assertThat(output.code()).describedAs(output.text()).isZero();
  }

  private static List<String> kotlinSources() throws IOException {
    var sources = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(Surroundings.root().resolve("examples/src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".kt")).toList()) {
        sources.add(withoutIndentation(Files.readString(file)));
      }
    }
    return sources;
  }

  /** Blocks stand deeper in a source than on a page. */
  private static String withoutIndentation(String text) {
    return text.lines().map(String::strip).reduce("", (all, line) -> all + "\n" + line) + "\n";
  }
}
