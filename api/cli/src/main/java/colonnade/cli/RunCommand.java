package colonnade.cli;

import colonnade.cli.jsh.JshRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code colonnade run SCRIPT.jsh [ARG …]}. */
@Command(
    name = "run",
    description =
        "Run a jshell script with everything imported; its arguments are in args. Exit code 1 on an"
            + " uncaught exception, 2 if it does not compile.")
final class RunCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "SCRIPT", description = "The script.")
  private Path script;

  @Parameters(index = "1..*", paramLabel = "ARG", description = "The script's arguments.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() {
    return JshRunner.run(script, arguments, System.err);
  }
}
