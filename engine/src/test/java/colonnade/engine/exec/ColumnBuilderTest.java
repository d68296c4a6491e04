package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColumnBuilderTest {
  private final QueryMemory memory = new QueryMemory(1 << 30);

  @AfterEach
  void free() {
    memory.close();
  }

  @Test
  void keepsWhatWasAppendedRowByRow() {
    for (DataType type : DataType.values()) {
      SplittableRandom random = new SplittableRandom(type.ordinal());
      ColumnBuilder builder = new ColumnBuilder(type, memory.region());
      List<Object> expected = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        appendRandom(builder, type, random, expected);
      }
      assertThat(values(builder.vector(0), 3_000)).as("%s", type).isEqualTo(expected);
    }
  }

  @Test
  void gathersSelectedRowsInEveryForm() {
    SplittableRandom random = new SplittableRandom(7);
    for (DataType type : DataType.values()) {
      ColumnBuilder source = new ColumnBuilder(type, memory.region());
      List<Object> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        appendRandom(source, type, random, all);
      }
      ColumnBuilder target = new ColumnBuilder(type, memory.region());
      List<Object> expected = new ArrayList<>();
      Selection selection = new Selection();
      for (int round = 0; round < 6; round++) {
        selection.setAll(200);
        if (round % 3 > 0) {
          int[] rows = selection.toList();
          int kept = 0;
          for (int i = 0; i < 200; i++) {
            if (random.nextInt(3) == 0) {
              rows[kept++] = i;
            }
          }
          selection.setList(200, kept);
          if (round % 3 == 2) {
            selection.toBitmap();
          }
        }
        target.append(source.vector(0), selection);
        int count = selection.count();
        int[] rows = selection.toList();
        for (int i = 0; i < count; i++) {
          expected.add(all.get(rows[i]));
        }
      }
      assertThat(values(target.vector(0), expected.size())).as("%s", type).isEqualTo(expected);
    }
  }

  @Test
  void keepsCodesOfOneDictionaryAndFallsToPlainAtTheSecond() {
    Dictionary first = dictionary("a", "bb", "");
    Dictionary second = dictionary("x", "a");
    ColumnBuilder builder = new ColumnBuilder(DataType.UTF8, memory.region());
    builder.append(coded(first, 0, 1, 2, 1), 0, 4);
    assertThat(builder.vector(0).dictionary()).isSameAs(first);
    builder.append(coded(second, 0, 1), 0, 2);
    assertThat(builder.vector(0).isCoded()).isFalse();
    assertThat(values(builder.vector(0), 6)).containsExactly("a", "bb", "", "bb", "x", "a");
  }

  @Test
  void takesNullsForNegativeRows() {
    ColumnBuilder source = new ColumnBuilder(DataType.I64, memory.region());
    source.appendLong(10);
    source.appendLong(11);
    ColumnBuilder target = new ColumnBuilder(DataType.I64, memory.region());
    int[] rows = {-1, 1, 0, -1};
    target.appendOrNull(source.vector(0), rows, 4);
    assertThat(rows).containsExactly(-1, 1, 0, -1);
    target.appendOrNull(source.vector(0), new int[] {-1, -1}, 2);
    assertThat(values(target.vector(0), 6)).containsExactly(null, 11L, 10L, null, null, null);
  }

  @Test
  void canBeClearedAndUsedAgain() {
    ColumnBuilder builder = new ColumnBuilder(DataType.UTF8, memory.region());
    builder.append(coded(dictionary("a", "b"), 1, 0), 0, 2);
    builder.clear();
    builder.appendBytes("plain".getBytes(StandardCharsets.UTF_8));
    builder.appendNulls(1);
    assertThat(values(builder.vector(0), 2)).containsExactly("plain", null);
  }

  private static void appendRandom(
      ColumnBuilder builder, DataType type, SplittableRandom random, List<Object> expected) {
    if (random.nextInt(5) == 0) {
      builder.appendNulls(1);
      expected.add(null);
    } else if (type.isVariable()) {
      String text = "é".repeat(random.nextInt(4)) + random.nextInt(100);
      builder.appendBytes(text.getBytes(StandardCharsets.UTF_8));
      expected.add(text);
    } else if (type.isFloating()) {
      double value = (float) random.nextDouble();
      builder.appendDouble(value);
      expected.add(value);
    } else {
      long value = random.nextInt(2);
      builder.appendLong(value);
      expected.add(value);
    }
  }

  private static List<Object> values(Vector vector, int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (vector.isNull(i)) {
        values.add(null);
      } else if (vector.type().isVariable()) {
        values.add(vector.textAt(i));
      } else if (vector.type().isFloating()) {
        values.add(vector.doubleAt(i));
      } else {
        values.add(vector.longAt(i));
      }
    }
    return values;
  }

  private Vector coded(Dictionary dictionary, int... codes) {
    MemorySegment segment = memory.allocate(codes.length);
    for (int i = 0; i < codes.length; i++) {
      segment.set(ValueLayout.JAVA_BYTE, i, (byte) codes[i]);
    }
    return Vector.coded(dictionary, 1, segment, 0, null, 0);
  }

  private Dictionary dictionary(String... entries) {
    MemorySegment offsets = memory.allocate(8L * (entries.length + 1));
    MemorySegment bytes = memory.allocate(100);
    long at = 0;
    for (int i = 0; i < entries.length; i++) {
      byte[] entry = entries[i].getBytes(StandardCharsets.UTF_8);
      MemorySegment.copy(entry, 0, bytes, ValueLayout.JAVA_BYTE, at, entry.length);
      at += entry.length;
      offsets.set(ValueLayout.JAVA_LONG_UNALIGNED, 8L * (i + 1), at);
    }
    return new Dictionary(DataType.UTF8, entries.length, offsets, bytes);
  }
}
