package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.DataType;
import colonnade.Field;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.ManifestWriter;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.StorageException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables far larger than memory, made of sparse files that take next to no disk. */
class LargeTableTest {
  private static final ColumnStatistics NONE = ColumnStatistics.EMPTY;

  @TempDir Path directory;

  @Test
  void opensTwoThousandColumnsOfAHundredMillionRowsWithoutMappingAny() throws IOException {
    List<ManifestColumn> columns = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      columns.add(longs(i, 100_000_000));
    }
    publish(100_000_000, columns);
    int mappedBefore = MappingBudget.used();
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.schema().size()).isEqualTo(2000);
      assertThat(snapshot.rowCount()).isEqualTo(100_000_000);
      assertThat(snapshot.blockCount()).isEqualTo(1526);
      assertThat(snapshot.statistics(1999).rowCount()).isEqualTo(100_000_000);
      assertThat(snapshot.mappedFileCount()).isZero();
      assertThat(mappings()).isZero();
      assertThat(snapshot.column(1234).vector(99_999_992, 8).longAt(7)).isZero();
      assertThat(snapshot.mappedFileCount()).isEqualTo(1);
      assertThat(mappings()).isEqualTo(onLinux() ? 1 : 0);
      assertThat(snapshot.column(1234)).isSameAs(snapshot.column(1234));
      assertThat(MappingBudget.used()).isEqualTo(mappedBefore + 1);
    }
    assertThat(mappings()).isZero();
    assertThat(MappingBudget.used()).isEqualTo(mappedBefore);
  }

  @Test
  void refusesToMapMoreFilesThanTheProcessCanBear() {
    int used = MappingBudget.used();
    assertThatThrownBy(() -> MappingBudget.take(40_000, "column 'x' of trips"))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("32,768 is the limit")
        .hasMessageContaining("vm.max_map_count");
    assertThat(MappingBudget.used()).isEqualTo(used);
  }

  @Test
  void readsAndAppendsBeyondTwoGigabytes() throws IOException {
    long rowCount = 300_000_000;
    publish(rowCount, List.of(longs(0, rowCount)));
    try (RandomAccessFile file = open("c0-x-1.i64")) {
      assertThat(file.length()).isEqualTo(2_400_000_000L);
    }
    Tables.append(directory, DataType.I64, List.of(11L, 22L, 33L), WriteOptions.DEFAULT);
    try (Snapshot snapshot = TableStore.open(directory)) {
      Vector vector = snapshot.column(0).vector(rowCount - 8, 11);
      assertThat(Vectors.values(vector, 11)).endsWith(0L, 11L, 22L, 33L).hasSize(11);
      assertThat(snapshot.statistics(0).maxLong()).isEqualTo(33);
      long last = snapshot.blockCount() - 1;
      assertThat(snapshot.blockStatistics(0, last).maxLong()).isEqualTo(33);
    }
  }

  @Test
  void readsTextBeyondTwoGigabytes() throws IOException {
    long bytes = 3L << 30;
    try (RandomAccessFile text = open("c0-x-1.utf8");
        RandomAccessFile offsets = open("c0-x-1.off")) {
      text.seek(bytes - 5);
      text.writeBytes("hello");
      ByteBuffer ends = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
      offsets.write(ends.putLong(0).putLong(bytes - 5).putLong(bytes).array());
    }
    ColumnStatistics two = counted(2);
    publish(
        2,
        List.of(
            new ManifestColumn(
                0,
                new Field("x", DataType.UTF8),
                Encoding.PLAIN,
                0,
                0,
                null,
                0,
                two,
                two,
                List.of(
                    new ManifestFile(FileRole.OFFSETS, "c0-x-1.off", 24, 0, 0),
                    new ManifestFile(FileRole.BYTES, "c0-x-1.utf8", bytes, 0, 0)),
                Map.of())));
    try (Snapshot snapshot = TableStore.open(directory)) {
      assertThat(snapshot.column(0).vector(0, 2).textAt(1)).isEqualTo("hello");
    }
  }

  /** A column of zeros with right checksums and statistics. */
  private ManifestColumn longs(int id, long rowCount) throws IOException {
    long length = rowCount * 8;
    String name = FileName.of(id, "x", 1, "i64").toString();
    try (RandomAccessFile file = open(name)) {
      file.setLength(length);
    }
    CRC32C crc = new CRC32C();
    crc.update(new byte[TableFormat.PIECE_BYTES]);
    int pieces = Math.toIntExact(length / TableFormat.PIECE_BYTES);
    ByteBuffer sums = ByteBuffer.allocate(4 * pieces).order(ByteOrder.LITTLE_ENDIAN);
    while (sums.hasRemaining()) {
      sums.putInt((int) crc.getValue());
    }
    if (id == 0) {
      Files.write(directory.resolve(name + FileRole.CHECKSUMS), sums.array());
    }
    int digest = crcOf(sums.array());
    int tail = crcOf(new byte[(int) (length % TableFormat.PIECE_BYTES)]);
    String statName = FileName.of(id, "x", 1, "stat").toString();
    int statLength = Math.toIntExact(rowCount / TableFormat.BLOCK_ROWS * 32);
    try (RandomAccessFile file = open(statName)) {
      file.setLength(statLength);
    }
    int statPieces = statLength / TableFormat.PIECE_BYTES;
    byte[] statSums = java.util.Arrays.copyOf(sums.array(), 4 * statPieces);
    if (statPieces > 0) {
      Files.write(directory.resolve(statName + FileRole.CHECKSUMS), statSums);
    }
    int statTail = crcOf(new byte[statLength % TableFormat.PIECE_BYTES]);
    return new ManifestColumn(
        id,
        new Field("column " + id, DataType.I64),
        Encoding.PLAIN,
        0,
        0,
        null,
        0,
        zeros(rowCount),
        zeros(rowCount % TableFormat.BLOCK_ROWS),
        List.of(
            new ManifestFile(FileRole.VALUES, name, length, digest, tail),
            new ManifestFile(FileRole.STATISTICS, statName, statLength, crcOf(statSums), statTail)),
        Map.of());
  }

  private static int crcOf(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  private static ColumnStatistics zeros(long rows) {
    return new ColumnStatistics(rows, 0, 0, 0, 0, NONE.minDouble(), NONE.maxDouble());
  }

  private static ColumnStatistics counted(long rows) {
    return new ColumnStatistics(
        rows, 0, 0, NONE.minLong(), NONE.maxLong(), NONE.minDouble(), NONE.maxDouble());
  }

  private RandomAccessFile open(String name) throws IOException {
    return new RandomAccessFile(directory.resolve(name).toFile(), "rw");
  }

  private void publish(long rowCount, List<ManifestColumn> columns) throws IOException {
    Manifest manifest = new Manifest(1, 0, rowCount, Instant.now(), columns.size(), columns);
    Files.write(directory.resolve(FileName.manifest(1)), ManifestWriter.write(manifest));
  }

  private static boolean onLinux() {
    return Files.exists(Path.of("/proc/self/maps"));
  }

  /** Mappings of this process on files of the table, as the kernel sees them. */
  private long mappings() throws IOException {
    if (!onLinux()) {
      return 0;
    }
    String path = directory.toRealPath().toString();
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
      return lines.filter(line -> line.contains(path)).count();
    }
  }
}
