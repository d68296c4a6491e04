package colonnade.examples;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.cli.jsh.JshRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each program gives the same answer, to the last digit, in Java, Kotlin and jshell. */
class SameAnswersTest {
  @TempDir Path folder;

  @Test
  void exploringFlights() throws Exception {
    String flights = Surroundings.flights().toString();
    assertThat(answerOfAll("ExploreFlights", "explore-flights.jsh", flights))
        .matches("answer: [A-Z]{3} at \\d+ h: \\d+ late flights, .*");
  }

  @Test
  void trainingOnNormalisedColumns() throws Exception {
    String flights = Surroundings.flights().toString();
    assertThat(answerOfAll("TrainDelays", "train-delays.jsh", flights))
        .matches("answer: 19\\d{4} flights, weights \\[.*")
        .doesNotContain("NaN");
  }

  @Test
  void resumingAtACheckpoint() throws Exception {
    assertThat(answerOfAll("ResumeWriting", "resume-writing.jsh", "50000"))
        .isEqualTo(
            "answer: resumed at 30000, 50000 of 50000 rows, 50000 pairs, which differ by 0.0");
  }

  private String answerOfAll(String program, String script, String input) throws Exception {
    String java = ofMain(program, input, "java");
    assertThat(ofMain(program + "Kt", input, "kotlin")).isEqualTo(java);
    Path file = Surroundings.root().resolve("examples/src/main/jshell").resolve(script);
    List<String> arguments = List.of(input, folder.resolve("jshell").toString());
    Output jshell = Output.of(() -> JshRunner.run(file, arguments, System.err));
    assertThat(jshell.code()).isZero();
    assertThat(jshell.answer()).isEqualTo(java);
    return java;
  }

  /** Reflection, because the entry of Kotlin's {@code suspend fun main} is hidden from Java. */
  private String ofMain(String name, String input, String language) throws Exception {
    var main = Class.forName("colonnade.examples." + name).getMethod("main", String[].class);
    String[] arguments = {input, folder.resolve(language).toString()};
    return Output.of(
            () -> {
              main.invoke(null, (Object) arguments);
              return 0;
            })
        .answer();
  }
}
