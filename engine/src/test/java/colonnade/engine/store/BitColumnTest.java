package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Booleans of one bit each: what they take, and that appends change no committed bit. */
class BitColumnTest {
  private static final long SEED = Long.getLong("seed", 8_191);

  @TempDir Path directory;

  private static List<@Nullable Object> booleans(
      int count, boolean nulls, SplittableRandom random) {
    List<@Nullable Object> rows = Vectors.random(DataType.BOOL, count, nulls, random);
    if (count > 1) {
      rows.set(0, 0L);
      rows.set(count - 1, 1L);
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 7, 8, 9, 63, 64, 65, 4095, 4097, 65_535, 65_536, 65_537, 600_001})
  void takeABitARow(int rowCount) {
    for (boolean nulls : new boolean[] {false, true}) {
      Path table = directory.resolve("t" + nulls);
      List<@Nullable Object> rows = booleans(rowCount, nulls, new SplittableRandom(SEED));
      Tables.create(table, DataType.BOOL, rows, WriteOptions.DEFAULT);
      assertThat(Tables.rows(table)).isEqualTo(rows);
      Tables.assertClean(table);
      try (Snapshot snapshot = TableStore.open(table)) {
        assertThat(snapshot.encoding(0)).isEqualTo(Encoding.BITS);
        assertThat(snapshot.column(0).vector(0, 2).data().byteSize()).isEqualTo((rowCount + 7) / 8);
        assertThat(Vectors.values(snapshot.column(0).vector(0, rowCount).from(0), rowCount))
            .isEqualTo(rows);
        if (rowCount > 16) {
          assertThat(Vectors.values(snapshot.column(0).vector(8, rowCount - 8).from(8), 1))
              .isEqualTo(rows.subList(16, 17));
        }
      }
    }
  }

  @Test
  void appendsPastAPartOfAByteChangeNoCommittedBit() throws IOException {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> rows = new ArrayList<>(booleans(13, true, random));
    Tables.create(directory, DataType.BOOL, rows, WriteOptions.DEFAULT);
    for (int step = 0; step < 60; step++) {
      byte[] before = Files.readAllBytes(Tables.file(directory, ".bits"));
      int committed = rows.size();
      try (Snapshot early = TableStore.open(directory)) {
        int more = random.nextInt(step < 40 ? 20 : 70_000);
        List<@Nullable Object> added = booleans(more, step % 2 == 0, random);
        Tables.append(directory, DataType.BOOL, added, WriteOptions.DEFAULT);
        assertThat(Vectors.values(early.column(0), 4096)).isEqualTo(rows);
        rows.addAll(added);
      }
      byte[] after = Files.readAllBytes(Tables.file(directory, ".bits"));
      for (int bit = 0; bit < committed; bit++) {
        if ((before[bit >> 3] >> (bit & 7) & 1) != (after[bit >> 3] >> (bit & 7) & 1)) {
          throw new AssertionError("bit " + bit + " in step " + step + ", seed " + SEED);
        }
      }
      assertThat(Tables.rows(directory)).as("step %d, seed %d", step, SEED).isEqualTo(rows);
      Tables.assertClean(directory);
    }
  }

  @Test
  void areCopiedFromBitsAndFromBytesAlike() {
    var random = new SplittableRandom(SEED);
    List<@Nullable Object> rows = booleans(70_003, true, random);
    Path first = directory.resolve("first");
    Tables.create(first, DataType.BOOL, rows, WriteOptions.DEFAULT);
    Path second = directory.resolve("second");
    try (Snapshot snapshot = TableStore.open(first);
        TableWriter writer = TableWriter.create(second, snapshot.schema(), Tables.PLAIN)) {
      writer.write(new Vector[] {snapshot.column(0).vector(0, 70_003)}, 70_003);
    }
    assertThat(Tables.rows(second)).isEqualTo(rows);
    Tables.assertClean(second);
  }

  @Test
  void stayPlainInATableThatHasThemSo() {
    Tables.create(directory, DataType.BOOL, List.of(0L, 1L), Tables.PLAIN);
    Tables.append(directory, DataType.BOOL, List.of(1L, 0L), WriteOptions.DEFAULT);
    assertThat(Tables.rows(directory)).isEqualTo(List.of(0L, 1L, 1L, 0L));
    assertThat(TableStat.of(directory).files().getFirst().name()).endsWith(".bool");
  }

  @Test
  void areVerifiedWithFreeBitsOfTheLastByteTakenForNothing() throws IOException {
    Tables.create(directory, DataType.BOOL, List.of(0L, 1L, 1L), WriteOptions.DEFAULT);
    Path file = Tables.file(directory, ".bits");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, new byte[] {(byte) (bytes[0] | 0xf8)});
    Tables.assertClean(directory);
    Files.write(file, new byte[] {(byte) (bytes[0] ^ 2)});
    assertThat(Verifier.verify(directory).isSound()).isFalse();
  }

  @Test
  void packAndUnpackAtEveryLength() {
    var random = new SplittableRandom(SEED);
    try (Arena arena = Arena.ofConfined()) {
      for (int n = 0; n <= 64; n++) {
        MemorySegment bytes = arena.allocate(n + 3);
        long expected = 0;
        for (int i = 0; i < n; i++) {
          byte value = (byte) (random.nextBoolean() ? 0 : random.nextInt(1, 256));
          bytes.set(ValueLayout.JAVA_BYTE, i + 3, value);
          expected |= value == 0 ? 0 : 1L << i;
        }
        assertThat(PackedBits.pack(bytes, 3, n)).isEqualTo(expected);
        MemorySegment bits = arena.allocate((n + 7) / 8 + 1);
        for (int i = 0; i < (n + 7) / 8; i++) {
          bits.set(ValueLayout.JAVA_BYTE, i + 1, (byte) (expected >>> 8 * i));
        }
        MemorySegment unpacked = arena.allocate(n + 1);
        PackedBits.unpack(bits, 1, n, unpacked, 1);
        for (int i = 0; i < n; i++) {
          assertThat((long) unpacked.get(ValueLayout.JAVA_BYTE, i + 1))
              .isEqualTo(expected >>> i & 1);
        }
      }
    }
  }
}
