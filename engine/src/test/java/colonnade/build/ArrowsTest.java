package colonnade.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows between packages point one way: api to plan to exec to kernel and store to schema and
 * error. Reads the main sources, templates included, as text; a name is forbidden wherever it
 * stands, so that a qualified name is no way round.
 */
class ArrowsTest {
  /**
   * In files whose path, from the project's root with {@code /}, the scope accepts, the pattern
   * must not occur.
   */
  record Rule(String claim, Predicate<String> scope, Pattern forbidden) {
    @Override
    public String toString() {
      return claim;
    }
  }

  static final List<Rule> RULES =
      List.of(
          rule(
              "kernels know segments, never files or mappings",
              in("engine/kernel"),
              "colonnade\\.engine\\.(store|exec|plan)\\b|java\\.nio\\.(file|channels)\\b|java\\.io\\.(?!Serial)"),
          rule(
              "the store knows files, never arithmetic",
              in("engine/store"),
              "colonnade\\.engine\\.(kernel|exec|plan)\\b"),
          rule(
              "tables reach their files through Storage, where tests make them fail",
              in("engine/store")
                  .and(path ->
                      !path.matches(".*/store/(array/.*|LocalStorage|OpenFileLock|HostName).*")),
              "\\bFiles\\b|\\bFileChannel\\b|\\bRandomAccessFile\\b|\\btoRealPath\\b"),
          rule(
              "the plan knows neither kernels nor files",
              in("engine/plan"),
              "colonnade\\.engine\\.(kernel|store)\\b"),
          rule(
              "shared values and errors stand at the bottom",
              in("error").or(path -> path.matches("engine/src/main/java/colonnade/[^/]+")),
              "colonnade\\.engine\\b"),
          rule(
              "only kernel.simd names the incubator module",
              in("engine/kernel/simd").negate().and(javaSource()),
              "import\\s+(static\\s+|module\\s+)?jdk\\.incubator"),
          rule(
              "a page that is gone is no end of the process where bytes are compared",
              in("engine"),
              "MemorySegment(\\.|::)mismatch\\b"),
          rule(
              "nothing of ours uses Unsafe",
              path -> !path.startsWith("api/arrow/"),
              "\\b(sun\\.misc|jdk\\.internal)\\.\\w*"),
          rule(
              "only the command line ends the process",
              path ->
                  !path.startsWith("api/cli/")
                      && !path.startsWith("benchmarks/")
                      && !path.startsWith("examples/"),
              "\\bSystem\\.exit\\b|\\bRuntime\\.getRuntime\\(\\)\\.(exit|halt)\\b"));

  static List<Rule> rules() {
    return RULES;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(Rule rule) throws IOException {
    var breaches = new ArrayList<String>();
    for (Path source : mainSources()) {
      String path = ProjectRoot.path().relativize(source).toString().replace('\\', '/');
      if (rule.scope.test(path)) {
        List<String> lines = Files.readAllLines(source);
        for (int i = 0; i < lines.size(); i++) {
          if (rule.forbidden.matcher(withoutComment(lines.get(i))).find()) {
            breaches.add(path + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    assertThat(breaches).as(rule.claim).isEmpty();
  }

  @Test
  void readsTheSourcesOfAllModules() throws IOException {
    assertThat(mainSources())
        .anyMatch(path -> path.endsWith("colonnade/engine/package-info.java"))
        .anyMatch(path -> path.endsWith("colonnade/cli/Main.java"));
  }

  @Test
  void seesABreach() {
    Rule kernels = RULES.get(0);
    assertThat(kernels.scope.test("engine/src/main/java/colonnade/engine/kernel/Sum.java"))
        .isTrue();
    assertThat(
            kernels.scope.test(
                "engine/src/main/templates/colonnade/engine/kernel/Sum.java.template"))
        .isTrue();
    assertThat(kernels.forbidden.matcher("import colonnade.engine.store.Column;").find()).isTrue();
    assertThat(
            kernels
                .forbidden
                .matcher(withoutComment("  * see colonnade.engine.store.Column"))
                .find())
        .isFalse();
    assertThat(
            RULES
                .get(4)
                .scope
                .test("engine/src/main/java/colonnade/engine/kernel/simd/SumSimd.java"))
        .isFalse();
  }

  private static Rule rule(String claim, Predicate<String> scope, String forbidden) {
    return new Rule(claim, scope, Pattern.compile(forbidden));
  }

  /**
   * Files of the engine in this package, given by its path below {@code colonnade/}, and in the
   * packages below it.
   */
  private static Predicate<String> in(String folder) {
    return path ->
        path.startsWith("engine/src/main/") && path.contains("/colonnade/" + folder + "/");
  }

  private static Predicate<String> javaSource() {
    return path -> path.contains(".java");
  }

  private static String withoutComment(String line) {
    String stripped = line.strip();
    if (stripped.startsWith("*") || stripped.startsWith("/*") || stripped.startsWith("//")) {
      return "";
    }
    int comment = line.indexOf(" //");
    return comment < 0 ? line : line.substring(0, comment);
  }

  private static List<Path> mainSources() throws IOException {
    var sources = new ArrayList<Path>();
    for (String module : List.of("engine", "api", "examples", "benchmarks")) {
      try (Stream<Path> files = Files.walk(ProjectRoot.path().resolve(module))) {
        files
            .filter(path ->
                path.toString()
                    .matches(".*[/\\\\]src[/\\\\]main[/\\\\].*\\.(java|kt|java\\.template)"))
            .filter(path -> !path.toString().matches(".*[/\\\\]target[/\\\\].*"))
            .sorted()
            .forEach(sources::add);
      }
    }
    return sources;
  }
}
