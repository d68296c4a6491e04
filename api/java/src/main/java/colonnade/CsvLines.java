package colonnade;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of CSV, with quotes around fields that would be read as something else without: an
 * empty text, a delimiter, a quote or a line end in a field, the start of a comment. Lines end in
 * LF. Closes what it writes to; not thread-safe.
 */
final class CsvLines implements AutoCloseable {
  private final BufferedWriter writer;
  private final char delimiter;
  private final char quote;
  private final @Nullable Character comment;

  CsvLines(OutputStream out, CsvOptions options) {
    this.writer = new BufferedWriter(new OutputStreamWriter(out, options.charset()), 1 << 16);
    this.delimiter = options.delimiter();
    this.quote = options.quote();
    this.comment = options.comment();
  }

  /** Writes a record; null becomes a field of nothing. */
  void write(@Nullable String[] fields) {
    try {
      for (int i = 0; i < fields.length; i++) {
        if (i > 0) {
          writer.write(delimiter);
        }
        String field = fields[i];
        if (field != null) {
          write(field, i == 0);
        }
      }
      writer.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String field, boolean isFirst) throws IOException {
    if (!needsQuotes(field, isFirst)) {
      writer.write(field);
      return;
    }
    writer.write(quote);
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == quote) {
        writer.write(quote);
      }
      writer.write(c);
    }
    writer.write(quote);
  }

  private boolean needsQuotes(String field, boolean isFirst) {
    if (field.isEmpty()) {
      return true;
    }
    char first = field.charAt(0);
    if (isFirst && (first == '#' || comment != null && first == comment)) {
      return true;
    }
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == delimiter || c == quote || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
