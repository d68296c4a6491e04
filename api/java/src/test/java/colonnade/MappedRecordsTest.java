package colonnade;

import static colonnade.DataType.BOOL;
import static colonnade.DataType.DATE;
import static colonnade.DataType.F32;
import static colonnade.DataType.F64;
import static colonnade.DataType.I32;
import static colonnade.DataType.I64;
import static colonnade.DataType.TIMESTAMP_MICROS;
import static colonnade.DataType.U16;
import static colonnade.DataType.U32;
import static colonnade.DataType.U8;
import static colonnade.DataType.UTF8;
import static colonnade.Expr.col;
import static colonnade.Expr.count;
import static colonnade.Expr.max;
import static colonnade.Expr.min;
import static colonnade.Expr.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.error.ClosedException;
import colonnade.error.ComputationException;
import colonnade.error.InvalidQueryException;
import colonnade.error.ReadOnlyException;
import colonnade.error.ShapeMismatchException;
import colonnade.error.StorageException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of packed records against the bytes that a C program would read and write. */
class MappedRecordsTest {
  private static final Schema FIELDS = Schema.of("key", I64, "time", U16, "flags", U16, "id", I32);

  @TempDir Path folder;

  @Test
  void storesFieldsWhereAPackedStructHasThem() throws IOException {
    Path file = folder.resolve("r.dat");
    try (MappedRecords records = MappedRecords.create(file, FIELDS, 3)) {
      assertThat(records.recordBytes()).isEqualTo(16);
      assertThat(records.offsetBytes("flags")).isEqualTo(10);
      records.set(1, "key", -2L);
      records.set(1, "time", 0xfffe);
      records.set(1, "flags", 3.0);
      records.set(1, "id", -5);
      records.setRow(2, Long.MIN_VALUE, 1, 2, 3);
      assertThat(records.getLong(1, "time")).isEqualTo(0xfffe);
      assertThat(records.get(1, "id")).isEqualTo(-5.0);
      assertThat(records.row(1).i64("key")).isEqualTo(-2);
      assertThat(records.row(2).get("flags")).isEqualTo(2L);
    }
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.capacity()).isEqualTo(48);
    assertThat(bytes.getLong(0)).isZero();
    assertThat(bytes.getLong(16)).isEqualTo(-2);
    assertThat(bytes.getShort(24)).isEqualTo((short) 0xfffe);
    assertThat(bytes.getShort(26)).isEqualTo((short) 3);
    assertThat(bytes.getInt(28)).isEqualTo(-5);
    assertThat(bytes.getLong(32)).isEqualTo(Long.MIN_VALUE);
    assertThat(bytes.getInt(44)).isEqualTo(3);
  }

  @Test
  void holdsEveryTypeOfFixedWidthAtAnyAlignment() {
    Schema fields =
        Schema.of(
            "b", BOOL, "f", F32, "d", F64, "day", DATE, "u", U8, "t", TIMESTAMP_MICROS, "v", U32);
    LocalDateTime time = LocalDateTime.of(2026, 3, 1, 10, 20, 30);
    try (MappedRecords records = MappedRecords.create(folder.resolve("r"), fields, 2)) {
      assertThat(records.recordBytes()).isEqualTo(30);
      records.setRow(1, true, 0.5f, Math.PI, LocalDate.of(2026, 1, 2), 255, time, 4_000_000_000L);
      Row row = records.row(1);
      assertThat(row.bool("b")).isTrue();
      assertThat(row.f32("f")).isEqualTo(0.5f);
      assertThat(row.f64("d")).isEqualTo(Math.PI);
      assertThat(row.date("day")).isEqualTo(LocalDate.of(2026, 1, 2));
      assertThat(row.i32("u")).isEqualTo(255);
      assertThat(row.timestamp("t")).isEqualTo(time);
      assertThat(row.i64("v")).isEqualTo(4_000_000_000L);
      assertThat(records.frame().collect().row(1).toString()).isEqualTo(row.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4_095, 4_097, 65_535, 65_536, 65_537, 200_001})
  void isATableOfItsFields(int rowCount) throws IOException {
    Path file = folder.resolve("r.dat");
    Random random = new Random(rowCount);
    ByteBuffer bytes = ByteBuffer.allocate(16 * rowCount).order(ByteOrder.LITTLE_ENDIAN);
    long expectedRows = 0;
    long expectedSum = 0;
    long lowest = Long.MAX_VALUE;
    long highest = Long.MIN_VALUE;
    while (bytes.hasRemaining()) {
      long key = random.nextLong();
      int time = random.nextInt(0x10000);
      int flags = random.nextInt(4);
      int id = random.nextInt();
      bytes.putLong(key).putShort((short) time).putShort((short) flags).putInt(id);
      if (flags >= 2) {
        expectedRows++;
        expectedSum += id + (long) time;
        lowest = Math.min(lowest, key);
        highest = Math.max(highest, key);
      }
    }
    Files.write(file, bytes.array());
    try (MappedRecords records = MappedRecords.open(file, Mode.READ_ONLY, FIELDS)) {
      assertThat(records.rowCount()).isEqualTo(rowCount);
      Row row =
          records
              .frame()
              .filter(col("flags").ge(2))
              .aggregate(
                  count().as("n"),
                  sum(col("id").plus(col("time"))).as("sum"),
                  min("key").as("lowest"),
                  max("key").as("highest"))
              .collect()
              .row(0);
      assertThat(row.i64("n")).isEqualTo(expectedRows);
      if (expectedRows > 0) {
        assertThat(row.i64("sum")).isEqualTo(expectedSum);
        assertThat(row.i64("lowest")).isEqualTo(lowest);
        assertThat(row.i64("highest")).isEqualTo(highest);
      }
      Path copy = folder.resolve("copy.dat");
      assertThat(MappedRecords.write(records.frame(), copy)).isEqualTo(rowCount);
      assertThat(copy).hasBinaryContent(bytes.array());
    }
  }

  @Test
  void writesTheRowsOfATableWhateverItsEncoding() {
    int rowCount = 70_000;
    long[] key = new long[rowCount];
    double[] price = new double[rowCount];
    boolean[] open = new boolean[rowCount];
    for (int i = 0; i < rowCount; i++) {
      key[i] = i % 100;
      price[i] = i % 1000 / 100.0;
      open[i] = i % 3 == 0;
    }
    Path file = folder.resolve("r.dat");
    Frame rows = Table.of("key", key, "price", price, "open", open);
    try (Table stored = rows.writeTo(folder.resolve("t"))) {
      MappedRecords.write(stored, file);
    }
    Schema fields = Schema.of("key", I64, "price", F64, "open", BOOL);
    try (MappedRecords records = MappedRecords.open(file, Mode.READ_ONLY, fields, rowCount)) {
      assertThat(records.toLongs("key")).isEqualTo(key);
      assertThat(records.toDoubles("price")).isEqualTo(price);
      assertThat(records.getLong(69_999, "open")).isEqualTo(1);
      assertThat(records.toLongs("open", 1, 4)).containsExactly(0, 0, 1);
    }
  }

  @Test
  void readsAndWritesRunsOfAField() {
    try (MappedRecords records = MappedRecords.create(folder.resolve("r"), FIELDS, 1_000)) {
      long[] ids = new Random(1).longs(500, -9, 9).toArray();
      records.assign("id", 300, ids);
      records.assign("time", 999, new double[] {7});
      records.assign("time", 1_000, new long[0]);
      assertThat(records.toLongs("id", 300, 800)).isEqualTo(ids);
      assertThat(records.getLong(299, "id")).isZero();
      assertThat(records.getLong(800, "id")).isZero();
      assertThat(records.toDoubles("time", 999, 1_000)).containsExactly(7);
      assertThat(records.toLongs("key")).containsOnly(0);
      assertThatThrownBy(() -> records.assign("id", 501, ids))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("outside the 1000 records");
      assertThatThrownBy(() -> records.assign("time", 0, new long[] {1, 65_536}))
          .isInstanceOf(ComputationException.class);
      assertThat(records.getLong(0, "time")).as("nothing was written").isZero();
    }
  }

  @Test
  void frameSeesWhatIsStoredBeforeItRuns() {
    try (MappedRecords records = MappedRecords.create(folder.resolve("r"), FIELDS, 10)) {
      Frame ids = records.frame().filter(col("id").gt(0));
      assertThat(ids.count()).isZero();
      records.set(4, "id", 9);
      assertThat(ids.count()).isEqualTo(1);
    }
  }

  @Test
  void keepsItsModes() throws IOException {
    Path file = folder.resolve("r.dat");
    Files.write(file, new byte[32]);
    try (MappedRecords records = MappedRecords.open(file, Mode.READ_ONLY, FIELDS)) {
      assertThatThrownBy(() -> records.set(0, "id", 1)).isInstanceOf(ReadOnlyException.class);
      assertThatThrownBy(records::flush).isInstanceOf(ReadOnlyException.class);
    }
    try (MappedRecords records = MappedRecords.open(file, Mode.COPY_ON_WRITE, FIELDS)) {
      records.set(0, "id", 1);
      assertThat(records.getLong(0, "id")).isEqualTo(1);
    }
    assertThat(file).hasBinaryContent(new byte[32]);
    try (MappedRecords records = MappedRecords.open(file, Mode.READ_WRITE, FIELDS)) {
      records.set(0, "id", 1);
      records.flush();
      assertThat(Files.readAllBytes(file)[12]).isEqualTo((byte) 1);
    }
    try (MappedRecords records = MappedRecords.open(file, Mode.CREATE, FIELDS, 1)) {
      assertThat(records.rowCount()).isEqualTo(1);
      assertThat(records.getLong(0, "id")).isZero();
    }
    assertThatThrownBy(() -> MappedRecords.open(file, Mode.CREATE, FIELDS))
        .isInstanceOf(InvalidQueryException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 17, 33})
  void refusesALengthThatIsNoWholeNumberOfRecords(int length) throws IOException {
    Path file = folder.resolve("r.dat");
    Files.write(file, new byte[length]);
    for (Mode mode : new Mode[] {Mode.READ_ONLY, Mode.READ_WRITE, Mode.COPY_ON_WRITE}) {
      assertThatThrownBy(() -> MappedRecords.open(file, mode, FIELDS))
          .isInstanceOf(ShapeMismatchException.class)
          .hasMessageContaining(length + " bytes")
          .hasMessageContaining("16 bytes");
    }
    assertThat(Files.size(file)).isEqualTo(length);
  }

  @Test
  void refusesAnotherNumberOfRecords() throws IOException {
    Path file = folder.resolve("r.dat");
    Files.write(file, new byte[64]);
    assertThatThrownBy(() -> MappedRecords.open(file, Mode.READ_WRITE, FIELDS, 5))
        .isInstanceOfSatisfying(
            ShapeMismatchException.class,
            e -> {
              assertThat(e.expectedBytes()).isEqualTo(80);
              assertThat(e.actualBytes()).isEqualTo(64);
            })
        .hasMessageContaining("4 records of 16 bytes, not 5");
    assertThatThrownBy(() -> MappedRecords.open(file, Mode.READ_WRITE, FIELDS, -1))
        .isInstanceOf(InvalidQueryException.class);
    assertThat(Files.size(file)).isEqualTo(64);
  }

  @Test
  void refusesWhatRecordsCannotHold() throws IOException {
    Path file = folder.resolve("r.dat");
    assertThatThrownBy(() -> MappedRecords.create(file, Schema.of("name", UTF8), 1))
        .isInstanceOf(TypeMismatchException.class)
        .hasMessageContaining("'name'");
    assertThatThrownBy(() -> MappedRecords.create(file, new Schema(List.of()), 1))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> MappedRecords.create(file, FIELDS, Long.MAX_VALUE / 8))
        .isInstanceOf(InvalidQueryException.class);
    assertThatThrownBy(() -> MappedRecords.open(folder, Mode.READ_ONLY, FIELDS))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("a directory");
    assertThat(file).doesNotExist();
    try (MappedRecords records = MappedRecords.create(file, FIELDS, 2)) {
      assertThatThrownBy(() -> records.set(0, "time", 65_536))
          .isInstanceOf(ComputationException.class);
      assertThatThrownBy(() -> records.set(0, "tyme", 1))
          .isInstanceOf(UnknownColumnException.class)
          .hasMessageContaining("'time'");
      assertThatThrownBy(() -> records.set(2, "time", 1))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("no row 2");
      assertThatThrownBy(() -> records.row(-1)).isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> records.get(0, "key"))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("i64");
      assertThatThrownBy(() -> records.setRow(0, 1L, 2, null, 4))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContaining("no nulls");
      assertThatThrownBy(() -> records.setRow(0, 1L, 2, 3, 1L << 40))
          .isInstanceOf(ComputationException.class);
      assertThat(records.getLong(0, "key")).as("nothing was stored").isZero();
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("r.dat");
    Files.write(file, new byte[] {1, 2, 3});
    Frame rows = Table.of("key", new Long[] {1L, null});
    assertThatThrownBy(() -> MappedRecords.write(rows, file))
        .isInstanceOf(ComputationException.class)
        .hasMessageContaining("'key' is null in row 1");
    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void isOfNoUseOnceClosed() {
    MappedRecords records = MappedRecords.create(folder.resolve("r"), FIELDS, 2);
    Frame frame = records.frame();
    Row row = records.row(0);
    records.close();
    records.close();
    assertThat(records.isClosed()).isTrue();
    assertThatThrownBy(() -> records.getLong(0, "id")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> records.set(0, "id", 1)).isInstanceOf(ClosedException.class);
    assertThatThrownBy(() -> row.get("id")).isInstanceOf(ClosedException.class);
    assertThatThrownBy(frame::collect).isInstanceOf(ClosedException.class);
    assertThatThrownBy(records::frame).isInstanceOf(ClosedException.class);
  }
}
