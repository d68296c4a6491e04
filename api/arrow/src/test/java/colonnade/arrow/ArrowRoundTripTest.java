package colonnade.arrow;

import static colonnade.Expr.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.Arrow;
import colonnade.DataType;
import colonnade.Field;
import colonnade.Frame;
import colonnade.Schema;
import colonnade.Table;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.MemoryTable;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.store.Vector;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again, by us and by Arrow's own reader. */
class ArrowRoundTripTest {
  @TempDir Path folder;

  /** A column of each type, and one of codes, with random values and nulls. */
  private static MemoryTable everyType(int rows, boolean nulls, long seed) {
    var random = new SplittableRandom(seed);
    QueryMemory.Region memory = new QueryMemory(Long.MAX_VALUE).region();
    List<Field> fields = new ArrayList<>();
    for (DataType type : DataType.values()) {
      fields.add(new Field("a " + type.label() + " ü", type));
    }
    List<MemoryTable.Rows> blocks = new ArrayList<>();
    for (int from = 0; from < rows; from += Sizes.BLOCK_ROWS) {
      int count = Math.min(Sizes.BLOCK_ROWS, rows - from);
      Vector[] vectors = new Vector[fields.size()];
      for (int c = 0; c < vectors.length; c++) {
        ColumnBuilder builder = new ColumnBuilder(fields.get(c).type(), memory);
        for (int i = 0; i < count; i++) {
          if (nulls && random.nextInt(5) == 0) {
            builder.appendNulls(1);
          } else {
            append(builder, fields.get(c).type(), random);
          }
        }
        vectors[c] = builder.vector(0);
      }
      blocks.add(new MemoryTable.Rows(count, vectors));
    }
    return new MemoryTable("random", new Schema(fields), blocks, memory);
  }

  private static void append(ColumnBuilder builder, DataType type, SplittableRandom random) {
    switch (type) {
      case UTF8, BINARY -> {
        byte[] bytes = new byte[random.nextInt(30)];
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) random.nextInt(type == DataType.UTF8 ? 128 : 256);
        }
        builder.appendBytes(bytes);
      }
      case F32, F64 ->
          builder.appendDouble(random.nextInt(10) == 0 ? Double.NaN : (float) random.nextDouble());
      case BOOL -> builder.appendLong(random.nextInt(2));
      case U8 -> builder.appendLong(random.nextInt(1 << 8));
      case U16 -> builder.appendLong(random.nextInt(1 << 16));
      case U32 -> builder.appendLong(random.nextLong(1L << 32));
      case I8 -> builder.appendLong((byte) random.nextInt());
      case I16 -> builder.appendLong((short) random.nextInt());
      case I32, DATE -> builder.appendLong(random.nextInt());
      case I64, TIMESTAMP_MICROS -> builder.appendLong(random.nextLong());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 65_535, 65_537, 131_073})
  void keepsEveryTypeWithNulls(int rows) {
    long seed = Long.getLong("seed", 20_261_121L);
    Path file = folder.resolve("every type ü.arrow");
    for (boolean nulls : new boolean[] {false, true}) {
      try (MemoryTable table = everyType(rows, nulls, seed)) {
        List<List<Object>> expected = Rows.of(table);
        Arrow.write(Frame.of(table), file);
        MappedIpc mapped = MappedIpc.map(file);
        assertThat(mapped.schema()).isEqualTo(table.schema());
        assertThat(Rows.of(mapped).equals(expected)).as("mapped; seed %d", seed).isTrue();
        assertThat(Rows.of(CopiedIpc.of(file)).equals(expected))
            .as("copied; seed %d", seed)
            .isTrue();
      }
    }
  }

  @Test
  void isReadByArrowsOwnReader() throws IOException {
    long seed = Long.getLong("seed", 20_261_121L);
    Path file = folder.resolve("a.arrow");
    try (MemoryTable table = everyType(1_000, true, seed)) {
      Arrow.write(Frame.of(table), file);
      List<List<Object>> expected = Rows.of(table);
      try (var allocator = new RootAllocator();
          var channel = FileChannel.open(file, StandardOpenOption.READ);
          var reader = new ArrowFileReader(channel, allocator)) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        assertThat(reader.loadNextBatch()).isTrue();
        assertThat(root.getRowCount()).isEqualTo(1_000);
        for (int c = 0; c < expected.get(0).size(); c++) {
          FieldVector vector = root.getVector(c);
          vector.validateFull();
          for (int i = 0; i < 1_000; i++) {
            assertThat(vector.isNull(i)).isEqualTo(expected.get(i).get(c) == null);
          }
        }
        int text = table.schema().indexOf("a utf8 ü");
        int f64 = table.schema().indexOf("a f64 ü");
        for (int i = 0; i < 1_000; i++) {
          Object theirs = root.getVector(text).getObject(i);
          assertThat(theirs == null ? null : theirs.toString())
              .isEqualTo(expected.get(i).get(text));
          assertThat(root.getVector(f64).getObject(i)).isEqualTo(expected.get(i).get(f64));
        }
        assertThat(reader.loadNextBatch()).isFalse();
      }
    }
  }

  @Test
  void keepsDictionariesAsDictionaries() throws IOException {
    Path file = folder.resolve("coded.arrow");
    String[] cities = new String[70_000];
    for (int i = 0; i < cities.length; i++) {
      cities[i] = i % 11 == 0 ? null : "city " + i % 300;
    }
    try (Table memory = Table.of("city", cities);
        Table stored = memory.writeTo(folder.resolve("table"))) {
      Arrow.write(stored, file);
      MappedIpc mapped = MappedIpc.map(file);
      // The table keeps empty text beside the 300, as the entry of rows that are null.
      assertThat(mapped.dictionary(0)).isNotNull().extracting(d -> d.size()).isEqualTo(301);
      try (var block = mapped.block(0, new int[] {0})) {
        assertThat(block.vector(0, 0, 8).dictionary()).isSameAs(mapped.dictionary(0));
      }
      List<List<Object>> rows = Rows.of(mapped);
      for (int i = 0; i < cities.length; i++) {
        assertThat(rows.get(i).get(0)).isEqualTo(cities[i]);
      }
      try (var allocator = new RootAllocator();
          var channel = FileChannel.open(file, StandardOpenOption.READ);
          var reader = new ArrowFileReader(channel, allocator)) {
        reader.loadNextBatch();
        FieldVector codes = reader.getVectorSchemaRoot().getVector(0);
        long id = codes.getField().getDictionary().getId();
        try (var texts = DictionaryEncoder.decode(codes, reader.getDictionaryVectors().get(id))) {
          assertThat(texts.getObject(12).toString()).isEqualTo("city 12");
          assertThat(texts.getObject(11)).isNull();
        }
      }
    }
  }

  @Test
  void writesWhatAFrameGives() {
    Path file = folder.resolve("a.arrow");
    try (Table table = Table.of("x", new double[] {1, 2, 3}, "y", new String[] {"a", null, "c"})) {
      Arrow.write(table.filter(col("x").gt(1)).map("z", col("x").times(2)), file.toString());
      try (Table again = Arrow.map(file.toString()).collect();
          Table copied = Arrow.read(file.toString()).collect()) {
        assertThat(again.rowCount()).isEqualTo(2);
        assertThat(again.row(0).get("y")).isNull();
        assertThat(again.row(1).f64("z")).isEqualTo(6);
        assertThat(copied.row(1).text("y")).isEqualTo("c");
      }
    }
  }

  @Test
  void leavesTheOldFileWhenWritingFails() throws IOException {
    Path file = folder.resolve("a.arrow");
    Files.writeString(file, "what was there");
    try (Table table = Table.of("x", new long[] {Long.MAX_VALUE})) {
      assertThatThrownBy(() -> Arrow.write(table.map("y", col("x").plus(1)), file))
          .isInstanceOf(RuntimeException.class);
      assertThat(file).hasContent("what was there");
      assertThatThrownBy(() -> Arrow.write(table, folder.resolve("none").resolve("a.arrow")))
          .isInstanceOf(StorageException.class);
      try (var files = Files.list(folder)) {
        assertThat(files).containsExactly(file);
      }
    }
  }
}
