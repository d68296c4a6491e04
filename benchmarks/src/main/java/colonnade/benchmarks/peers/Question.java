package colonnade.benchmarks.peers;

import colonnade.Frame;
import colonnade.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One question put to all contestants. An immutable value; each method makes a changed copy.
 *
 * @param name what the report calls it
 * @param dataset name of the table it is about
 * @param ours the question as a frame
 * @param texts the question in the languages of the peers: {@code sql} for all that speak it,
 *     {@code duckdb}, {@code questdb}, {@code polars}, {@code numpy} for one of them
 * @param refusals why a peer cannot be asked, by its name
 * @param keys how many columns at the front of the answer tell its rows apart
 * @param compared the columns of the answer that must be the same, from 0; empty for all. Where
 *     rows tie for the last place of a limit, only what they tie on is the same everywhere
 * @param large for answers too large to fetch: the columns whose sums are compared; the answer
 *     stays in memory, or in a temporary table. Empty: each value of the answer is read
 * @param later the feature that this question waits for; empty if it can be asked
 */
public record Question(
    String name,
    String dataset,
    Function<Table, Frame> ours,
    Map<String, String> texts,
    Map<String, String> refusals,
    int keys,
    List<Integer> compared,
    List<String> large,
    String later) {

  public Question {
    texts = Map.copyOf(texts);
    refusals = Map.copyOf(refusals);
    compared = List.copyOf(compared);
    large = List.copyOf(large);
  }

  /** A question for us alone, until it is put into other languages. */
  public static Question of(String name, String dataset, Function<Table, Frame> ours) {
    return new Question(name, dataset, ours, Map.of(), Map.of(), 0, List.of(), List.of(), "");
  }

  /** The question in SQL, for every peer that speaks it. */
  public Question sql(String text) {
    return in("sql", text);
  }

  /** The question in the language of one peer. */
  public Question in(String language, String text) {
    Map<String, String> copy = new HashMap<>(texts);
    copy.put(language, text);
    return new Question(name, dataset, ours, copy, refusals, keys, compared, large, later);
  }

  /** One peer is not asked. */
  public Question not(String peer, String reason) {
    Map<String, String> copy = new HashMap<>(refusals);
    copy.put(peer, reason);
    return new Question(name, dataset, ours, texts, copy, keys, compared, large, later);
  }

  /** The first columns of the answer tell its rows apart. */
  public Question keys(int count) {
    return new Question(name, dataset, ours, texts, refusals, count, compared, large, later);
  }

  /** Only these columns of the answer are compared, and the number of rows. */
  public Question comparing(Integer... columns) {
    return new Question(name, dataset, ours, texts, refusals, keys, List.of(columns), large, later);
  }

  /** The answer is too large to fetch; the sums of these columns are compared. */
  public Question large(String... columns) {
    return new Question(
        name, dataset, ours, texts, refusals, keys, compared, List.of(columns), later);
  }

  /** The question cannot be asked yet. */
  public Question later(String feature) {
    return new Question(name, dataset, ours, texts, refusals, keys, compared, large, feature);
  }

  /** Whether the answer is too large to fetch. */
  public boolean isLarge() {
    return !large.isEmpty();
  }

  /** The text for a peer: in its own language, else in the one given, else none. */
  public Optional<String> text(String peer, String otherwise) {
    return Optional.ofNullable(texts.getOrDefault(peer, texts.get(otherwise)));
  }
}
