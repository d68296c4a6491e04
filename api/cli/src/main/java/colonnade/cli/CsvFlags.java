package colonnade.cli;

import colonnade.CsvOptions;
import colonnade.CsvRejects;
import colonnade.DataType;
import java.nio.charset.Charset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code import} that say how a CSV file is written. */
final class CsvFlags {
  @Option(
      names = "--delimiter",
      paramLabel = "CHARACTER",
      description = "CSV: the character between fields; a comma if not said, a tab for .tsv.")
  private @Nullable Character delimiter;

  @Option(
      names = "--quote",
      paramLabel = "CHARACTER",
      description = "CSV: the character around fields; \" if not said.")
  private @Nullable Character quote;

  @Option(
      names = "--comment",
      paramLabel = "CHARACTER",
      description = "CSV: lines that start with this character are skipped.")
  private @Nullable Character comment;

  @Option(names = "--charset", description = "CSV: the file's charset; UTF-8 if not said.")
  private @Nullable Charset charset;

  @Option(
      names = "--no-header",
      description = "CSV: the first line is data; columns are named column1, column2, …")
  private boolean noHeader;

  @Option(
      names = "--null",
      paramLabel = "TEXT",
      description = "CSV: a text that means null; may be repeated. The empty field if not said.")
  private String[] nulls = {};

  /** All of it as the reader takes it. */
  CsvOptions options(String kind, Map<String, DataType> types, @Nullable CsvRejects rejects) {
    CsvOptions options = CsvOptions.defaults();
    if (noHeader) {
      options = options.withHeader(false);
    }
    if (delimiter != null) {
      options = options.withDelimiter(delimiter);
    } else if (kind.equals("tsv")) {
      options = options.withDelimiter('\t');
    }
    for (var entry : types.entrySet()) {
      options = options.withType(entry.getKey(), entry.getValue());
    }
    if (quote != null) {
      options = options.withQuote(quote);
    }
    if (comment != null) {
      options = options.withComment(comment);
    }
    if (charset != null) {
      options = options.withCharset(charset);
    }
    if (nulls.length > 0) {
      options = options.withNullTexts(nulls);
    }
    return rejects == null ? options : options.withRejects(rejects);
  }
}
