package colonnade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import colonnade.Table;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code src/bin/colonnade} as a process, in a tree where everything is built already. */
class LauncherTest {
  @TempDir Path folder;
  private Path launcher;

  @BeforeEach
  void aBuiltTree() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "a launcher for POSIX shells");
    Path source = Path.of("").toAbsolutePath();
    while (!Files.exists(source.resolve("src/bin/colonnade"))) {
      source = source.getParent();
    }
    Path tree = folder.resolve("a tree");
    for (String file : List.of("src/bin/colonnade", "src/bin/jvm.args", "src/build/jdk")) {
      Path copy = tree.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(source.resolve(file), copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path target = Files.createDirectories(tree.resolve("api/cli/target/quick"));
    new JarOutputStream(Files.newOutputStream(target.resolve("colonnade-cli-0.jar")), manifest())
        .close();
    Files.writeString(
        target.resolve("classpath"),
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> Files.exists(Path.of(entry)))
            .collect(Collectors.joining(File.pathSeparator)));
    Files.createFile(target.resolve("launcher.stamp"));
    launcher =
        Files.createSymbolicLink(folder.resolve("linked"), tree.resolve("src/bin/colonnade"));
  }

  private static java.util.jar.Manifest manifest() {
    var manifest = new java.util.jar.Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    return manifest;
  }

  @Test
  void runsACommandThroughALinkAndEndsWithItsExitCode() throws Exception {
    Path table = folder.resolve("größe");
    Table.of("n", new long[] {7, 8}).writeTo(table).close();
    assertThat(run("get", table.toString(), "n", "1")).isEqualTo("8\n0");
    assertThat(run("get", table.toString(), "n", "2")).isEqualTo("1");
    assertThat(run("nothing")).isEqualTo("2");
  }

  /** Standard output and the exit code. */
  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().put("COLONNADE_JAVA_OPTS", "-Xmx256m -XX:TieredStopAtLevel=1");
    builder.environment().remove("LC_ALL");
    builder.environment().remove("LANG");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int code = process.waitFor();
    assertThat(Files.readString(errors)).doesNotContain("building");
    return out + code;
  }
}
