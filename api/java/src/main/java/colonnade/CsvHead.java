package colonnade;

import colonnade.engine.csv.CsvDialect;
import colonnade.engine.csv.FieldText;
import colonnade.engine.csv.RecordReader;
import colonnade.engine.csv.RecordReader.Ending;
import colonnade.engine.csv.RecordReader.Found;
import colonnade.error.MalformedInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first record of a CSV file, and where it stands. An immutable value.
 *
 * @param fields its texts, without quotes
 * @param quoted for each field whether it stood in quotes
 * @param startBytes where it begins, counted as {@link CsvInput} gives bytes
 * @param endBytes where it ends
 * @param startLine the number of its line, from 1
 * @param endLine the number of the line after it
 * @param problems of the records before it
 */
record CsvHead(
    List<String> fields,
    List<Boolean> quoted,
    long startBytes,
    long endBytes,
    long startLine,
    long endLine,
    CsvProblems problems) {
  private static final int FIRST_BYTES = 1 << 16;
  private static final int MAX_BYTES = 1 << 26;

  /** Reads the beginning of the file. */
  static CsvHead of(Path path, CsvOptions options) {
    CsvDialect dialect = CsvInput.dialect(options);
    for (int size = FIRST_BYTES; size <= MAX_BYTES; size *= 4) {
      byte[] bytes = new byte[size + RecordReader.PADDING_BYTES];
      int length;
      try (CsvInput input = CsvInput.open(path, options)) {
        length = input.stream().readNBytes(bytes, 0, size);
      } catch (IOException e) {
        throw CsvInput.failure(path, e);
      }
      CsvHead head = of(path, options, dialect, bytes, length, length < size);
      if (head != null) {
        return head;
      }
    }
    throw new MalformedInputException(
        path.toString(),
        path + " has no record within its first 64 MiB",
        "It is no CSV file, or its lines end in another way.");
  }

  private static @Nullable CsvHead of(
      Path path, CsvOptions options, CsvDialect dialect, byte[] bytes, int length, boolean whole) {
    CsvProblems problems = new CsvProblems(path, options, List.of());
    RecordReader records = new RecordReader(dialect);
    records.reset(bytes, 0, length, whole ? Ending.FILE : Ending.UNKNOWN, 1);
    while (options.comment() == null && records.skipLineOf((byte) '#')) {
      // Such lines above the first record say where the file is from.
    }
    while (true) {
      Found found = records.next();
      switch (found) {
        case INCOMPLETE -> {
          return null;
        }
        case END -> {
          if (!whole) {
            return null;
          }
          problems.report(0, 0);
          throw new MalformedInputException(
              path.toString(), path + " has no records", "There is nothing to read in it.");
        }
        case RECORD -> {
          if (!records.isText()) {
            problems.notText(records.recordLine(), joined(records, bytes, dialect, options));
            continue;
          }
          FieldText text = new FieldText(dialect);
          List<String> fields = new ArrayList<>();
          List<Boolean> quoted = new ArrayList<>();
          for (int i = 0; i < records.count(); i++) {
            text.set(bytes, records.start(i), records.end(i));
            fields.add(text.text());
            quoted.add(text.isQuoted());
          }
          return new CsvHead(
              List.copyOf(fields),
              List.copyOf(quoted),
              records.recordStart(),
              records.position(),
              records.recordLine(),
              records.line(),
              problems);
        }
        case TEXT_AFTER_QUOTE ->
            problems.broken(records.recordLine(), found, records.textAfterQuote());
        case UNCLOSED_AT_END, TOO_LONG -> problems.broken(records.recordLine(), found, 0);
      }
    }
  }

  private static String joined(
      RecordReader records, byte[] bytes, CsvDialect dialect, CsvOptions options) {
    FieldText text = new FieldText(dialect);
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < records.count(); i++) {
      text.set(bytes, records.start(i), records.end(i));
      fields.add(text.text());
    }
    return String.join(String.valueOf(options.delimiter()), fields);
  }
}
