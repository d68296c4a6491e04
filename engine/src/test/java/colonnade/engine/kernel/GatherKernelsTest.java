package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import org.junit.jupiter.api.Test;

/** Moving values is scalar in every implementation. */
class GatherKernelsTest extends LoopTest {
  private final Kernels kernels = Kernels.scalar();

  @Test
  void gathersScattersAndCopiesTheListedRows() {
    for (DataType type : Sample.NUMBERS) {
      if (type.isFloating()) {
        continue;
      }
      int width = type.widthBytes();
      for (int size : Sample.SIZES) {
        Sample s = Sample.of(type, size, arena, random);
        Sample old = Sample.of(type, size, arena, random);
        int[] rows = s.lists(random).get(2).plain();
        int n = rows.length;
        Sample dense = Sample.room(type, n, arena, random);
        ByType.gather(
            kernels, width, s.memory(), s.offset(), rows, n, dense.memory(), dense.offset());
        Sample gathered = dense.reread();
        for (int k = 0; k < n; k++) {
          assertThat(gathered.longAt(k)).as(at(type, size)).isEqualTo(s.longAt(rows[k]));
        }
        for (boolean scatter : new boolean[] {true, false}) {
          Sample out = Sample.room(type, size, arena, random);
          kernels.copy(old.memory(), old.offset(), (long) width * size, out.memory(), out.offset());
          if (scatter) {
            ByType.scatter(
                kernels,
                width,
                dense.memory(),
                dense.offset(),
                rows,
                n,
                out.memory(),
                out.offset());
          } else {
            ByType.copyRows(
                kernels, width, s.memory(), s.offset(), rows, n, out.memory(), out.offset());
          }
          Sample now = out.reread();
          long[] kept = Sample.words(rows);
          for (int i = 0; i < size; i++) {
            boolean listed = (kept[i / 64] >>> i & 1) != 0;
            assertThat(now.longAt(i))
                .as(at(type + " row " + i, size))
                .isEqualTo(listed ? s.longAt(i) : old.longAt(i));
          }
        }
      }
    }
  }

  @Test
  void fillsAllOrTheListedRows() {
    Sample out = Sample.of(DataType.I16, 100, arena, random);
    kernels.fillRows2((short) -7, new int[] {0, 5, 99}, 3, out.memory(), out.offset());
    Sample now = out.reread();
    for (int i = 0; i < 100; i++) {
      assertThat(now.longAt(i)).isEqualTo(i == 0 || i == 5 || i == 99 ? -7 : out.longAt(i));
    }
    kernels.fill2((short) 9, 50, out.memory(), out.offset());
    for (int i = 0; i < 100; i++) {
      assertThat(out.reread().longAt(i)).isEqualTo(i < 50 ? 9 : now.longAt(i));
    }
  }

  @Test
  void widensCodesWithoutASign() {
    Sample u8 = Sample.of(DataType.U8, 300, arena, random);
    Sample u16 = Sample.of(DataType.U16, 300, arena, random);
    Sample to16 = Sample.room(DataType.U16, 300, arena, random);
    Sample to32 = Sample.room(DataType.I32, 300, arena, random);
    Sample from16 = Sample.room(DataType.I32, 300, arena, random);
    kernels.widenU8ToU16(u8.memory(), u8.offset(), 300, to16.memory(), to16.offset());
    kernels.widenU8ToI32(u8.memory(), u8.offset(), 300, to32.memory(), to32.offset());
    kernels.widenU16ToI32(u16.memory(), u16.offset(), 300, from16.memory(), from16.offset());
    for (int i = 0; i < 300; i++) {
      assertThat(to16.reread().longAt(i)).isEqualTo(u8.longAt(i));
      assertThat(to32.reread().longAt(i)).isEqualTo(u8.longAt(i));
      assertThat(from16.reread().longAt(i)).isEqualTo(u16.longAt(i));
    }
  }
}
