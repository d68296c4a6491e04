package colonnade.benchmarks.peers;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Table;
import colonnade.benchmarks.data.DataStore;
import colonnade.benchmarks.data.Dataset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A data frame library that keeps its columns on the heap of this JVM. Takes part with small tables
 * only, and answers the questions it has an idiom for; the answer stays in memory.
 *
 * @param <F> its data frame
 */
public abstract class FramePeer<F> implements Peer {
  private static final long MOST_ROWS = 2_000_000;

  private final DataStore store;
  private final Map<String, Function<F, F>> questions;
  private final Map<String, F> frames = new HashMap<>();

  /** Questions by the beginning of their name, up to the colon. */
  protected FramePeer(DataStore store, Map<String, Function<F, F>> questions) {
    this.store = store;
    this.questions = questions;
  }

  /** Makes a frame of whole columns: {@code long[]}, {@code double[]} or {@code String[]}. */
  protected abstract F frame(Map<String, Object> columns);

  /** Rows of a frame. */
  protected abstract int rowCount(F frame);

  /** Names of its columns. */
  protected abstract List<String> names(F frame);

  /** One value. */
  protected abstract @Nullable Object value(F frame, int column, int row);

  @Override
  public void load(Dataset dataset) throws Exception {
    if (dataset.rows() > MOST_ROWS) {
      throw new MissingPeerException(
          "keeps its columns on the heap; asked up to %,d rows".formatted(MOST_ROWS));
    }
    Map<String, Object> columns = new LinkedHashMap<>();
    try (Table table = Table.open(store.table(dataset))) {
      for (Field field : table.schema().fields()) {
        columns.put(field.name(), column(table, field));
      }
    }
    frames.put(dataset.name(), frame(columns));
  }

  private static Object column(Table table, Field field) {
    int rows = Math.toIntExact(table.rowCount());
    Object all =
        switch (field.type()) {
          case UTF8 -> new String[rows];
          case F64, F32 -> new double[rows];
          default -> new long[rows];
        };
    table
        .select(field.name())
        .forEachBatch(batch -> {
          Object part =
              field.type() == DataType.UTF8
                  ? batch.texts(field.name())
                  : all instanceof double[] ? batch.f64s(field.name()) : batch.i64s(field.name());
          System.arraycopy(part, 0, all, (int) batch.firstRow(), batch.rowCount());
        });
    return all;
  }

  private static String idiom(Question question) {
    return question.name().replaceFirst(":.*", "");
  }

  @Override
  public Optional<String> refusal(Question question) {
    return Peer.super
        .refusal(question)
        .or(() ->
            questions.containsKey(idiom(question))
                ? Optional.empty()
                : Optional.of("not put into its language"));
  }

  private F answer(Question question) {
    return questions.get(idiom(question)).apply(frames.get(question.dataset()));
  }

  @Override
  public Fingerprint fingerprint(Question question) {
    F answer = answer(question);
    Fingerprint fingerprint = new Fingerprint(question.keys());
    List<Integer> columns = new ArrayList<>();
    List<String> names = names(answer);
    if (question.isLarge()) {
      question.large().forEach(name -> columns.add(names.indexOf(name)));
    } else {
      for (int c = 0; c < names.size(); c++) {
        columns.add(c);
      }
    }
    for (int row = 0; row < rowCount(answer); row++) {
      @Nullable Object[] values = new @Nullable Object[columns.size()];
      for (int c = 0; c < values.length; c++) {
        values[c] = value(answer, columns.get(c), row);
      }
      fingerprint.row(values);
    }
    return question.isLarge()
        ? Fingerprint.of(fingerprint.rowCount(), fingerprint.sums())
        : fingerprint;
  }

  @Override
  public long runNanos(Question question) {
    long start = System.nanoTime();
    F answer = answer(question);
    long nanos = System.nanoTime() - start;
    return rowCount(answer) < 0 ? 0 : nanos;
  }

  @Override
  public void close() {
    frames.clear();
  }
}
