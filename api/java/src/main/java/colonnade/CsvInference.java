package colonnade;

import colonnade.engine.csv.ChunkCutter;
import colonnade.engine.csv.ChunkReader;
import colonnade.engine.csv.CsvChunk;
import colonnade.engine.csv.CsvDialect;
import colonnade.engine.csv.FileSurvey;
import colonnade.engine.csv.KeptChunk;
import colonnade.engine.csv.KeptMemory;
import colonnade.engine.csv.NullRule;
import colonnade.engine.csv.TextColumn;
import colonnade.engine.csv.TypeGuess;
import colonnade.engine.exec.Parallel;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.QueryOptions;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file once, on all cores, to know the types of its columns, the texts of those that repeat
 * few, the number of rows, and where to read it at several places at once.
 */
final class CsvInference {
  private final Path path;
  private final CsvOptions options;
  private final CsvLayout layout;
  private final CsvDialect dialect;
  private final NullRule nulls;
  private final CsvOrder order;
  private final @Nullable CsvPieces pieces;
  private final @Nullable CsvKept kept;
  private final CsvInput input;
  private final Arena arena;
  private final ChunkCutter cutter;
  private final List<FileSurvey> surveys = new ArrayList<>();
  private final boolean[] guessed;
  private @Nullable CsvChunk first;
  private int nextChunk;
  private boolean ended;

  private CsvInference(
      Path path,
      CsvOptions options,
      CsvLayout layout,
      CsvInput input,
      QueryMemory memory,
      Arena arena)
      throws IOException {
    this.path = path;
    this.options = options;
    this.layout = layout;
    this.input = input;
    this.arena = arena;
    int columns = layout.schema().size();
    this.dialect = CsvInput.dialect(options).withEmptyLines(columns == 1);
    this.nulls = new NullRule(options.nullTexts());
    this.guessed = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      guessed[c] = !layout.given()[c];
    }
    this.order = new CsvOrder(options, 1, layout.head(), layout.header(), -1, Files.size(path));
    input.skip(layout.firstByte());
    this.pieces = input.isPlain() ? new CsvPieces(input.markBytes() + layout.firstByte()) : null;
    this.kept = pieces == null ? null : new CsvKept(path, memory);
    this.cutter =
        new ChunkCutter(input.stream(), path.toString(), dialect, CsvSource.chunkBytes(columns));
  }

  /** {@code layout} and what the file says. */
  static CsvLayout infer(Path path, CsvOptions options, CsvLayout layout, QueryMemory memory) {
    try (CsvInput input = CsvInput.open(path, options);
        Arena arena = Arena.ofShared()) {
      return new CsvInference(path, options, layout, input, memory, arena).run();
    } catch (IOException e) {
      throw CsvInput.failure(path, e);
    }
  }

  private CsvLayout run() throws IOException {
    first = cutter.next(new byte[0]);
    FileSurvey sample = survey(0, new boolean[guessed.length], new KeptMemory(_ -> null));
    if (first != null) {
      reader().survey(first, 0, sample, problems());
    }
    QueryOptions defaults = QueryOptions.defaults();
    try (QueryContext context = new QueryContext(defaults)) {
      Parallel.run(context, defaults.threads(), _ -> work(context, sample));
    }
    TypeGuess[] guesses = new TypeGuess[guessed.length];
    List<Field> fields = new ArrayList<>();
    FileSurvey.@Nullable Texts[] found = new FileSurvey.@Nullable Texts[guessed.length];
    @Nullable TextColumn[] texts = new @Nullable TextColumn[guessed.length];
    for (int c = 0; c < guesses.length; c++) {
      Field field = layout.schema().field(c);
      for (FileSurvey survey : surveys) {
        sample.guess(c).merge(survey.guess(c));
      }
      if (guessed[c]) {
        field = new Field(field.name(), sample.guess(c).type());
      }
      fields.add(field);
      if (field.type() == DataType.UTF8) {
        FileSurvey.Texts all = FileSurvey.texts(surveys, c, order.rows());
        found[c] = all;
        texts[c] = all == null ? null : all.column();
      }
    }
    Schema schema = new Schema(fields);
    if (pieces != null) {
      pieces.resolve(schema, found);
    }
    return new CsvLayout(
        layout.head(),
        schema,
        layout.given(),
        layout.header(),
        OptionalLong.of(order.rows()),
        texts,
        pieces,
        kept);
  }

  private CsvProblems problems() {
    return new CsvProblems(path, options, layout.schema().fields());
  }

  private FileSurvey survey(int number, boolean[] texts, KeptMemory memory) {
    return new FileSurvey(number, dialect, nulls, layout.schema(), guessed, texts, memory, arena);
  }

  private ChunkReader reader() {
    return new ChunkReader(
        dialect, nulls, layout.schema(), layout.given(), layout.texts(), new int[0], arena);
  }

  /** Texts are kept of the columns that are text by the end of the first chunk. */
  private void work(QueryContext context, FileSurvey sample) {
    boolean[] texts = new boolean[guessed.length];
    for (int c = 0; c < texts.length; c++) {
      texts[c] = guessed[c] ? sample.guess(c).isText() : layout.schema().type(c) == DataType.UTF8;
    }
    KeptMemory memory = new KeptMemory(kept == null ? _ -> null : kept);
    FileSurvey survey;
    synchronized (surveys) {
      survey = survey(surveys.size(), texts, memory);
      surveys.add(survey);
    }
    for (int c = 0; c < texts.length; c++) {
      survey.guess(c).merge(sample.guess(c));
    }
    ChunkReader reader = reader();
    Taken taken = take(new byte[0]);
    while (taken != null) {
      CsvProblems problems = problems();
      KeptChunk read;
      try {
        context.checkCancelled();
        read = reader.survey(taken.chunk, taken.number, survey, problems);
      } catch (RuntimeException e) {
        order.abandon(e);
        throw e;
      } catch (Error e) {
        order.abandon();
        throw e;
      }
      int length = taken.chunk.length();
      int rows = reader.rows();
      order.end(
          taken.number,
          rows,
          reader.lines(),
          problems,
          taken.bytesRead,
          () -> {
            if (pieces != null) {
              // What is wrong with a chunk every pass has to say.
              pieces.add(length, rows, problems.count() == 0 ? read : null);
            }
          });
      taken = take(taken.chunk.bytes());
    }
  }

  private record Taken(CsvChunk chunk, int number, long bytesRead) {}

  private synchronized @Nullable Taken take(byte[] reusable) {
    if (ended) {
      return null;
    }
    ended = true; // also if reading fails
    try {
      CsvChunk chunk = first;
      first = null;
      if (chunk == null) {
        chunk = cutter.next(reusable);
      }
      if (chunk == null) {
        order.endAfter(nextChunk);
        return null;
      }
      ended = false;
      return new Taken(chunk, nextChunk++, input.bytesRead());
    } catch (IOException e) {
      RuntimeException failure = CsvInput.failure(path, e);
      order.abandon(failure);
      throw failure;
    } catch (RuntimeException e) {
      order.abandon(e);
      throw e;
    }
  }
}
