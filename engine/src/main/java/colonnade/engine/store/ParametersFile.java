package colonnade.engine.store;

import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptColumnException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** Reads what is kept of a column beside its values. */
final class ParametersFile {
  private static final int BYTES_PER_READ = 1 << 20;

  private ParametersFile() {}

  /**
   * The notes of {@code column}; their bytes are a copy that lives as long as it can be reached.
   *
   * @throws CorruptColumnException if the bytes are not those that were written
   */
  static ColumnNotes read(TableDirectory table, ManifestColumn column) {
    ManifestFile file = column.file(FileRole.PARAMETERS);
    if (file == null) {
      return new ColumnNotes(column.attributes(), null);
    }
    try (Arena arena = Arena.ofConfined()) {
      new PieceCheck(table, arena).check(column, file, problem -> refuse(table, column, problem));
    }
    MemorySegment bytes = Arena.ofAuto().allocate(file.lengthBytes(), 8);
    try (StoredFile stored = table.storage().openForReading(table.file(file.name()))) {
      for (long from = 0; from < file.lengthBytes(); from += BYTES_PER_READ) {
        long n = Math.min(BYTES_PER_READ, file.lengthBytes() - from);
        ByteBuffer part = bytes.asSlice(from, n).asByteBuffer();
        stored.read(part, from);
      }
    } catch (IOException e) {
      throw StorageFailure.of(table.place(file.name()), "read", e);
    }
    return new ColumnNotes(column.attributes(), bytes);
  }

  private static void refuse(TableDirectory table, ManifestColumn column, String problem) {
    String place = "the parameters of column '" + column.field().name() + "' of " + table.name();
    throw new CorruptColumnException(
        place,
        place + ": the file " + problem,
        "The column's values are not affected. Run `colonnade verify " + table.name() + "`.");
  }
}
