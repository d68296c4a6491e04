package colonnade;

import colonnade.engine.observe.ProgressListener;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a CSV file is read or written. An immutable value; each {@code with} makes a changed copy.
 *
 * @param delimiter between fields
 * @param quote around fields that hold a delimiter, a quote or a line end
 * @param header whether the first record names the columns; null: looked for
 * @param comment lines that start with it are left out; null: only lines that start with {@code #}
 *     above the first record are
 * @param charset of the bytes; a byte order mark at the start of the file wins
 * @param nullTexts unquoted fields with one of these texts are null
 * @param types of columns by name; the others are inferred over the whole file
 * @param rejects where rows go that cannot be read; null: the first is an error
 * @param progress told of rows and bytes, in both passes
 */
public record CsvOptions(
    char delimiter,
    char quote,
    @Nullable Boolean header,
    @Nullable Character comment,
    Charset charset,
    Set<String> nullTexts,
    Map<String, DataType> types,
    @Nullable CsvRejects rejects,
    ProgressListener progress) {
  public CsvOptions {
    nullTexts = Set.copyOf(nullTexts);
    types = Map.copyOf(types);
    Objects.requireNonNull(charset, "charset");
    Objects.requireNonNull(progress, "progress");
  }

  /**
   * Commas, double quotes, a header looked for, UTF-8, empty is null, types inferred, no rejects.
   */
  public static CsvOptions defaults() {
    return new CsvOptions(
        ',',
        '"',
        null,
        null,
        StandardCharsets.UTF_8,
        Set.of(""),
        Map.of(),
        null,
        ProgressListener.NONE);
  }

  /** The same with another delimiter. */
  public CsvOptions withDelimiter(char newDelimiter) {
    return new CsvOptions(
        newDelimiter, quote, header, comment, charset, nullTexts, types, rejects, progress);
  }

  /** The same with another quote. */
  public CsvOptions withQuote(char newQuote) {
    return new CsvOptions(
        delimiter, newQuote, header, comment, charset, nullTexts, types, rejects, progress);
  }

  /** The same, with column names in the first record or without. */
  public CsvOptions withHeader(boolean hasHeader) {
    return new CsvOptions(
        delimiter, quote, hasHeader, comment, charset, nullTexts, types, rejects, progress);
  }

  /** The same, leaving out all lines that start with {@code start}. */
  public CsvOptions withComment(char start) {
    return new CsvOptions(
        delimiter, quote, header, start, charset, nullTexts, types, rejects, progress);
  }

  /** The same with another charset. */
  public CsvOptions withCharset(Charset newCharset) {
    return new CsvOptions(
        delimiter, quote, header, comment, newCharset, nullTexts, types, rejects, progress);
  }

  /** The same with these texts for null, instead of the empty one. */
  public CsvOptions withNullTexts(String... texts) {
    Set<String> all = Set.copyOf(List.of(texts));
    return new CsvOptions(
        delimiter, quote, header, comment, charset, all, types, rejects, progress);
  }

  /** The same with a type for one column, which is then not inferred. */
  public CsvOptions withType(String column, DataType type) {
    Map<String, DataType> all = new LinkedHashMap<>(types);
    all.put(column, type);
    return new CsvOptions(
        delimiter, quote, header, comment, charset, nullTexts, all, rejects, progress);
  }

  /** The same, keeping rows that cannot be read in {@code newRejects} instead of failing. */
  public CsvOptions withRejects(CsvRejects newRejects) {
    return new CsvOptions(
        delimiter, quote, header, comment, charset, nullTexts, types, newRejects, progress);
  }

  /** The same with a listener. */
  public CsvOptions withProgress(ProgressListener listener) {
    return new CsvOptions(
        delimiter, quote, header, comment, charset, nullTexts, types, rejects, listener);
  }
}
