package colonnade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The JDK's own shell, with the flags of {@code src/docs/jshell.md}, takes the start-up script, the
 * scripts of the examples, and text that is pasted.
 */
class PlainShellTest {
  @TempDir Path folder;

  @Test
  void runsAScriptOfTheExamples() throws Exception {
    Path scripts = Surroundings.root().resolve("examples/src/main/jshell");
    var command = new ArrayList<>(List.of(Surroundings.tool("jshell")));
    command.addAll(documentedFlags());
    command.add(scripts.resolve("resume-writing.jsh").toString());
    Output output = Output.ofProcess(folder, command);
    assertThat(output.text()).doesNotContain("Error:", "Exception");
    assertThat(output.answer())
        .isEqualTo(
            "answer: resumed at 60000, 100000 of 100000 rows, 100000 pairs, which differ by 0.0");
  }

  @Test
  void takesTheDocumentedSessionWhenItIsPasted() throws Exception {
    Files.copy(Surroundings.flights(), folder.resolve("flights-3m.parquet"));
    String session =
        String.join("\n", Fences.of(page(), "java"))
            + "\nSystem.out.println(\"answer: \" + worst);\n";
    Path text = Files.writeString(folder.resolve("session.txt"), session);
    var command =
        new ArrayList<>(Surroundings.java(PasteIntoShell.class.getName(), text.toString()));
    command.addAll(documentedFlags());
    Output output = Output.ofProcess(folder, command);
    assertThat(output.text()).doesNotContain("Error:", "Exception");
    assertThat(Double.parseDouble(output.answer().substring("answer: ".length()))).isPositive();
    assertThat(folder.resolve("flights-scaled")).isDirectory();
  }

  private static Path page() {
    return Surroundings.root().resolve("src/docs/jshell.md");
  }

  /** The options of the command on the page, with a class path. */
  private static List<String> documentedFlags() throws Exception {
    String command = Fences.of(page(), "").getFirst().replace("\\\n", " ").strip();
    var words = new ArrayList<>(List.of(command.split("\\s+")));
    assertThat(words.removeFirst()).isEqualTo("jshell");
    words.replaceAll(word ->
        word.equals("CLASSPATH")
            ? Surroundings.classPath()
            : word.startsWith("src/") ? Surroundings.root().resolve(word).toString() : word);
    return words;
  }
}
