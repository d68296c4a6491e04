package colonnade.cli;

import colonnade.error.ColonnadeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** Errors as the command line shows them. */
final class Failure {
  private Failure() {}

  /** Writes {@code error} to standard error; returns the exit code. */
  static int report(Exception error, boolean debug) {
    if (debug) {
      error.printStackTrace();
    } else {
      System.err.println("error: " + message(error));
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String message(Exception error) {
    return switch (error) {
      case ColonnadeException e -> e.getMessage();
      case NoSuchFileException e -> "there is no file " + e.getMessage();
      case AccessDeniedException e -> "no permission for " + e.getMessage();
      case IllegalArgumentException e when e.getMessage() != null -> e.getMessage();
      default -> error + "\nRun again with --debug for the stack trace.";
    };
  }
}
