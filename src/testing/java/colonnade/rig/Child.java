package colonnade.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of the tests in a JVM of their own. */
public final class Child {
  /** Options of a JVM that starts fast and stays small. */
  public static final List<String> SMALL =
      List.of(
          "-Xmx128m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "--enable-native-access=ALL-UNNAMED");

  private Child() {}

  /** Starts {@code main} in a small JVM. */
  public static Process start(Class<?> main, String... arguments) throws IOException {
    return builder(List.of(), SMALL, main, arguments).redirectErrorStream(true).start();
  }

  /**
   * What starts {@code main}.
   *
   * @param before the command that starts the JVM, or nothing
   * @param options of the JVM
   */
  public static ProcessBuilder builder(
      List<String> before, List<String> options, Class<?> main, String... arguments) {
    return builder(before, options, System.getProperty("java.class.path"), main, arguments);
  }

  /** The same with another class path. */
  public static ProcessBuilder builder(
      List<String> before,
      List<String> options,
      String classPath,
      Class<?> main,
      String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }
}
