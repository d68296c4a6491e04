package colonnade.engine.exec.op;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Field;
import colonnade.Schema;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.exec.Sink;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.sort.SortOrder;
import colonnade.engine.store.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The first rows of an order, against the first rows of all rows sorted. */
class SortSinkTest {
  private static final List<DataType> TYPES =
      List.of(
          DataType.I32,
          DataType.F64,
          DataType.F32,
          DataType.UTF8,
          DataType.U8,
          DataType.TIMESTAMP_MICROS);

  private static final double[] DOUBLES = {
    0.0, -0.0, 1.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static final int CHUNKS = 5;
  private static final int BATCHES_PER_CHUNK = 6;

  @Test
  void aLimitKeepsTheRowsThatTheWholeOrderBeginsWith() {
    for (int seed = 0; seed < 12; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      try (QueryContext context = new QueryContext(QueryOptions.defaults())) {
        Schema schema = schema();
        List<Vector[]> batches = new ArrayList<>();
        boolean nulls = random.nextBoolean();
        for (int b = 0; b < CHUNKS * BATCHES_PER_CHUNK; b++) {
          batches.add(batch(schema, b, nulls, random, context));
        }
        List<SortOrder.Key> keys = new ArrayList<>();
        for (int k = random.nextInt(1, 4); k > 0; k--) {
          keys.add(
              new SortOrder.Key(
                  random.nextInt(TYPES.size()), random.nextBoolean(), random.nextBoolean()));
        }
        long limit = List.of(1L, 10L, 1_000L, 9_000L).get(random.nextInt(4));
        boolean backwards = random.nextBoolean();
        List<Long> all = numbers(schema, batches, keys, Long.MAX_VALUE, backwards, context);
        assertThat(numbers(schema, batches, keys, limit, backwards, context))
            .as("seed %d, keys %s, limit %d", seed, keys, limit)
            .isEqualTo(all.subList(0, (int) Math.min(limit, all.size())));
      }
    }
  }

  /** The numbers of the rows that the sink gives; chunks may end in any order. */
  private static List<Long> numbers(
      Schema schema,
      List<Vector[]> batches,
      List<SortOrder.Key> keys,
      long limit,
      boolean backwards,
      QueryContext context) {
    SortSink sink =
        new SortSink(schema, keys, schema.size(), limit, context, context.memory().region());
    List<Sink.ChunkSink> chunks = new ArrayList<>();
    for (int c = 0; c < CHUNKS; c++) {
      chunks.add(sink.chunk(c));
    }
    for (int c = 0; c < CHUNKS; c++) {
      int chunk = backwards ? CHUNKS - 1 - c : c;
      for (int b = 0; b < BATCHES_PER_CHUNK; b++) {
        Batch batch = new Batch(schema.size());
        batch.reset(0, Sizes.BATCH_ROWS);
        Vector[] vectors = batches.get(chunk * BATCHES_PER_CHUNK + b);
        for (int i = 0; i < vectors.length; i++) {
          batch.set(i, vectors[i]);
        }
        chunks.get(chunk).push(batch);
      }
      chunks.get(chunk).end();
    }
    sink.finish();
    List<Long> numbers = new ArrayList<>();
    for (MemoryTable.Rows rows : sink.rows()) {
      for (int i = 0; i < rows.rowCount(); i++) {
        numbers.add(rows.vectors()[schema.size() - 1].longAt(i));
      }
    }
    return numbers;
  }

  private static Schema schema() {
    List<Field> fields = new ArrayList<>();
    TYPES.forEach(type -> fields.add(new Field(type.label(), type)));
    fields.add(new Field("number", DataType.I64));
    return new Schema(fields);
  }

  private static Vector[] batch(
      Schema schema, int number, boolean nulls, SplittableRandom random, QueryContext context) {
    Vector[] vectors = new Vector[schema.size()];
    for (int c = 0; c < vectors.length; c++) {
      ColumnBuilder builder = new ColumnBuilder(schema.type(c), context.memory().region());
      boolean isNumber = c == vectors.length - 1;
      for (int i = 0; i < Sizes.BATCH_ROWS; i++) {
        if (isNumber) {
          builder.appendLong((long) number * Sizes.BATCH_ROWS + i);
        } else if (nulls && random.nextInt(5) == 0) {
          builder.appendNulls(1);
        } else if (schema.type(c).isVariable()) {
          builder.appendBytes(new byte[] {'x', (byte) random.nextInt(-3, 3)});
        } else if (schema.type(c).isFloating()) {
          builder.appendDouble(
              random.nextInt(3) == 0
                  ? DOUBLES[random.nextInt(DOUBLES.length)]
                  : random.nextInt(-2000, 2000) / 2.0);
        } else {
          builder.appendLong(random.nextInt(c == 0 ? 100_000 : 4));
        }
      }
      vectors[c] = builder.vector(0);
    }
    return vectors;
  }
}
