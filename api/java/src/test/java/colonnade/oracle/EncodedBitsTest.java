package colonnade.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.Expr;
import colonnade.Frame;
import colonnade.Mode;
import colonnade.Table;
import colonnade.TableSchema;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.Encoding;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries give the same bits over columns of codes as over plain ones. */
class EncodedBitsTest {
  private static final long SEED = Long.getLong("seed", 51_993);

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(SEED);

  private Table memory(int rows) {
    int[] number = new int[rows];
    Long[] small = new Long[rows];
    Integer[] middle = new Integer[rows];
    LocalDate[] day = new LocalDate[rows];
    Instant[] time = new Instant[rows];
    Double[] cents = new Double[rows];
    double[] share = new double[rows];
    double[] rough = new double[rows];
    Boolean[] flag = new Boolean[rows];
    boolean[] sure = new boolean[rows];
    Double[] fixed = new Double[rows];
    Long[] empty = new Long[rows];
    int[] same = new int[rows];
    for (int i = 0; i < rows; i++) {
      number[i] = i;
      small[i] = random.nextInt(9) == 0 ? null : (Long) random.nextLong(-50, 150);
      middle[i] = random.nextInt(9) == 0 ? null : (Integer) random.nextInt(-20_000, 20_000);
      day[i] = LocalDate.ofEpochDay(8000 + random.nextInt(2500));
      time[i] = Instant.ofEpochSecond(1_700_000_000, 1000 * random.nextLong(4_000_000));
      cents[i] = random.nextInt(9) == 0 ? null : (Double) (random.nextInt(-99, 9_999_999) / 100.0);
      share[i] = random.nextInt(11) / 100.0;
      rough[i] = random.nextDouble();
      flag[i] = random.nextInt(9) == 0 ? null : (Boolean) (random.nextInt(3) == 0);
      sure[i] = random.nextBoolean();
      fixed[i] = random.nextInt(9) == 0 ? null : (Double) Math.PI;
      same[i] = -77;
    }
    return Table.of(
        "number", number,
        "small", small,
        "middle", middle,
        "day", day,
        "time", time,
        "cents", cents,
        "share", share,
        "rough", rough,
        "flag", flag,
        "sure", sure,
        "fixed", fixed,
        "empty", empty,
        "same", same);
  }

  @Test
  void encodedColumnsGiveTheBitsOfPlainOnes() {
    WriteOptions asPlain = WriteOptions.DEFAULT.withEncoding(EncodingChoice.PLAIN);
    for (int rows : new int[] {0, 1, 4095, 70_001}) {
      Path place = folder.resolve("t" + rows);
      try (Table memory = memory(rows);
          Table plain = memory.writeTo(place.resolve("plain"), Mode.READ_WRITE, asPlain);
          Table encoded = memory.writeTo(place.resolve("encoded"))) {
        assertThat(((TableSchema) plain.schema()).encoding(1)).isEqualTo(Encoding.PLAIN);
        if (rows > 1) {
          TableSchema schema = (TableSchema) encoded.schema();
          assertThat(schema.encoding(1)).isEqualTo(Encoding.NARROW);
          assertThat(schema.encoding(5)).isEqualTo(Encoding.SCALED);
          assertThat(schema.encoding(schema.indexOf("flag"))).isEqualTo(Encoding.BITS);
          assertThat(schema.encoding(schema.indexOf("sure"))).isEqualTo(Encoding.BITS);
          assertThat(schema.encoding(schema.indexOf("fixed"))).isEqualTo(Encoding.CONSTANT);
          assertThat(schema.encoding(schema.indexOf("empty"))).isEqualTo(Encoding.CONSTANT);
          assertThat(schema.encoding(schema.indexOf("same"))).isEqualTo(Encoding.CONSTANT);
        }
        List<Frame> expected = queries(plain);
        List<Frame> found = queries(encoded);
        for (int q = 0; q < expected.size(); q++) {
          compare(expected.get(q), found.get(q));
        }
        for (int trial = 0; trial < 8; trial++) {
          Expr condition = condition().and(condition()).or(condition().not());
          compare(sums(plain.filter(condition)), sums(encoded.filter(condition)));
          compare(
              plain.filter(condition).select("number", "small", "cents", "time"),
              encoded.filter(condition).select("number", "small", "cents", "time"));
        }
      }
    }
  }

  private static Frame sums(Frame rows) {
    return rows.aggregate(
        Expr.count(),
        Expr.count("small"),
        Expr.sum("small"),
        Expr.sum("middle"),
        Expr.sum("cents"),
        Expr.sum(Expr.col("cents").times(Expr.col("share"))),
        Expr.min("time"),
        Expr.max("day"),
        Expr.mean("share"),
        Expr.std("cents"),
        Expr.median("middle"),
        Expr.sum("fixed"),
        Expr.min("fixed"),
        Expr.sum("same"),
        Expr.max("empty"),
        Expr.count("empty"),
        Expr.count("flag"),
        Expr.max("same"));
  }

  private static List<Frame> queries(Table table) {
    Expr cents = Expr.col("cents");
    return List.of(
        table,
        sums(table),
        table.groupBy("small").aggregate(Expr.sum("cents"), Expr.count(), Expr.max("time")),
        table.groupBy("day", "share").aggregate(Expr.sum("middle"), Expr.first("cents")),
        table.groupBy("time").aggregate(Expr.count()),
        table.sort("cents", "number").limit(500),
        table.sort("flag", "same", "fixed", "sure", "number"),
        table.sort("empty", "rough"),
        table.groupBy("flag").aggregate(Expr.sum("cents"), Expr.sum("fixed"), Expr.count()),
        table.groupBy("sure", "flag", "same").aggregate(Expr.count(), Expr.first("number")),
        table.groupBy("fixed", "empty", "small").aggregate(Expr.count(), Expr.max("same")),
        table.filter(Expr.col("flag")).select("number", "flag", "fixed"),
        table.filter(Expr.col("flag").not()).select("number", "sure"),
        table.filter(Expr.col("flag").eq(Expr.col("sure"))).select("number"),
        table.filter(Expr.col("empty").isNull().and(Expr.col("flag").isNull())).select("number"),
        table.distinct("flag", "fixed").select("flag", "fixed", "number"),
        table
            .map("sum", Expr.col("same").plus(Expr.col("fixed")).plus(Expr.col("rough")))
            .select("number", "sum", "flag"),
        table.filter(cents.isNull()).select("number", "middle"),
        table.filter(Expr.col("small").isIn(-50, 3, 77, 1000)).select("number", "small"),
        table.filter(Expr.col("share").isIn(0.05, 0.1, 0.3)).select("number", "share"),
        table.filter(Expr.col("small").eq(Expr.col("middle"))).select("number", "small"),
        table.distinct("middle").select("number", "middle"),
        table.map("z", cents.normalize(Expr.zScore())).select("number", "z"),
        table.map("c", cents.times(100).cast(colonnade.DataType.I64)).select("number", "c"),
        table.join(
            table.filter(Expr.col("number").lt(40)).select("small").distinct("small"), "small"));
  }

  private Expr condition() {
    double share = random.nextInt(-2, 13) / 100.0 + (random.nextBoolean() ? 0 : 0.001);
    return switch (random.nextInt(14)) {
      case 9 -> Expr.col("flag");
      case 10 -> Expr.col("sure").eq(random.nextBoolean());
      case 11 -> Expr.col("fixed").gt(random.nextDouble(3, 4));
      case 12 -> Expr.col("same").le(random.nextInt(-79, -75));
      case 13 -> Expr.col("empty").ge(0).or(Expr.col("flag").ne(true));
      case 0 -> Expr.col("small").ge(random.nextInt(-70, 170));
      case 1 -> Expr.col("small").eq(random.nextInt(-70, 170));
      case 2 -> Expr.col("middle").between(random.nextInt(-30_000, 0), random.nextInt(30_000));
      case 3 -> Expr.col("day").lt(LocalDate.ofEpochDay(7900 + random.nextInt(2700)));
      case 4 -> Expr.col("time").gt(Instant.ofEpochSecond(1_700_000_000 + random.nextInt(-1, 5)));
      case 5 -> Expr.col("share").le(share);
      case 6 -> Expr.col("share").ne(share);
      case 7 -> Expr.col("cents").lt(random.nextDouble(-500, 120_000));
      default -> Expr.col("small").lt(random.nextDouble(-100, 200));
    };
  }

  private void compare(Frame expected, Frame found) {
    QueryOptions options =
        expected
            .options()
            .withThreads(1 + random.nextInt(3))
            .withBatchRows(random.nextBoolean() ? 4096 : 192)
            .withSimd(random.nextBoolean());
    List<Object[]> rows = Cells.of(expected);
    List<Object[]> same = Cells.of(found.with(options));
    String what = found.explain() + ", seed " + SEED;
    assertThat(same.size()).as(what).isEqualTo(rows.size());
    for (int r = 0; r < rows.size(); r++) {
      assertThat(bits(same.get(r))).as("row %d of %s", r, what).isEqualTo(bits(rows.get(r)));
    }
  }

  private static List<Object> bits(Object[] row) {
    List<Object> bits = new ArrayList<>();
    for (Object cell : row) {
      bits.add(cell instanceof Double d ? (Object) Double.doubleToRawLongBits(d) : cell);
    }
    return bits;
  }
}
