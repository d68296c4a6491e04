package colonnade.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents say about the tree is there. */
class DocumentsTest {
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)");
  private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z0-9]+([A-Z][A-Za-z0-9]*)+)`");

  @Test
  void linksBetweenFilesLeadSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : documents()) {
      for (MatchResult link : LINK.matcher(Files.readString(document)).results().toList()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(document.getFileName() + ": " + link.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void theTypesThatDocumentsNameExist() throws IOException {
    Set<String> known = wordsOfTheSources();
    var unknown = new ArrayList<String>();
    for (Path document : documents()) {
      for (MatchResult type : TYPE.matcher(Files.readString(document)).results().toList()) {
        if (!known.contains(type.group(1))) {
          unknown.add(document.getFileName() + ": " + type.group(1));
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void theTableOfErrorsListsEveryExceptionOnce() throws IOException {
    Path root = ProjectRoot.path();
    List<String> listed =
        Pattern.compile("(?m)^\\| `(\\w+)`")
            .matcher(Files.readString(root.resolve("src/docs/errors.md")))
            .results()
            .map(row -> row.group(1))
            .toList();
    try (Stream<Path> files = Files.list(root.resolve("engine/src/main/java/colonnade/error"))) {
      Set<String> classes =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("Exception.java"))
              .map(name -> name.substring(0, name.length() - ".java".length()))
              .filter(name -> !name.equals("ColonnadeException"))
              .collect(Collectors.toSet());
      assertThat(listed).containsExactlyInAnyOrderElementsOf(classes);
    }
  }

  private static List<Path> documents() throws IOException {
    Path root = ProjectRoot.path();
    var documents = new ArrayList<>(List.of(root.resolve("README.md")));
    documents.add(root.resolve("CONTRIBUTING.md"));
    try (Stream<Path> files = Files.list(root.resolve("src/docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  /**
   * Names of source files, and every capitalised word in them: types nested in them, and those of
   * the JDK they use.
   */
  private static Set<String> wordsOfTheSources() throws IOException {
    var words = new HashSet<String>();
    Pattern word = Pattern.compile("\\b[A-Z]\\w+");
    for (String module : List.of("engine", "api", "examples", "benchmarks", "src")) {
      try (Stream<Path> files = Files.walk(ProjectRoot.path().resolve(module))) {
        for (Path file :
            files
                .filter(path -> path.toString().matches(".*\\.(java|kt|java\\.template)"))
                .toList()) {
          words.add(file.getFileName().toString().replaceFirst("\\..*", ""));
          word.matcher(Files.readString(file)).results().forEach(match -> words.add(match.group()));
        }
      }
    }
    return words;
  }
}
