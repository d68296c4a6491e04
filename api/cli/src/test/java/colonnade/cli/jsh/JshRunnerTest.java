package colonnade.cli.jsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts stop at their first error, say where it was, and have an exit code. */
class JshRunnerTest {
  @TempDir Path folder;

  private record Outcome(int code, String out, String errors) {}

  @Test
  void aScriptHasColonnadeImportedAndItsArguments() throws IOException {
    Outcome outcome =
        run(
            """
            System.out.println(col("x").plus(1));
            System.out.println(args.length + " " + args[0] + " " + args[1]);
            """,
            "ä \"quoted\"\\\n",
            "");
    assertThat(outcome).isEqualTo(new Outcome(0, "(x + 1)\n2 ä \"quoted\"\\\n \n", ""));
  }

  @Test
  void aLineThatBeginsWithADotContinuesTheOneBefore() throws IOException {
    Outcome outcome =
        run(
            """
            var text = "abc"          // complete, were it not for the next line
                .replace("a", "x")
                // a comment in between
                .replace("b", "y");
            "abc"
                .length()
            System.out.println(text)
            """);
    assertThat(outcome).isEqualTo(new Outcome(0, "xyc\n", ""));
  }

  @Test
  void aMethodMayUseOneThatComesLater() throws IOException {
    Outcome outcome =
        run(
            """
            int six() { return 2 * three(); }
            int three() { return 3; }
            System.out.println(six())
            """);
    assertThat(outcome).isEqualTo(new Outcome(0, "6\n", ""));
  }

  @Test
  void theFirstExceptionEndsTheScriptWithItsLineAndStack() throws IOException {
    Outcome outcome =
        run(
            """
            System.out.println("before");
            int half(int x) {
              return x / 0;
            }

            int y =
                half(3);
            System.out.println("never");
            """);
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.out).isEqualTo("before\n");
    assertThat(outcome.errors)
        .startsWith(script() + ":3: java.lang.ArithmeticException: / by zero")
        .contains("at half (" + script() + ":3)", "at script (" + script() + ":7)");
  }

  @Test
  void anExceptionKeepsItsMessageAndCause() throws IOException {
    Outcome outcome =
        run(
            """
            try {
              Integer.parseInt("x");
            } catch (NumberFormatException e) {
              throw new IllegalStateException("outer", e);
            }
            """);
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.errors)
        .startsWith(script() + ":4: java.lang.IllegalStateException: outer")
        .contains("caused by java.lang.NumberFormatException");
  }

  @Test
  void theFirstSnippetThatDoesNotCompileEndsTheScriptWithItsLine() throws IOException {
    Outcome outcome =
        run(
            """
            System.out.println("before");

            String s = "a" +
                unknown;
            System.out.println("never");
            """);
    assertThat(outcome.code).isEqualTo(2);
    assertThat(outcome.out).isEqualTo("before\n");
    assertThat(outcome.errors).startsWith(script() + ":4: ").contains("    String s = \"a\" +");
  }

  @Test
  void aScriptThatEndsInTheMiddleOfASnippetDoesNotCompile() throws IOException {
    Outcome outcome = run("int x = 1;\nfor (;;) {\n  x++;\n");
    assertThat(outcome.code).isEqualTo(2);
    assertThat(outcome.errors).contains(script().toString(), "    for (;;) {");
  }

  @Test
  void usingWhatIsNeverDefinedIsAnErrorOfTheScript() throws IOException {
    Outcome outcome = run("int f() { return g(); }\nf();\n");
    assertThat(outcome.code).isEqualTo(1);
    assertThat(outcome.errors)
        .startsWith(script() + ":1: ")
        .contains("does not define: method g()");
  }

  @Test
  void exitEndsTheScriptWithItsCode() throws IOException {
    assertThat(run("System.out.println(1);\n/exit\nnonsense")).isEqualTo(new Outcome(0, "1\n", ""));
    assertThat(run("int n = 2;\n/exit n + 1\nnonsense").code).isEqualTo(3);
  }

  @Test
  void openRunsTheFileBesideTheScript() throws IOException {
    Files.writeString(folder.resolve("other.jsh"), "int x = 41;\n");
    assertThat(run("/open other.jsh\nSystem.out.println(x + 1);"))
        .isEqualTo(new Outcome(0, "42\n", ""));
    assertThat(run("\n/open missing.jsh").errors).startsWith(script() + ":2: ");
    assertThat(run("/open script.jsh").code).isEqualTo(2);
  }

  @Test
  void commandsOfTheInteractiveShellAreSkippedWithANote() throws IOException {
    Outcome outcome = run("/vars\nSystem.out.println(1);");
    assertThat(outcome.code).isEqualTo(0);
    assertThat(outcome.errors).startsWith(script() + ":1: /vars");
  }

  @Test
  void aMissingScriptIsAnErrorWithItsPath() {
    var errors = new ByteArrayOutputStream();
    int code =
        JshRunner.run(
            folder.resolve("nowhere.jsh"),
            List.of(),
            new PrintStream(errors, true, StandardCharsets.UTF_8));
    assertThat(code).isEqualTo(2);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("nowhere.jsh");
  }

  private Path script() {
    return folder.resolve("script.jsh");
  }

  private Outcome run(String text, String... arguments) throws IOException {
    Files.writeString(script(), text);
    var out = new ByteArrayOutputStream();
    var errors = new ByteArrayOutputStream();
    PrintStream standardOut = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int code =
          JshRunner.run(
              script(), List.of(arguments), new PrintStream(errors, true, StandardCharsets.UTF_8));
      return new Outcome(
          code, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(standardOut);
    }
  }
}
