package colonnade.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Where the tests find the project, its data, and the tools of this JDK. */
final class Surroundings {
  private Surroundings() {}

  /** The project's root. */
  static Path root() {
    String stated = System.getProperty("colonnade.root");
    return stated != null ? Path.of(stated) : Path.of("..").toAbsolutePath().normalize();
  }

  /** The real flights; where they are absent the test is skipped. */
  static Path flights() {
    Path ours = root().resolve("examples/data/flights-3m.parquet");
    Path shared = root().resolve("../shared/data/flights-3m.parquet").normalize();
    Path found = Files.exists(ours) ? ours : shared;
    assumeTrue(Files.exists(found), "no flights-3m.parquet in examples/data");
    return found;
  }

  /** Everything on the class path of this test that is there; jshell refuses what is not. */
  static String classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> Files.exists(Path.of(entry)))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The path of a tool of this JDK. */
  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** The command of a Java process with the flags of the launcher, to run {@code mainClass}. */
  static List<String> java(String mainClass, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                tool("java"),
                "@" + root().resolve("src/bin/jvm.args"),
                "-cp",
                classPath(),
                mainClass));
    command.addAll(List.of(arguments));
    return command;
  }
}
