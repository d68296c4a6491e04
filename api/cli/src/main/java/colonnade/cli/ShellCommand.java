package colonnade.cli;

import colonnade.Table;
import colonnade.cli.jsh.JshRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.lang.model.SourceVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code colonnade shell [TABLE …]}: jshell of the running JDK, in a process of its own that has
 * the terminal.
 */
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description =
        "jshell with everything imported and each table a variable named after its directory.")
final class ShellCommand implements Callable<Integer> {
  private static final List<String> FLAGS =
      List.of(
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  @Parameters(arity = "0..*", paramLabel = "TABLE", description = "Tables to open for reading.")
  private List<Path> tables = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    StringBuilder startUp = new StringBuilder(JshRunner.startUp()).append('\n');
    Set<String> names = new HashSet<>();
    for (Path path : tables) {
      Table.open(path).close();
      String name = variable(path, names);
      String literal = path.toAbsolutePath().toString().replace("\\", "\\\\").replace("\"", "\\\"");
      startUp
          .append("var ")
          .append(name)
          .append(" = Table.open(\"")
          .append(literal)
          .append("\");\n");
      System.err.println(name + " = " + path);
    }
    Path script = Files.createTempFile("colonnade", ".jsh");
    try {
      Files.writeString(script, startUp);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "jshell").toString());
      command.add("--class-path");
      command.add(System.getProperty("java.class.path"));
      command.add("--add-modules");
      command.add("jdk.incubator.vector");
      FLAGS.forEach(flag -> command.add("-R" + flag));
      command.add("--startup");
      command.add(script.toString());
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } finally {
      Files.deleteIfExists(script);
    }
  }

  /**
   * A Java name for a table: its directory's name, as far as Java allows it, and not used before.
   */
  static String variable(Path path, Set<String> used) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    String name = (last == null ? "table" : last.toString()).replaceAll("[^\\p{Alnum}_]", "_");
    if (!SourceVersion.isName(name)) {
      name = "t_" + name;
    }
    String unique = name;
    for (int n = 2; !used.add(unique); n++) {
      unique = name + n;
    }
    return unique;
  }
}
