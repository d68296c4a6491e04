package colonnade.cli;

import colonnade.error.ColonnadeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Errors as the command line shows them. */
final class Failure {
  private Failure() {}

  /** Writes {@code error} to standard error; returns the exit code of work that failed. */
  static int report(Throwable error, boolean debug) {
    if (debug) {
      error.printStackTrace();
    } else {
      System.err.println("error: " + message(error));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Writes what is wrong with the command line; returns the exit code for that. */
  static int usage(CommandLine.ParameterException error, boolean debug) {
    CommandLine command = error.getCommandLine();
    if (debug) {
      error.printStackTrace();
    }
    System.err.println("error: " + reason(error));
    CommandLine.UnmatchedArgumentException.printSuggestions(error, command.getErr());
    command.getErr().flush();
    System.err.print(
        "usage: " + command.getHelp().synopsis(0) + command.getCommandSpec().qualifiedName());
    System.err.println(" --help says more.");
    return CommandLine.ExitCode.USAGE;
  }

  private static String reason(CommandLine.ParameterException error) {
    if (error instanceof CommandLine.UnmatchedArgumentException unmatched
        && error.getCommandLine().getParent() == null) {
      return "there is no command '" + unmatched.getUnmatched().getFirst() + "'";
    }
    return String.valueOf(error.getMessage()).replaceFirst("^Error: ", "");
  }

  private static String message(Throwable error) {
    return switch (error) {
      case ColonnadeException e -> {
        String text = ofCommands(String.valueOf(e.getMessage()));
        boolean isUnsaid =
            e.getCause() instanceof AccessDeniedException && !text.contains("permission");
        yield isUnsaid ? text + "\nThe permissions of the file or its folder forbid it." : text;
      }
      case UncheckedIOException e when e.getCause() instanceof IOException cause -> message(cause);
      case NoSuchFileException e -> "there is no file " + e.getFile();
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case FileAlreadyExistsException e -> e.getFile() + " is there already";
      case OutOfMemoryError e ->
          "the Java heap is full. Give it more with COLONNADE_JAVA_OPTS=-Xmx4g.";
      case IllegalArgumentException e when e.getMessage() != null -> e.getMessage();
      default -> error + "\nRun again with --debug for the stack trace.";
    };
  }

  /** The library names its calls as remedies; whoever types commands has options instead. */
  private static String ofCommands(String message) {
    return message
        .replace(
            "keep such rows aside with CsvOptions.withRejects(CsvRejects.create())",
            "keep such rows aside with --rejects TABLE")
        .replace("give the file's delimiter or quote in CsvOptions", "say --delimiter or --quote")
        .replace("CsvOptions.withCharset", "--charset")
        .replace("CsvOptions.withQuote", "--quote")
        .replaceAll("CsvOptions\\.withType\\(\"([^\"]*)\", [^)]*\\)", "--type '$1:utf8'");
  }
}
