package colonnade.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The {@code colonnade} command. Exit codes: 0 done, 1 the work failed, 2 the command line was
 * wrong. Errors go to standard error; a stack trace only with {@code --debug}.
 */
@Command(
    name = "colonnade",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    description = "Dataframes on mapped columns.",
    subcommands = {
      DemoCommand.class,
      ImportCommand.class,
      SchemaCommand.class,
      HeadCommand.class,
      DescribeCommand.class,
      StatCommand.class,
      HistoryCommand.class,
      DiffCommand.class,
      UndoCommand.class,
      VacuumCommand.class,
      GetCommand.class,
      PutCommand.class,
      RunCommand.class,
      ShellCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      RepairCommand.class,
      DoctorCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  private Main() {}

  /** Runs the command line and ends the process with its exit code. */
  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  /** Runs the command line and returns its exit code. */
  public static int run(String... arguments) {
    Main main = new Main();
    CommandLine commandLine =
        new CommandLine(main)
            .setExecutionExceptionHandler(
                (error, command, parsed) -> Failure.report(error, main.debug))
            .setParameterExceptionHandler((error, given) -> Failure.usage(error, main.debug));
    // What stands behind the script is the script's own, also --debug and --help.
    commandLine.getSubcommands().get("run").setStopAtPositional(true);
    try {
      return commandLine.execute(arguments);
    } catch (Error e) {
      return Failure.report(e, main.debug);
    } finally {
      System.out.flush();
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command");
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "colonnade " + (version == null ? "(not packaged)" : version),
        "Java "
            + Runtime.version()
            + ", "
            + System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
      };
    }
  }
}
