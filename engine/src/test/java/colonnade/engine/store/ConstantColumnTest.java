package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of one value: what they take, what they give back, and how they end. */
class ConstantColumnTest {
  private static final long SEED = Long.getLong("seed", 30_611);

  @TempDir Path directory;

  private static List<Object> edges(DataType type) {
    return switch (type) {
      case BOOL -> List.of(0L, 1L);
      case I8 -> List.of(-128L, 0L, 127L);
      case U8 -> List.of(0L, 255L);
      case I16 -> List.of(-32_768L, 7L, 32_767L);
      case U16 -> List.of(0L, 65_535L);
      case I32, DATE -> List.of((long) Integer.MIN_VALUE, 0L, (long) Integer.MAX_VALUE);
      case U32 -> List.of(0L, 0xffff_ffffL);
      case I64, TIMESTAMP_MICROS -> List.of(Long.MIN_VALUE, 0L, -1L, Long.MAX_VALUE);
      case F32 ->
          List.of(-0.0f, 0.0f, 1.5f, Float.NaN, Float.intBitsToFloat(0xffc0_1234), Float.MIN_VALUE);
      case F64 ->
          List.of(
              -0.0,
              0.0,
              0.1,
              Math.PI,
              Double.longBitsToDouble(0x7ff8_0000_0000_0123L),
              Double.NEGATIVE_INFINITY);
      case UTF8, BINARY -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static Encoding encoding(Path table) {
    try (Snapshot snapshot = TableStore.open(table)) {
      return snapshot.encoding(0);
    }
  }

  private static List<Object> bits(List<? extends @Nullable Object> rows) {
    List<Object> bits = new ArrayList<>();
    for (Object row : rows) {
      bits.add(
          row instanceof Double d
              ? (Object) Double.doubleToRawLongBits(d)
              : row instanceof Float f ? (Object) Float.floatToRawIntBits(f) : "" + row);
    }
    return bits;
  }

  private static void check(Path table, List<? extends @Nullable Object> rows, Encoding expected) {
    assertThat(bits(Tables.rows(table))).isEqualTo(bits(rows));
    assertThat(encoding(table)).isEqualTo(expected);
    Tables.assertClean(table);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UTF8", "BINARY"})
  void keepsEveryBitOfEveryTypeWithoutAFileOfValues(DataType type) {
    int t = 0;
    for (Object value : edges(type)) {
      for (int rowCount : new int[] {1, 7, 4097, 65_536, 65_537}) {
        for (boolean nulls : new boolean[] {false, true}) {
          List<@Nullable Object> rows = new ArrayList<>(Collections.nCopies(rowCount, value));
          for (int i = 0; nulls && i < rowCount; i += 3) {
            rows.set(i, null);
          }
          Path table = directory.resolve("t" + t++);
          Tables.create(table, type, rows, WriteOptions.DEFAULT);
          check(table, rows, Encoding.CONSTANT);
          assertThat(TableStat.of(table).files())
              .allMatch(file -> file.name().endsWith(".valid") || file.name().endsWith(".stat"));
        }
      }
    }
  }

  @Test
  void tellsValuesApartThatAreEqualButNotTheSame() {
    List<Object> rows = List.of(0.0, -0.0);
    Tables.create(directory, DataType.F64, rows, WriteOptions.DEFAULT);
    check(directory, rows, Encoding.PLAIN);
  }

  @Test
  void takesTheFirstValueAfterAnyNumberOfNulls() {
    List<@Nullable Object> rows = new ArrayList<>(Collections.nCopies(70_000, null));
    Tables.create(directory, DataType.F32, rows, WriteOptions.DEFAULT);
    check(directory, rows, Encoding.CONSTANT);
    rows.add(2.5f);
    Tables.append(directory, DataType.F32, List.of(2.5f), WriteOptions.DEFAULT);
    check(directory, rows, Encoding.CONSTANT);
    rows.add(null);
    rows.add(3.5f);
    Tables.append(directory, DataType.F32, Arrays.asList(null, 3.5f), WriteOptions.DEFAULT);
    check(directory, rows, Encoding.PLAIN);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"UTF8", "BINARY"})
  void becomesAnOrdinaryColumnWithTheFirstOtherValue(DataType type) {
    var random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 6; trial++) {
      Path table = directory.resolve("t" + trial);
      List<Object> values = edges(type);
      Object value = values.get(trial % values.size());
      Object other = values.get((trial + 1) % values.size());
      List<@Nullable Object> rows = new ArrayList<>();
      for (int i = random.nextInt(trial < 3 ? 100 : 140_000); i >= 0; i--) {
        rows.add(trial % 2 == 0 && random.nextInt(3) == 0 ? null : value);
      }
      Tables.create(table, type, rows, WriteOptions.DEFAULT);
      check(table, rows, Encoding.CONSTANT);
      List<@Nullable Object> before = List.copyOf(bits(rows));
      try (Snapshot early = TableStore.open(table)) {
        List<@Nullable Object> more = new ArrayList<>();
        for (int i = random.nextInt(5000); i >= 0; i--) {
          more.add(random.nextInt(4) == 0 ? null : random.nextInt(3) == 0 ? other : value);
        }
        more.add(other);
        Tables.append(table, type, more, WriteOptions.DEFAULT);
        rows.addAll(more);
        assertThat(bits(Tables.rows(table)))
            .as("%s, trial %d, seed %d", type, trial, SEED)
            .isEqualTo(bits(rows));
        Tables.assertClean(table);
        assertThat(bits(Vectors.values(early.column(0), 4096))).isEqualTo(before);
      }
      Tables.append(table, type, List.of(value, other), WriteOptions.DEFAULT);
      rows.addAll(List.of(value, other));
      assertThat(bits(Tables.rows(table))).isEqualTo(bits(rows));
      Tables.assertClean(table);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"I64", "F64", "BOOL", "I8"})
  void leavesWithinOneWriteAsBetweenCommits(DataType type) {
    List<Object> values = edges(type);
    List<Object> rows = new ArrayList<>(Collections.nCopies(65_536 * 2 + 100, values.get(0)));
    Schema schema = Schema.of("x", type);
    try (TableWriter writer = TableWriter.create(directory, schema, WriteOptions.DEFAULT)) {
      Tables.write(writer, type, rows);
      writer.checkpoint();
      Tables.write(writer, type, values);
      writer.checkpoint();
      Tables.write(writer, type, values);
    }
    rows.addAll(values);
    rows.addAll(values);
    assertThat(bits(Tables.rows(directory))).isEqualTo(bits(rows));
    Tables.assertClean(directory);
  }

  @Test
  void choosesCodesByTheConstantAndWhatFollowsIt() {
    Tables.create(directory, DataType.I64, List.of(1000L, 1000L), WriteOptions.DEFAULT);
    Tables.append(directory, DataType.I64, List.of(1200L), WriteOptions.DEFAULT);
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.manifest().columns().getFirst().codeWidthBytes()).isEqualTo(1);
      assertThat(snapshot.manifest().columns().getFirst().numberCode())
          .isEqualTo(new NumberCode(973, 0));
    }
  }

  @Test
  void staysPlainWhereThatIsAsked() {
    Tables.create(directory, DataType.I64, List.of(5L, 5L), Tables.PLAIN);
    check(directory, List.of(5L, 5L), Encoding.PLAIN);
  }

  @Test
  void sharesMemoryBetweenColumnsOfTheSameBits() {
    Schema schema = Schema.of("a", DataType.I64, "b", DataType.F64, "c", DataType.I64);
    try (TableWriter writer = TableWriter.create(directory, schema, WriteOptions.DEFAULT);
        var arena = java.lang.foreign.Arena.ofConfined()) {
      writer.write(
          new Vector[] {
            Vectors.plain(DataType.I64, Arrays.asList(null, null), arena),
            Vectors.plain(DataType.F64, List.of(0.0, 0.0), arena),
            Vectors.plain(DataType.I64, List.of(1L, 1L), arena)
          },
          2);
    }
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.column(0).vector(0, 2).data().address())
          .isEqualTo(snapshot.column(1).vector(0, 2).data().address())
          .isNotEqualTo(snapshot.column(2).vector(0, 2).data().address());
      assertThat(snapshot.mappedFileCount()).isEqualTo(1);
    }
  }
}
