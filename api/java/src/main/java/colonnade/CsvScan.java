package colonnade;

import colonnade.engine.observe.ProgressListener.Progress;
import colonnade.error.MalformedInputException;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the records of a CSV file, the header among them. Records that break the format go
 * to the rejects, or are errors; what follows them is read on. Used by one thread at a time.
 */
final class CsvScan implements AutoCloseable {
  private static final Pattern STARTING_LINE = Pattern.compile("starting at line (\\d+)");
  private static final int MAX_RESUMES = 1_000;
  private static final long PROGRESS_NANOS = 200_000_000;

  private final Path path;
  private final CsvOptions options;
  private final int passNumber;
  private final int passCount;
  private final long totalRows;
  private final long totalBytes;
  private CsvInput input;
  private CsvReader<CsvFields> reader;
  private Iterator<CsvFields> records;
  private boolean keepsEmptyLines;
  private int resumes;
  private long rows;
  private long lastProgress = System.nanoTime();

  CsvScan(Path path, CsvOptions options, int passNumber, int passCount, long totalRows) {
    this.path = path;
    this.options = options;
    this.passNumber = passNumber;
    this.passCount = passCount;
    this.totalRows = totalRows;
    this.input = CsvInput.open(path, options.charset());
    try {
      this.totalBytes = Files.size(path);
      this.reader = reader(commentLines());
      this.records = reader.iterator();
    } catch (IOException e) {
      input.close();
      throw CsvInput.failure(path, e);
    }
  }

  /**
   * Whether empty lines are records; at first they are not. In a file of one column they are nulls,
   * in others they mean nothing.
   */
  void keepEmptyLines(boolean keep) {
    keepsEmptyLines = keep;
  }

  /** The next record, valid until the next call; null at the end. */
  @Nullable CsvFields next() {
    while (true) {
      try {
        if (!records.hasNext()) {
          report(true);
          return null;
        }
        CsvFields fields = records.next();
        if (fields.isEmptyLine() && !keepsEmptyLines) {
          continue;
        }
        if ((++rows & 0xfff) == 0) {
          report(false);
        }
        if (!isMalformed(fields)) {
          return fields;
        }
        reject(
            fields.line(),
            null,
            "bytes that are not " + options.charset(),
            fields.joined(options.delimiter()).replace(CsvInput.MALFORMED, '\ufffd'),
            "Give the file's charset with CsvOptions.withCharset");
      } catch (CsvParseException e) {
        resumeAfter(e);
      } catch (UncheckedIOException e) {
        throw CsvInput.failure(path, e);
      }
    }
  }

  /** Keeps a row that cannot be read, or fails if nobody wants to keep it. */
  void reject(long line, @Nullable String column, String reason, String text, String remedy) {
    CsvRejects rejects = options.rejects();
    if (rejects != null && rejects.add(new CsvRejects.Reject(line, column, reason, text))) {
      return;
    }
    String where = path + ", line " + line + (column == null ? "" : ", column '" + column + "'");
    if (rejects != null) {
      throw new MalformedInputException(
          where,
          where
              + ": "
              + reason
              + "; "
              + rejects.count()
              + " rows were rejected before, no more are allowed",
          "Correct the file or its options, or allow more with CsvRejects.upTo.");
    }
    throw new MalformedInputException(
        where,
        where + ": " + reason,
        remedy + ", or keep such rows aside with CsvOptions.withRejects(CsvRejects.create()).");
  }

  @Override
  public void close() {
    input.close();
  }

  private void resumeAfter(CsvParseException e) {
    String problem = e.getMessage() == null ? "malformed" : e.getMessage();
    Matcher matcher = STARTING_LINE.matcher(problem);
    if (!matcher.find()) {
      throw new MalformedInputException(path.toString(), path + ": " + problem, "", e);
    }
    long line = Long.parseLong(matcher.group(1));
    String reason =
        problem.contains("maximum buffer size")
            ? "a quote opens and is not closed within 16 million characters"
            : problem.substring(0, matcher.start()).replaceAll("\\s*\\(?record $", "");
    reject(line, null, reason, "", "Correct the quotes of that line");
    if (++resumes > MAX_RESUMES || line > Integer.MAX_VALUE - 8) {
      throw new MalformedInputException(
          path + ", line " + line,
          path + ": too many lines with broken quotes, the last in line " + line,
          "Give the file's own quote with CsvOptions.withQuote.",
          e);
    }
    input.close();
    input = CsvInput.open(path, options.charset());
    reader = reader((int) line);
    records = reader.iterator();
  }

  private CsvReader<CsvFields> reader(int skippedLines) {
    Character comment = options.comment();
    CsvReader<CsvFields> built =
        CsvReader.builder()
            .fieldSeparator(options.delimiter())
            .quoteCharacter(options.quote())
            .commentStrategy(comment == null ? CommentStrategy.NONE : CommentStrategy.SKIP)
            .commentCharacter(comment == null ? unusedCharacter() : comment)
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .build(new CsvFields(), input.reader());
    if (skippedLines > 0) {
      built.skipLines(skippedLines);
    }
    return built;
  }

  private char unusedCharacter() {
    return options.delimiter() == '#' || options.quote() == '#' ? '\u0001' : '#';
  }

  /** Lines above the first record that start with a number sign. */
  private int commentLines() throws IOException {
    if (options.comment() != null) {
      return 0;
    }
    int lines = 0;
    try (CsvInput start = CsvInput.open(path, options.charset())) {
      java.io.BufferedReader text = new java.io.BufferedReader(start.reader());
      for (String line = text.readLine();
          line != null && line.startsWith("#");
          line = text.readLine()) {
        lines++;
      }
    }
    return lines;
  }

  private static boolean isMalformed(CsvFields fields) {
    int end = fields.count() == 0 ? 0 : fields.end(fields.count() - 1);
    return CsvInput.isMalformed(fields.text(), 0, end);
  }

  private void report(boolean last) {
    long now = System.nanoTime();
    if (last || now - lastProgress > PROGRESS_NANOS) {
      lastProgress = now;
      options
          .progress()
          .onProgress(
              new Progress(passNumber, passCount, rows, totalRows, input.bytesRead(), totalBytes));
    }
  }
}
