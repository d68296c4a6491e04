package colonnade.engine.store;

import colonnade.engine.store.format.Checksum;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.engine.store.format.StatisticsRecord;
import colonnade.engine.store.format.TableFormat;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.zip.CRC32C;

/** The statistics of every block of a column, read into memory: 32 bytes a block. Immutable. */
final class BlockStatistics {
  private final ManifestColumn column;
  private final ByteBuffer records;

  private BlockStatistics(ManifestColumn column, ByteBuffer records) {
    this.column = column;
    this.records = records;
  }

  static BlockStatistics read(TableDirectory table, ManifestColumn column) {
    ManifestFile file = column.file(FileRole.STATISTICS);
    int length = file == null ? 0 : Math.toIntExact(file.lengthBytes());
    ByteBuffer records = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    if (file != null) {
      try (StoredFile stored = table.storage().openForReading(table.file(file.name()))) {
        stored.read(records, 0);
      } catch (IOException e) {
        throw StorageFailure.of(table.place(file.name()), "read", e);
      }
      checkTail(table, column, file, records.array());
    }
    return new BlockStatistics(column, records);
  }

  /**
   * Scans skip blocks by these bytes without looking further, so what the manifest can vouch for is
   * checked.
   */
  private static void checkTail(
      TableDirectory table, ManifestColumn column, ManifestFile file, byte[] bytes) {
    int tailStart = bytes.length / TableFormat.PIECE_BYTES * TableFormat.PIECE_BYTES;
    CRC32C crc = new CRC32C();
    crc.update(bytes, tailStart, bytes.length - tailStart);
    if ((int) crc.getValue() != file.tailChecksum()) {
      String place = "column '" + column.field().name() + "' of " + table.name();
      throw new CorruptColumnException(
          place,
          String.format(
              Locale.ROOT,
              "%s: the block statistics in %s have the checksum %s; the manifest says %s",
              place,
              file.name(),
              Checksum.hex((int) crc.getValue()),
              Checksum.hex(file.tailChecksum())),
          "The file was changed after it was written. Restore it, or run `colonnade repair "
              + table.name()
              + "`.");
    }
  }

  ColumnStatistics of(long block) {
    long complete = records.capacity() / TableFormat.STATISTICS_BYTES;
    if (block == complete && column.tailStatistics().rowCount() > 0) {
      return column.tailStatistics();
    }
    if (block < 0 || block >= complete) {
      throw new IndexOutOfBoundsException("no block " + block);
    }
    ByteBuffer record =
        records
            .slice((int) block * TableFormat.STATISTICS_BYTES, TableFormat.STATISTICS_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    return StatisticsRecord.get(record, column.field().type());
  }
}
