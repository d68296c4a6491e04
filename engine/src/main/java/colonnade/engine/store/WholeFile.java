package colonnade.engine.store;

import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads a small file of a column as a whole, after it was compared with its checksums. */
final class WholeFile {
  private static final int BYTES_PER_READ = 1 << 20;

  private WholeFile() {}

  /**
   * The bytes that the manifest counts: a copy that lives as long as it can be reached.
   *
   * @param refuse throws what it means that the file is not as it was written; is told the problem
   */
  static MemorySegment read(
      TableDirectory table, ManifestColumn column, ManifestFile file, Consumer<String> refuse) {
    try (Arena arena = Arena.ofConfined()) {
      new PieceCheck(table, arena).check(column, file, refuse);
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
    return bytes;
  }
}
