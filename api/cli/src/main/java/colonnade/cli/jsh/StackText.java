package colonnade.cli.jsh;

import java.util.Map;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;

/**
 * An exception that left a script, with the script's lines in the place of the shell's own names.
 */
final class StackText {
  private final JShell shell;
  private final Map<String, JshRunner.Place> places;

  /**
   * Writes exceptions of {@code shell}.
   *
   * @param places where the snippets stand, by the file name the shell gives them in a stack
   */
  StackText(JShell shell, Map<String, JshRunner.Place> places) {
    this.shell = shell;
    this.places = places;
  }

  /** First the line of the script, the exception and its message, then the stack and the causes. */
  String of(JShellException exception, JshRunner.Place snippet) {
    JshRunner.Place place = snippet;
    for (StackTraceElement frame : exception.getStackTrace()) {
      if (frame.getFileName() != null && places.containsKey(frame.getFileName())) {
        place = placeOf(frame);
        break;
      }
    }
    StringBuilder text = new StringBuilder(place.script() + ":" + place.line() + ": ");
    append(exception, text);
    return text.toString().stripTrailing();
  }

  private void append(Throwable exception, StringBuilder text) {
    switch (exception) {
      case EvalException thrown -> text.append(thrown.getExceptionClassName());
      case UnresolvedReferenceException unresolved -> {
        text.append("this uses what the script does not define:");
        shell
            .unresolvedDependencies(unresolved.getSnippet())
            .forEach(name -> text.append(' ').append(name));
      }
      default -> text.append(exception.getClass().getName());
    }
    if (exception instanceof EvalException && exception.getMessage() != null) {
      text.append(": ").append(exception.getMessage());
    }
    text.append('\n');
    for (StackTraceElement frame : exception.getStackTrace()) {
      text.append("    at ").append(frameText(frame)).append('\n');
    }
    if (exception.getCause() != null) {
      text.append("caused by ");
      append(exception.getCause(), text);
    }
  }

  private String frameText(StackTraceElement frame) {
    if (frame.getFileName() == null || !places.containsKey(frame.getFileName())) {
      return frame.toString();
    }
    JshRunner.Place place = placeOf(frame);
    String method = frame.getMethodName();
    String name =
        method == null || method.isEmpty() || method.startsWith("do_it$") ? "script" : method;
    return name + " (" + place.script() + ":" + place.line() + ")";
  }

  private JshRunner.Place placeOf(StackTraceElement frame) {
    JshRunner.Place start = places.get(frame.getFileName());
    return new JshRunner.Place(
        start.script(), start.line() + Math.max(0, frame.getLineNumber() - 1));
  }
}
