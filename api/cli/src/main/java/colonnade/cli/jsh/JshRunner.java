package colonnade.cli.jsh;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs a jshell script from its first line to its end or its first error, in this process and on
 * the caller's thread, after the start-up script of Colonnade. What {@code jshell FILE} lacks: it
 * stops at an error, says where it was, and has an exit code. One runner runs one script at a time.
 *
 * <p>A script is what the shell takes, with two differences. A line that begins with a dot or an
 * operator continues the one before, even if that was complete. Of the shell's commands {@code
 * /exit}, {@code /exit N} and {@code /open FILE} (looked for beside the script first) do what they
 * say; others are skipped with a note.
 */
public final class JshRunner {
  /** The script ran to its end. */
  public static final int DONE = 0;

  /** An exception left the script. */
  public static final int FAILED = 1;

  /** The script cannot be read or compiled. */
  public static final int NOT_COMPILED = 2;

  /** How deep {@code /open} may nest; a script that opens itself ends here. */
  private static final int OPEN_DEPTH = 20;

  private final PrintStream errors;
  private final JShell shell;
  private final Map<String, Place> places = new HashMap<>();

  /** Where a snippet stands. */
  record Place(String script, int line) {}

  /** The end of the script, early or not. */
  private static final class Exit extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Exit(int code) {
      super(null, null, false, false);
      this.code = code;
    }
  }

  private JshRunner(JShell shell, PrintStream errors) {
    this.shell = shell;
    this.errors = errors;
  }

  /**
   * Runs {@code script}; what it prints goes to {@link System#out}.
   *
   * @param arguments the script's variable {@code String[] args}
   * @param errors told of the error that ends the script
   * @return the exit code: {@link #DONE}, {@link #FAILED}, {@link #NOT_COMPILED}, or what {@code
   *     /exit} says
   */
  public static int run(Path script, List<String> arguments, PrintStream errors) {
    try (JShell shell =
        JShell.builder()
            .executionEngine(new InThisThread(), Map.of())
            .compilerOptions(compilerOptions())
            .build()) {
      var runner = new JshRunner(shell, errors);
      try {
        runner.runAll(new ScriptText("start-up", Path.of(""), startUp()), OPEN_DEPTH);
        runner.shell.eval("args = new String[] {" + Literal.ofAll(arguments) + "};");
        runner.runFile(script, OPEN_DEPTH);
        return DONE;
      } catch (Exit exit) {
        return exit.code;
      } finally {
        System.out.flush();
      }
    }
  }

  /** The script that runs before every other: imports and {@code args}. */
  public static String startUp() {
    try (InputStream resource = JshRunner.class.getResourceAsStream("colonnade.jsh")) {
      if (resource == null) {
        throw new IllegalStateException("the start-up script is missing in this build");
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runFile(Path file, int depth) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw failed(NOT_COMPILED, "no script at " + file);
    } catch (IOException e) {
      throw failed(NOT_COMPILED, "script " + file + " cannot be read: " + e);
    }
    runAll(new ScriptText(file.toString(), file.resolveSibling(""), text), depth);
  }

  private void runAll(ScriptText script, int depth) {
    for (int start = script.skipBlanks(); !script.atEnd(); start = script.skipBlanks()) {
      String line = script.upTo(script.endOfLine(start));
      if (line.matches("(?s)/[a-z?!-].*")) {
        script.advance(line.length());
        command(line.strip(), script, script.line(start), depth);
      } else {
        runSnippet(script, start);
      }
    }
  }

  private void command(String command, ScriptText script, int line, int depth) {
    String[] words = command.split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    switch (words[0]) {
      case "/exit", "/ex" -> throw new Exit(exitCode(argument, script, line));
      case "/open", "/o" -> {
        if (depth == 0) {
          throw failed(
              NOT_COMPILED,
              script.name() + ":" + line + ": /open nests too deep; does a script open itself?");
        }
        Path beside = script.folder().resolve(argument);
        Path file = Files.exists(beside) ? beside : Path.of(argument);
        if (!Files.exists(file)) {
          throw failed(
              NOT_COMPILED, script.name() + ":" + line + ": /open finds no file " + argument);
        }
        runFile(file, depth - 1);
      }
      default ->
          errors.println(
              script.name()
                  + ":"
                  + line
                  + ": "
                  + words[0]
                  + " is for the interactive shell; skipped");
    }
  }

  private int exitCode(String expression, ScriptText script, int line) {
    if (expression.isEmpty()) {
      return DONE;
    }
    String value = "";
    for (SnippetEvent event : shell.eval(expression)) {
      value = event.value() == null ? "" : event.value();
    }
    if (!value.matches("-?\\d{1,9}")) {
      throw failed(
          NOT_COMPILED,
          script.name() + ":" + line + ": /exit takes a whole number, not " + expression);
    }
    return Integer.parseInt(value);
  }

  private void runSnippet(ScriptText script, int start) {
    int end = script.endOfLine(start);
    CompletionInfo info = analyze(script, end);
    while (end < script.length() && mayGoOn(script, info, end)) {
      end = script.endOfLine(end);
      info = analyze(script, end);
    }
    String source = info.source();
    if (!info.completeness().isComplete()) {
      source = script.upTo(end);
      script.advance(source.length());
    } else {
      script.advance(end - start - info.remaining().length());
    }
    if (!source.isBlank()) {
      evaluate(source, script, start);
    }
  }

  private CompletionInfo analyze(ScriptText script, int end) {
    return shell.sourceCodeAnalysis().analyzeCompletion(script.upTo(end));
  }

  private static boolean mayGoOn(ScriptText script, CompletionInfo info, int end) {
    return switch (info.completeness()) {
      case UNKNOWN, EMPTY -> false;
      case COMPLETE -> !info.source().stripTrailing().endsWith(";") && script.continuesAt(end);
      case COMPLETE_WITH_SEMI -> script.continuesAt(end);
      case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> true;
    };
  }

  private void evaluate(String source, ScriptText script, int start) {
    for (SnippetEvent event : shell.eval(source)) {
      Snippet snippet = event.snippet();
      if (event.causeSnippet() == null) {
        places.put("#" + snippet.id(), new Place(script.name(), script.line(start)));
      }
      if (event.status() == Snippet.Status.REJECTED) {
        throw rejected(source, snippet, script, start);
      }
      JShellException exception = event.exception();
      if (exception != null) {
        throw failed(
            FAILED,
            new StackText(shell, places)
                .of(exception, new Place(script.name(), script.line(start))));
      }
    }
  }

  private Exit rejected(String source, Snippet snippet, ScriptText script, int start) {
    List<Diag> problems = shell.diagnostics(snippet).filter(Diag::isError).toList();
    StringBuilder text = new StringBuilder();
    for (Diag problem : problems) {
      int offset = start + (int) Math.max(0, problem.getStartPosition());
      text.append(script.name()).append(':').append(script.line(offset)).append(": ");
      text.append(problem.getMessage(null)).append('\n');
    }
    if (problems.isEmpty()) {
      text.append(script.name())
          .append(':')
          .append(script.line(start))
          .append(": this does not compile\n");
    }
    source.stripTrailing().lines().forEach(line -> text.append("    ").append(line).append('\n'));
    return failed(NOT_COMPILED, text.toString().stripTrailing());
  }

  private Exit failed(int code, String message) {
    System.out.flush();
    errors.println(message);
    errors.flush();
    return new Exit(code);
  }

  private static String[] compilerOptions() {
    boolean vector = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    return vector ? new String[] {"--add-modules", "jdk.incubator.vector"} : new String[0];
  }

  /**
   * Runs snippets where the runner runs. The JDK's local provider gives each snippet a thread and
   * waits for all threads of its group, so for the engine's pool too if that started meanwhile.
   */
  private static final class InThisThread implements ExecutionControlProvider {
    @Override
    public String name() {
      return "colonnade";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return new DirectExecutionControl();
    }
  }
}
