package colonnade;

import colonnade.engine.csv.RecordReader;
import colonnade.engine.csv.RowProblems;
import colonnade.error.MalformedInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the rows of one chunk, lines counted from its first, which is 0. Gathered by
 * one worker; reported when all earlier chunks are done, so that rejects and the first error do not
 * depend on threads.
 */
final class CsvProblems implements RowProblems {
  private static final int MAX_BROKEN = 1_000;

  private final Path path;
  private final CsvOptions options;
  private final List<Field> columns;
  private final List<Problem> problems = new ArrayList<>();
  private long otherFileLine = -1;

  private record Problem(
      long line,
      @Nullable String column,
      String reason,
      String text,
      String remedy,
      boolean broken) {}

  CsvProblems(Path path, CsvOptions options, List<Field> columns) {
    this.path = path;
    this.options = options;
    this.columns = columns;
  }

  @Override
  public void broken(long line, RecordReader.Found how, int after) {
    String reason =
        switch (how) {
          case TEXT_AFTER_QUOTE ->
              String.format(
                  Locale.ROOT,
                  "Unexpected character after closing quote: '%c' (0x%x)",
                  after,
                  after);
          case UNCLOSED_AT_END -> "Unclosed quoted field at end of input";
          default ->
              "a quote opens and is not closed within 16 million characters, or there are more than"
                  + " 16,384 fields";
        };
    problems.add(new Problem(line, null, reason, "", "Correct the quotes of that line", true));
  }

  @Override
  public void notText(long line, String text) {
    problems.add(
        new Problem(
            line,
            null,
            "bytes that are not " + options.charset(),
            text,
            "Give the file's charset with CsvOptions.withCharset",
            false));
  }

  @Override
  public void otherCount(long line, int count, String text) {
    problems.add(
        new Problem(
            line,
            null,
            count + " fields where the table has " + columns.size() + " columns",
            text,
            "Correct the line, or give the file's delimiter or quote in CsvOptions",
            false));
  }

  @Override
  public void otherType(long line, int column, String field, String text) {
    String name = columns.get(column).name();
    problems.add(
        new Problem(
            line,
            name,
            "'" + TextWidth.cut(field, 60) + "' is no " + columns.get(column).type(),
            text,
            "Correct it, or read the column as text with CsvOptions.withType(\""
                + name
                + "\", UTF8)",
            false));
  }

  @Override
  public void otherFile(long line) {
    otherFileLine = otherFileLine < 0 ? line : Math.min(otherFileLine, line);
  }

  /**
   * Gives the rows to the rejects, or fails if nobody wants them.
   *
   * @param firstLine the number of the chunk's first line
   * @param brokenBefore records with broken quotes in the chunks before
   * @return the records with broken quotes so far
   */
  int report(long firstLine, int brokenBefore) {
    if (otherFileLine >= 0) {
      throw changed(path, firstLine + otherFileLine);
    }
    int broken = brokenBefore;
    problems.sort(Comparator.comparingLong(Problem::line));
    for (Problem problem : problems) {
      long line = firstLine + problem.line;
      reject(problem, line);
      if (problem.broken && ++broken > MAX_BROKEN) {
        throw new MalformedInputException(
            path + ", line " + line,
            path + ": too many lines with broken quotes, the last in line " + line,
            "Give the file's own quote with CsvOptions.withQuote.");
      }
    }
    return broken;
  }

  /** The number of rows. */
  int count() {
    return problems.size();
  }

  static MalformedInputException changed(Path path, long line) {
    return new MalformedInputException(
        path + ", line " + line,
        path + " is not what it was when its types were inferred",
        "Nothing may write to it while it is read; call Csv.read again.");
  }

  private void reject(Problem problem, long line) {
    CsvRejects rejects = options.rejects();
    if (rejects != null
        && rejects.add(new CsvRejects.Reject(line, problem.column, problem.reason, problem.text))) {
      return;
    }
    String column = problem.column;
    String where = path + ", line " + line + (column == null ? "" : ", column '" + column + "'");
    if (rejects != null) {
      throw new MalformedInputException(
          where,
          where
              + ": "
              + problem.reason
              + "; "
              + rejects.count()
              + " rows were rejected before, no more are allowed",
          "Correct the file or its options, or allow more with CsvRejects.upTo.");
    }
    throw new MalformedInputException(
        where,
        where + ": " + problem.reason,
        problem.remedy
            + ", or keep such rows aside with CsvOptions.withRejects(CsvRejects.create()).");
  }
}
