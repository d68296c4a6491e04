package colonnade.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Blocks of code in documents. */
final class Fences {
  private Fences() {}

  /** Every document of the project. */
  static List<Path> documents() throws IOException {
    Path root = Surroundings.root();
    var documents =
        new ArrayList<>(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")));
    try (Stream<Path> files = Files.list(root.resolve("src/docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  /**
   * The blocks of {@code language} in the order of the page, without the indentation of the fence.
   */
  static List<String> of(Path document, String language) throws IOException {
    var blocks = new ArrayList<String>();
    List<String> lines = Files.readAllLines(document);
    for (int i = 0; i < lines.size(); i++) {
      String fence = lines.get(i).strip();
      if (fence.startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).strip().equals("```")) {
          end++;
        }
        if (fence.substring(3).equals(language)) {
          blocks.add(String.join("\n", lines.subList(i + 1, end)).stripIndent());
        }
        i = end;
      }
    }
    return blocks;
  }
}
