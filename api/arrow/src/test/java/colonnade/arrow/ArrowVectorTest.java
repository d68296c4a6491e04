package colonnade.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.Arrow;
import colonnade.Mode;
import colonnade.Table;
import colonnade.engine.exec.SnapshotSource;
import colonnade.engine.plan.Plan;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.Vector;
import colonnade.engine.store.WriteOptions;
import colonnade.error.InvalidQueryException;
import colonnade.error.TypeMismatchException;
import colonnade.error.UnknownColumnException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapped columns as Arrow vectors: the same addresses, and nothing left behind. */
class ArrowVectorTest {
  @TempDir Path folder;

  private Table table() {
    int rows = 10_000;
    Double[] prices = new Double[rows];
    String[] names = new String[rows];
    String[] cities = new String[rows];
    boolean[] ok = new boolean[rows];
    int[] days = new int[rows];
    for (int i = 0; i < rows; i++) {
      prices[i] = i % 7 == 0 ? null : i * 0.5;
      names[i] = "name " + i * 31;
      cities[i] = "city " + i % 10;
      ok[i] = i % 3 == 0;
      days[i] = i % 7;
    }
    return Table.of(
            "id",
            IntStream.range(0, rows).toArray(),
            "price",
            prices,
            "name",
            names,
            "city",
            cities,
            "ok",
            ok,
            "no",
            new boolean[rows],
            "day",
            days)
        .writeTo(
            folder.resolve("table"),
            Mode.READ_WRITE,
            WriteOptions.DEFAULT
                .withEncoding("id", EncodingChoice.PLAIN)
                .withEncoding("price", EncodingChoice.PLAIN)
                .withEncoding("name", EncodingChoice.PLAIN));
  }

  private static Vector mapped(Table table, String column) {
    var source = (SnapshotSource) ((Plan.Scan) table.plan()).source();
    return source.snapshot().column(table.schema().indexOf(column)).vector(0, 8);
  }

  @Test
  void hasTheAddressOfTheMappedFile() {
    try (Table table = table();
        var allocator = new RootAllocator()) {
      try (FieldVector ids = Arrow.vector(table, "id", allocator);
          FieldVector prices = Arrow.vector(table, "price", allocator);
          FieldVector names = Arrow.vector(table, "name", allocator)) {
        assertThat(ids.getDataBufferAddress()).isEqualTo(mapped(table, "id").data().address());
        assertThat(prices.getDataBufferAddress())
            .isEqualTo(mapped(table, "price").data().address());
        assertThat(prices.getValidityBufferAddress())
            .isEqualTo(mapped(table, "price").validity().address());
        assertThat(names.getDataBufferAddress()).isEqualTo(mapped(table, "name").data().address());
        assertThat(names.getOffsetBufferAddress())
            .isEqualTo(mapped(table, "name").offsets().address());
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void holdsTheValuesOfTheColumn() {
    try (Table table = table();
        var allocator = new RootAllocator()) {
      try (var prices = (Float8Vector) Arrow.vector(table, "price", allocator);
          var names = (LargeVarCharVector) Arrow.vector(table, "name", allocator)) {
        assertThat(prices.getValueCount()).isEqualTo(10_000);
        assertThat(prices.getNullCount()).isEqualTo(1_429);
        assertThat(prices.isNull(7)).isTrue();
        assertThat(prices.get(9_999)).isEqualTo(4_999.5);
        assertThat(names.getObject(10).toString()).isEqualTo("name 310");
        names.validateFull();
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void handsOverBooleansOfOneBit() {
    try (Table table = table();
        var allocator = new RootAllocator()) {
      try (var ok = (BitVector) Arrow.vector(table, "ok", allocator)) {
        assertThat(ok.getDataBufferAddress()).isEqualTo(mapped(table, "ok").data().address());
        for (int i = 0; i < 10_000; i++) {
          assertThat(ok.get(i)).isEqualTo(i % 3 == 0 ? 1 : 0);
        }
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void handsOverCodesAndTheirDictionary() {
    try (Table table = table();
        var allocator = new RootAllocator()) {
      try (FieldVector codes = Arrow.vector(table, "city", allocator)) {
        assertThat(codes).isInstanceOf(BaseIntVector.class);
        assertThat(codes.getDataBufferAddress()).isEqualTo(mapped(table, "city").data().address());
        var dictionary = Arrow.dictionary(table, "city", allocator);
        try (var entries = dictionary.getVector();
            var texts = DictionaryEncoder.decode(codes, dictionary)) {
          assertThat(entries.getValueCount()).isEqualTo(10);
          assertThat(texts.getObject(9_999).toString()).isEqualTo("city 9");
        }
      }
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void refusesWhatHasNoSuchMemory() {
    try (Table table = table();
        Table memory = Table.of("x", new long[] {1});
        var allocator = new RootAllocator()) {
      assertThatThrownBy(() -> Arrow.vector(table, "no", allocator))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContainingAll("'no'", "constant", "EncodingChoice.PLAIN");
      assertThatThrownBy(() -> Arrow.vector(table, "day", allocator))
          .isInstanceOf(TypeMismatchException.class)
          .hasMessageContainingAll("narrow", "EncodingChoice.PLAIN");
      assertThatThrownBy(() -> Arrow.vector(memory, "x", allocator))
          .isInstanceOf(InvalidQueryException.class);
      assertThatThrownBy(() -> Arrow.vector(table, "prise", allocator))
          .isInstanceOf(UnknownColumnException.class)
          .hasMessageContaining("price");
      assertThatThrownBy(() -> Arrow.dictionary(table, "price", allocator))
          .isInstanceOf(TypeMismatchException.class);
      assertThat(allocator.getAllocatedMemory()).isZero();
    }
  }

  @Test
  void refusesAColumnOfWhichRowsLieInAPatch() {
    table().close();
    try (Table table = Table.open(folder.resolve("table"), Mode.READ_WRITE);
        var allocator = new RootAllocator()) {
      table.put("price", 3, 99.5);
      table.commit();
      assertThatThrownBy(() -> Arrow.vector(table, "price", allocator))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("vacuum");
      table.vacuum();
      try (FieldVector prices = Arrow.vector(table, "price", allocator)) {
        assertThat(prices.getObject(3)).isEqualTo(99.5);
      }
    }
  }
}
