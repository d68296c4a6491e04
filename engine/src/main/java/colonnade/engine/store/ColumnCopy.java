package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies a column into files of its own, byte for byte: a generation that an undo brought back goes
 * on in these, because behind its rows in the old ones lie those of the generation undone. Cost:
 * the column's bytes, once.
 */
final class ColumnCopy {
  private static final int CHUNK_BYTES = WriteOptions.MAX_FILE_BUFFER_BYTES;

  private ColumnCopy() {}

  /** The same column, its files new and synced, their names not yet. */
  static ManifestColumn of(WriteSession session, ManifestColumn column) {
    List<ManifestFile> files = new ArrayList<>();
    for (ManifestFile file : column.files()) {
      if (file.role() == FileRole.PARAMETERS || file.role() == FileRole.PATCH) {
        // Written once, whatever rows follow.
        files.add(file);
        continue;
      }
      String extension = file.role().extension(column.field().type(), column.codeWidthBytes());
      String name =
          FileName.of(column.id(), column.field().name(), session.nextGeneration(), extension)
              .toString();
      copy(session, file.name(), name, file.lengthBytes());
      long pieces = column.pieceCount(file);
      if (pieces > 0) {
        copy(session, file.checksumsName(), name + FileRole.CHECKSUMS, pieces * Integer.BYTES);
      }
      files.add(
          new ManifestFile(
              file.role(), name, file.lengthBytes(), file.digest(), file.tailChecksum()));
    }
    return column.withFiles(files);
  }

  private static void copy(WriteSession session, String from, String to, long lengthBytes) {
    StoredFile target = session.create(to);
    try {
      for (long at = 0; at < lengthBytes; at += CHUNK_BYTES) {
        target.write(session.read(from, at, Math.min(CHUNK_BYTES, lengthBytes - at)), at);
      }
      target.sync();
    } catch (IOException e) {
      throw StorageFailure.of(session.place(to), "write", e);
    } finally {
      session.close(target, to);
    }
  }
}
