package colonnade.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a run of one suite found, filled while it runs. Not for several threads at once.
 *
 * <p>Times are medians; a ratio is a peer's median divided by ours.
 */
public final class Report {
  /** The name of the contestant that ratios are to. */
  public static final String US = "colonnade";

  private final String suite;
  private final String description;
  private final LocalDateTime started = LocalDateTime.now();
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Map<String, String> absent = new LinkedHashMap<>();
  private final Map<String, String> references = new LinkedHashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /** Empty. */
  public Report(String suite, String description) {
    this.suite = suite;
    this.description = description;
  }

  /** The suite's name. */
  public String suite() {
    return suite;
  }

  /** What the suite measures, in a sentence or two. */
  public String description() {
    return description;
  }

  /** When it began. */
  public String started() {
    return started.format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm"));
  }

  /** The machine, the JVM and the options. */
  public Map<String, String> settings() {
    return settings;
  }

  /** Notes a setting. */
  public void setting(String name, Object value) {
    settings.put(name, value.toString());
  }

  /** Releases of the contestants. */
  public Map<String, String> versions() {
    return versions;
  }

  /** Notes the release of a contestant. */
  public void version(String contestant, String version) {
    versions.put(contestant, version);
  }

  /** Peers that take no part, and why. */
  public Map<String, String> absent() {
    return absent;
  }

  /** Notes that a peer takes no part. */
  public void absent(String peer, String reason) {
    versions.remove(peer);
    absent.put(peer, reason);
    System.err.println("without " + peer + ": " + reason);
  }

  /** What the machine does beside it in the same run: its memory's or its disk's speed. */
  public Map<String, String> references() {
    return references;
  }

  /** Notes what the machine does. */
  public void reference(String name, String value) {
    references.put(name, value);
    System.err.println(name + ": " + value);
  }

  /** The questions. */
  public List<Entry> entries() {
    return entries;
  }

  /** Adds a question whose contestants are all done. */
  public void add(Entry entry) {
    entries.add(entry);
    System.err.println(MarkdownReport.line(this, entry));
  }

  /** Everybody in any cell, ourselves first. */
  public Set<String> contestants() {
    Set<String> names = new LinkedHashSet<>();
    names.add(US);
    entries.forEach(entry -> names.addAll(entry.cells().keySet()));
    return names;
  }

  /** The names of all figures of ours. */
  public Set<String> figures() {
    Set<String> names = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry.cells().get(US) instanceof Cell.Measured ours) {
        names.addAll(ours.figures().keySet());
      }
    }
    return names;
  }

  /** The geometric mean of the ratios to a peer; empty if there is none. */
  public OptionalDouble meanRatio(String peer) {
    double[] logs =
        entries.stream()
            .map(entry -> entry.ratio(peer))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(ratio -> Math.log(ratio.getAsDouble()))
            .toArray();
    return logs.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.exp(java.util.Arrays.stream(logs).average().orElse(0)));
  }

  /** Questions that were answered otherwise by somebody, or that we could not answer. */
  public List<String> wrongAnswers() {
    List<String> wrong = new ArrayList<>();
    for (Entry entry : entries) {
      entry
          .cells()
          .forEach((contestant, cell) -> {
            if (cell instanceof Cell.Wrong w) {
              wrong.add(entry.question() + ": " + contestant + " differs: " + w.difference());
            } else if (cell instanceof Cell.Failed f && contestant.equals(US)) {
              wrong.add(entry.question() + ": " + contestant + " failed: " + f.reason());
            }
          });
    }
    return wrong;
  }

  /** Writes the report as Markdown, JSON and a page, and gives the Markdown. */
  public String write(Path directory) throws IOException {
    Files.createDirectories(directory);
    String markdown = new MarkdownReport(this).text();
    Files.writeString(directory.resolve(suite + ".md"), markdown);
    Files.writeString(directory.resolve(suite + ".json"), new JsonReport(this).text());
    Files.writeString(directory.resolve(suite + ".html"), new HtmlReport(this).text());
    return markdown;
  }
}
