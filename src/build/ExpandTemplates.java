import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Expands source templates, so that the variants of a kernel for every primitive type have one
 * source.
 *
 * <pre>java ExpandTemplates.java TEMPLATES OUTPUT</pre>
 *
 * <p>Every file below TEMPLATES whose name ends in {@code .java.template} becomes one or more files
 * below OUTPUT, in the same folder. Unchanged files are not rewritten; files in OUTPUT that no
 * template makes any more are deleted. A mistake is printed as {@code file:line: reason}, nothing
 * is written, and the exit code is 1.
 *
 * <p>A line whose first non-blank character is {@code #} is a directive; all others are text:
 *
 * <pre>
 * #variants [NAME]       A table up to #end: a row of keys, then one row per variant, cells separated by blanks.
 *   type    box          "_" alone stands for an empty cell, "~" inside a cell for a blank. A table without a
 *   int     Integer      NAME is called "variants".
 *   double  Double
 * #end
 * #each [NAME]           Repeats the lines up to #endeach for every row of the table; may be nested.
 * #endeach
 * #if key=a|b            Keeps the lines up to #else or #endif where key has one of these values, with "!=" where it
 * #else                  has none of them; may be nested.
 * #endif
 * ## words               A comment, left out.
 * </pre>
 *
 * <p>{@code ${key}} in the text, or in a cell's value, is replaced by the cell of the row at hand;
 * the innermost {@code #each} wins; a key that is not defined there is a mistake. If the name of
 * the template itself contains a {@code ${key}}, one file is written for every row of its first
 * table, and that row is at hand in the whole file.
 */
final class ExpandTemplates {
  private static final String SUFFIX = ".template";
  private static final String UNNAMED = "variants";
  private static final Pattern KEY = Pattern.compile("\\$\\{([A-Za-z][A-Za-z0-9_]*)}");
  private static final Pattern CONDITION =
      Pattern.compile("([A-Za-z][A-Za-z0-9_]*)\\s*(!?=)\\s*(\\S+)");

  private final String file;
  private final List<String> lines;
  private final Map<String, List<Map<String, String>>> tables = new LinkedHashMap<>();
  private int next;

  private ExpandTemplates(String file, List<String> lines) {
    this.file = file;
    this.lines = lines;
  }

  public static void main(String... arguments) throws IOException {
    System.exit(run(System.err, arguments));
  }

  /** Does the work of {@code main}: returns the exit code and reports to {@code err}. */
  static int run(PrintStream err, String... arguments) throws IOException {
    if (arguments.length != 2) {
      err.println("usage: java ExpandTemplates.java TEMPLATES OUTPUT");
      return 2;
    }
    Path templates = Path.of(arguments[0]);
    Path output = Path.of(arguments[1]);
    try {
      Map<Path, String> expanded = new LinkedHashMap<>();
      for (Path template : filesBelow(templates, ".java" + SUFFIX)) {
        expandFile(templates, template, output, expanded);
      }
      write(output, expanded);
      return 0;
    } catch (Mistake mistake) {
      err.println(mistake.getMessage());
      return 1;
    }
  }

  private static void expandFile(
      Path templates, Path template, Path output, Map<Path, String> expanded) throws IOException {
    var file = new ExpandTemplates(template.toString(), Files.readAllLines(template));
    List<Node> body = file.parse(0, Set.of());
    String name = templates.relativize(template).toString();
    name = name.substring(0, name.length() - SUFFIX.length());
    List<Map<String, String>> rows = List.of(Map.of());
    if (KEY.matcher(name).find()) {
      if (file.tables.isEmpty()) {
        throw file.mistake(
            1, "the name of the file has a ${key}, but the file has no #variants table");
      }
      rows = file.tables.values().iterator().next();
    }
    for (Map<String, String> row : rows) {
      var text =
          new StringBuilder(
              "// Expanded from " + template.getFileName() + ": change that file, not this one.\n");
      file.expand(body, row, text);
      Path target = output.resolve(file.substitute(1, name, row));
      if (expanded.put(target, text.toString()) != null) {
        throw file.mistake(1, "two variants, or two templates, make " + target.getFileName());
      }
    }
  }

  private static void write(Path output, Map<Path, String> expanded) throws IOException {
    if (Files.isDirectory(output)) {
      for (Path old : filesBelow(output, ".java")) {
        if (!expanded.containsKey(old)) {
          Files.delete(old);
        }
      }
    }
    Files.createDirectories(output);
    for (var entry : expanded.entrySet()) {
      Path target = entry.getKey();
      if (!Files.exists(target) || !Files.readString(target).equals(entry.getValue())) {
        Files.createDirectories(target.getParent());
        Files.writeString(target, entry.getValue());
      }
    }
  }

  private static List<Path> filesBelow(Path folder, String suffix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(path -> path.toString().endsWith(suffix))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  // Parsing: directives to nodes. `open` is the line of the directive whose body is read, 0 for the
  // file itself.

  private sealed interface Node {}

  private record Text(int line, String text) implements Node {}

  private record Each(int line, String table, List<Node> body) implements Node {}

  private record If(
      int line,
      String key,
      boolean negated,
      Set<String> values,
      List<Node> then,
      List<Node> otherwise)
      implements Node {}

  private List<Node> parse(int open, Set<String> closing) {
    var nodes = new ArrayList<Node>();
    while (next < lines.size()) {
      String line = lines.get(next++);
      int number = next;
      String stripped = line.strip();
      if (!stripped.startsWith("#")) {
        nodes.add(new Text(number, line));
        continue;
      }
      String[] words = stripped.split("\\s+", 2);
      String rest = words.length == 2 ? words[1].strip() : "";
      if (closing.contains(words[0])) {
        return nodes;
      }
      switch (words[0]) {
        case "##" -> {}
        case "#variants" -> readTable(number, rest.isEmpty() ? UNNAMED : rest);
        case "#each" ->
            nodes.add(
                new Each(
                    number, rest.isEmpty() ? UNNAMED : rest, parse(number, Set.of("#endeach"))));
        case "#if" -> nodes.add(parseIf(number, rest));
        case "#end", "#endeach", "#else", "#endif" ->
            throw mistake(
                number,
                words[0]
                    + " closes nothing"
                    + (open == 0 ? "" : "; open is line " + open + ", which ends at " + closing));
        default -> throw mistake(number, "unknown directive " + words[0]);
      }
    }
    if (!closing.isEmpty()) {
      throw mistake(
          open, lines.get(open - 1).strip() + " is never closed; expected one of " + closing);
    }
    return nodes;
  }

  private If parseIf(int number, String condition) {
    Matcher parts = CONDITION.matcher(condition);
    if (!parts.matches()) {
      throw mistake(number, "expected #if key=value|value or #if key!=value|value");
    }
    List<Node> then = parse(number, Set.of("#else", "#endif"));
    boolean hasElse = lines.get(next - 1).strip().startsWith("#else");
    List<Node> otherwise = hasElse ? parse(number, Set.of("#endif")) : List.of();
    Set<String> values =
        Set.of(new HashSet<>(List.of(parts.group(3).split("\\|"))).toArray(String[]::new));
    return new If(number, parts.group(1), parts.group(2).equals("!="), values, then, otherwise);
  }

  private void readTable(int open, String name) {
    if (tables.containsKey(name)) {
      throw mistake(open, "a second table with the name " + name);
    }
    String[] keys = null;
    var rows = new ArrayList<Map<String, String>>();
    while (next < lines.size()) {
      String line = lines.get(next++).strip();
      int number = next;
      if (line.equals("#end")) {
        if (rows.isEmpty()) {
          throw mistake(open, "the table " + name + " has no row");
        }
        tables.put(name, rows);
        return;
      }
      if (line.isEmpty() || line.startsWith("##")) {
        continue;
      }
      String[] cells = line.split("\\s+");
      if (keys == null) {
        keys = cells;
        for (String key : keys) {
          if (!KEY.matcher("${" + key + "}").matches()) {
            throw mistake(
                number, "'" + key + "' is not a key: a letter, then letters, digits or _");
          }
        }
        if (Set.copyOf(List.of(keys)).size() != keys.length) {
          throw mistake(number, "a key stands twice in the header");
        }
      } else if (cells.length != keys.length) {
        throw mistake(
            number,
            cells.length + " cells, but the header has " + keys.length + " keys " + List.of(keys));
      } else {
        var row = new LinkedHashMap<String, String>();
        for (int i = 0; i < keys.length; i++) {
          row.put(keys[i], cells[i].equals("_") ? "" : cells[i].replace('~', ' '));
        }
        rows.add(row);
      }
    }
    throw mistake(open, "#variants is never closed; expected #end");
  }

  // Expanding: nodes and the row at hand to text.

  private void expand(List<Node> nodes, Map<String, String> row, StringBuilder out) {
    for (Node node : nodes) {
      switch (node) {
        case Text text -> out.append(substitute(text.line, text.text, row)).append('\n');
        case Each each -> {
          List<Map<String, String>> table = tables.get(each.table);
          if (table == null) {
            throw mistake(
                each.line, "no table " + each.table + "; the file has " + tables.keySet());
          }
          for (Map<String, String> inner : table) {
            var both = new HashMap<>(row);
            both.putAll(inner);
            expand(each.body, both, out);
          }
        }
        case If test -> {
          String value = valueOf(test.line, test.key, row);
          boolean keeps = test.values.contains(value.isEmpty() ? "_" : value) != test.negated;
          expand(keeps ? test.then : test.otherwise, row, out);
        }
      }
    }
  }

  private String substitute(int line, String text, Map<String, String> row) {
    Matcher keys = KEY.matcher(text);
    if (!keys.find()) {
      return text;
    }
    String result =
        keys.replaceAll(match -> Matcher.quoteReplacement(cell(line, match.group(1), row)));
    return result.stripTrailing();
  }

  /** The cell's text, with the keys in it replaced; one level, so that no cell can call itself. */
  private String cell(int line, String key, Map<String, String> row) {
    Matcher inner = KEY.matcher(valueOf(line, key, row));
    return inner.replaceAll(match -> Matcher.quoteReplacement(valueOf(line, match.group(1), row)));
  }

  private String valueOf(int line, String key, Map<String, String> row) {
    String value = row.get(key);
    if (value == null) {
      throw mistake(
          line,
          "no key "
              + key
              + " here"
              + (row.isEmpty() ? "; no #each is open" : "; there are " + row.keySet()));
    }
    return value;
  }

  private Mistake mistake(int line, String reason) {
    return new Mistake(file + ":" + line + ": " + reason);
  }

  private static final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    Mistake(String message) {
      super(message);
    }
  }
}
