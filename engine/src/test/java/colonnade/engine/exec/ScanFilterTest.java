package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import colonnade.engine.exec.expr.Binder;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.plan.Expression;
import colonnade.engine.plan.Function;
import colonnade.engine.store.NumberCode;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A condition tested block by block keeps the rows that it keeps batch by batch. */
class ScanFilterTest {
  private static final long SEED = Long.getLong("seed", 25_040);
  private static final int[] SIZES = {1, 63, 64, 65, 4095, 4096, 4097, 20_000, 65_535, 65_536};

  /** The columns that conditions test, then others, whose values may be read ahead. */
  private static final Schema SCHEMA =
      Schema.of(
          "plain",
          DataType.F64,
          "narrow",
          DataType.I64,
          "byte",
          DataType.I8,
          "text",
          DataType.UTF8,
          "truth",
          DataType.BOOL);

  private static final int TESTED = 3;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Scalar loops that claim to be fast on bitmaps, so that blocks are taken whole. */
  private static final Kernels FAST_ON_BITMAPS =
      new Kernels() {
        @Override
        public boolean masksFast(DataType type) {
          return true;
        }
      };

  @ParameterizedTest
  @ValueSource(ints = {8, 64, 192, 4096})
  void keepsTheSameRowsAsATestOfEachBatch(int batchRows) {
    QueryOptions options = QueryOptions.defaults().withBatchRows(batchRows);
    try (QueryContext context = new QueryContext(options);
        Arena arena = Arena.ofConfined()) {
      Worker worker = new Worker(context, FAST_ON_BITMAPS);
      for (int size : SIZES) {
        for (int trial = 0; trial < 3; trial++) {
          try (Block block = block(size, arena)) {
            check(block, condition(), worker, batchRows);
          }
        }
      }
    }
  }

  private void check(Block block, Expression condition, Worker worker, int batchRows) {
    ScanFilter filter = new ScanFilter(condition, SCHEMA, worker);
    var predicate = Binder.bindPredicate(condition, SCHEMA, worker);
    Batch batch = new Batch(SCHEMA.size(), worker);
    Batch expected = new Batch(SCHEMA.size(), worker);
    filter.begin(block);
    for (int from = 0; from < block.rowCount(); from += batchRows) {
      int count = Math.min(batchRows, block.rowCount() - from);
      set(expected, block, from, count);
      predicate.narrow(expected, expected.selection());
      batch.reset(block.firstRow() + from, count);
      boolean any = filter.select(batch, from);
      if (any) {
        setColumns(batch, block, from, count);
        any = filter.narrow(batch);
      }
      assertThat(any).isEqualTo(!expected.selection().isEmpty());
      assertThat(rows(batch.selection()))
          .as("%s, rows from %d of %d", condition, from, block.rowCount())
          .isEqualTo(rows(expected.selection()));
    }
  }

  private static void set(Batch batch, Block block, int from, int count) {
    batch.reset(block.firstRow() + from, count);
    setColumns(batch, block, from, count);
  }

  private static void setColumns(Batch batch, Block block, int from, int count) {
    for (int c = 0; c < SCHEMA.size(); c++) {
      batch.set(c, block.vector(c, from, count));
    }
  }

  private static List<Integer> rows(Selection selection) {
    List<Integer> rows = new ArrayList<>();
    int[] list = selection.toList();
    for (int i = 0; i < selection.count(); i++) {
      rows.add(list[i]);
    }
    return rows;
  }

  /** Two to four tests, some of stored columns and some of sums, that keep few or many rows. */
  private Expression condition() {
    Expression all = test();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      all = new Expression.Call(Function.AND, List.of(all, test()));
    }
    return all;
  }

  private Expression test() {
    String name = SCHEMA.fields().get(random.nextInt(TESTED)).name();
    Expression input = new Expression.Column(name);
    if (random.nextInt(5) == 0) {
      input =
          new Expression.Call(
              Function.ADD, List.of(input, new Expression.Literal(DataType.I64, 1L)));
    }
    Function function =
        List.of(Function.LESS, Function.GREATER, Function.NOT_EQUAL, Function.EQUAL)
            .get(random.nextInt(random.nextInt(3) == 0 ? 4 : 3));
    long constant = List.of(-90L, -1L, 0L, 50L, 99L).get(random.nextInt(5));
    return new Expression.Call(
        function, List.of(input, new Expression.Literal(DataType.I64, constant)));
  }

  private Block block(int size, Arena arena) {
    MemorySegment doubles = arena.allocate(8L * size, 8);
    MemorySegment codes = arena.allocate(size);
    MemorySegment bytes = arena.allocate(size);
    MemorySegment present = arena.allocate((size + 7) / 8);
    for (int i = 0; i < size; i++) {
      double x = random.nextInt(50) == 0 ? Double.NaN : random.nextInt(-100, 101);
      doubles.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x);
      codes.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(201));
      bytes.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt(-100, 101));
    }
    for (int i = 0; i < present.byteSize(); i++) {
      present.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    boolean nulls = random.nextBoolean();
    Vector[] vectors = {
      Vector.fixed(DataType.F64, doubles, 0, nulls ? present : null, 0),
      Vector.numbers(DataType.I64, new NumberCode(-100, 0), 1, codes, 0, null, 0),
      Vector.fixed(DataType.I8, bytes, 0, nulls ? null : present, 0),
      Vector.variable(DataType.UTF8, bytes, 0, arena.allocate(8L * (size + 1), 8), 0, null, 0),
      Vector.bits(present, 0, null, 0)
    };
    return new VectorBlock(1_000, size, vectors, () -> {});
  }
}
