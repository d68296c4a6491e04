package colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.csv.ChunkCutter;
import colonnade.engine.csv.ChunkReader;
import colonnade.engine.csv.CsvChunk;
import colonnade.engine.csv.CsvDialect;
import colonnade.engine.csv.NullRule;
import colonnade.engine.csv.RecordReader;
import colonnade.engine.csv.RowProblems;
import colonnade.engine.csv.TextColumn;
import colonnade.engine.store.Vector;
import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Random files, well formed and not, hold the records that FastCSV finds in them, however they are
 * cut into chunks. Repeat a failure with {@code -Dseed=}.
 */
class CsvOracleTest {
  private static final Pattern STARTING_LINE = Pattern.compile("starting at line (\\d+)");
  private static final int[] CHUNK_BYTES = {1, 16, 100, 1 << 16};
  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r", "\n"};
  private static final String[] PLAIN = {
    "a", "12.5", "", "-7", "é", "🙂🙂", "#", " ", "long enough to cross eight bytes", "x\u000by\tz"
  };
  private static final String[] ODD = {"\"", "\"\"", "\"a\"b", "a\"b", ",", "\"open", "", "#"};

  private record Read(List<List<String>> rows, List<String> problems) {}

  @Test
  void findsWhatFastCsvFinds() throws IOException {
    long seed = Long.getLong("seed", 20_261_121L);
    for (int i = 0; i < 1_500; i++) {
      Random random = new Random(seed + i);
      int columns = 1 + random.nextInt(random.nextBoolean() ? 3 : 12);
      Character comment = random.nextInt(4) == 0 ? '#' : null;
      String text = text(random, columns);
      Read expected = fastCsv(text, columns, comment);
      for (int chunkBytes : CHUNK_BYTES) {
        Read found = colonnade(text, columns, comment, chunkBytes);
        String what = "seed " + (seed + i) + ", chunks of " + chunkBytes + ": " + text;
        assertThat(found.rows).as(what).isEqualTo(expected.rows);
        assertThat(found.problems).as(what).isEqualTo(expected.problems);
      }
    }
  }

  private static String text(Random random, int columns) {
    int kind = random.nextInt(4);
    String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
    boolean mixed = random.nextInt(5) == 0 && !lineEnd.equals("\r");
    StringBuilder text = new StringBuilder();
    int rows = random.nextInt(kind == 0 ? 400 : 60);
    for (int r = 0; r < rows; r++) {
      int fields = columns;
      if (kind == 3 && random.nextInt(8) == 0) {
        fields = random.nextInt(columns + 3);
      }
      for (int c = 0; c < fields; c++) {
        text.append(c == 0 ? "" : ",").append(field(random, kind, lineEnd));
      }
      boolean last = r == rows - 1 && random.nextBoolean();
      text.append(last ? "" : mixed && random.nextBoolean() ? "\r\n" : lineEnd);
    }
    return text.toString();
  }

  private static String field(Random random, int kind, String lineEnd) {
    String plain = PLAIN[random.nextInt(PLAIN.length)];
    if (kind == 0) {
      return plain;
    }
    return switch (random.nextInt(kind == 1 ? 3 : 8)) {
      case 0 ->
          "\""
              + plain
              + (random.nextBoolean() ? "," : "")
              + (random.nextInt(3) == 0 ? "\"\"" : "")
              + (random.nextInt(3) == 0 ? lineEnd : "")
              + plain
              + "\"";
      case 3 -> kind == 3 && random.nextInt(3) == 0 ? ODD[random.nextInt(ODD.length)] : plain;
      default -> plain;
    };
  }

  private static Read fastCsv(String text, int columns, Character comment) {
    Read read = new Read(new ArrayList<>(), new ArrayList<>());
    long skipped = 0;
    while (true) {
      CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .commentStrategy(comment == null ? CommentStrategy.NONE : CommentStrategy.SKIP)
              .skipEmptyLines(false)
              .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
              .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
              .allowUnclosedQuote(false)
              .build(CsvRecordHandler.of(), text);
      reader.skipLines((int) skipped);
      try {
        for (CsvRecord row : reader) {
          List<String> fields = row.getFields();
          boolean emptyLine =
              fields.size() == 1 && fields.get(0).isEmpty() && !isQuotedAt(text, row);
          if (emptyLine && columns > 1) {
            continue;
          }
          if (fields.size() == columns) {
            read.rows.add(fields);
          } else {
            read.problems.add(row.getStartingLineNumber() + ": " + fields.size() + " fields");
          }
        }
        return read;
      } catch (CsvParseException e) {
        Matcher line = STARTING_LINE.matcher(e.getMessage());
        assertThat(line.find()).as(e.getMessage()).isTrue();
        skipped = Long.parseLong(line.group(1));
        read.problems.add(
            skipped + (e.getMessage().startsWith("Unclosed") ? ": unclosed" : ": after quote"));
      }
    }
  }

  /** Whether the record's only and empty field stands in quotes. */
  private static boolean isQuotedAt(String text, CsvRecord row) {
    String[] lines = text.split("\r\n|\r|\n", -1);
    return lines[(int) row.getStartingLineNumber() - 1].startsWith("\"");
  }

  private static Read colonnade(String text, int columns, Character comment, int chunkBytes)
      throws IOException {
    Read read = new Read(new ArrayList<>(), new ArrayList<>());
    CsvDialect dialect =
        new CsvDialect((byte) ',', (byte) '"', comment == null ? -1 : comment, columns == 1, null);
    List<Field> fields = new ArrayList<>();
    int[] all = new int[columns];
    boolean[] given = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      fields.add(new Field("c" + c, DataType.UTF8));
      all[c] = c;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ChunkCutter cutter =
        new ChunkCutter(new ByteArrayInputStream(bytes), "test", dialect, chunkBytes);
    try (Arena arena = Arena.ofShared()) {
      ChunkReader reader =
          new ChunkReader(
              dialect,
              new NullRule(Set.of("no such text")),
              new Schema(fields),
              given,
              new TextColumn[columns],
              all,
              arena);
      long line = 1;
      for (CsvChunk chunk = cutter.next(new byte[0]);
          chunk != null;
          chunk = cutter.next(chunk.bytes())) {
        Problems problems = new Problems(line, new ArrayList<>());
        reader.read(chunk, problems);
        problems.found.sort((a, b) -> Long.compare(lineOf(a), lineOf(b)));
        read.problems.addAll(problems.found);
        for (int r = 0; r < reader.rows(); r++) {
          List<String> row = new ArrayList<>();
          for (int c = 0; c < columns; c++) {
            Vector vector = reader.vector(c);
            row.add(vector.textAt(r));
          }
          read.rows.add(row);
        }
        line += reader.lines();
      }
    }
    return read;
  }

  private static long lineOf(String problem) {
    return Long.parseLong(problem.substring(0, problem.indexOf(':')));
  }

  private record Problems(long firstLine, List<String> found) implements RowProblems {
    @Override
    public void broken(long line, RecordReader.Found how, int after) {
      boolean unclosed = how == RecordReader.Found.UNCLOSED_AT_END;
      found.add(firstLine + line + (unclosed ? ": unclosed" : ": after quote"));
    }

    @Override
    public void notText(long line, String text) {
      found.add(firstLine + line + ": not text");
    }

    @Override
    public void otherCount(long line, int count, String text) {
      found.add(firstLine + line + ": " + count + " fields");
    }

    @Override
    public void otherType(long line, int column, String field, String text) {
      found.add(firstLine + line + ": type");
    }

    @Override
    public void otherFile(long line) {
      found.add(firstLine + line + ": other file");
    }
  }
}
