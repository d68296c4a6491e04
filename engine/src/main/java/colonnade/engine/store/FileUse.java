package colonnade.engine.store;

import colonnade.engine.store.format.Manifest;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import java.util.HashMap;
import java.util.Map;

/**
 * What a generation needs of a file, or the most that several do: after an undo an older generation
 * may need more of a file than the newest. An immutable value.
 *
 * @param lengthBytes the bytes that are counted
 * @param pieceCount the checksums that are counted
 * @param rowCount the rows that lie there
 */
record FileUse(long lengthBytes, long pieceCount, long rowCount) {
  /** Of a file that no generation names. */
  static final FileUse NONE = new FileUse(-1, -1, -1);

  /** Whether all that another use needs is needed by this one too. */
  boolean covers(FileUse other) {
    return lengthBytes >= other.lengthBytes
        && pieceCount >= other.pieceCount
        && rowCount >= other.rowCount;
  }

  /** The most of both. */
  FileUse with(FileUse other) {
    return new FileUse(
        Math.max(lengthBytes, other.lengthBytes),
        Math.max(pieceCount, other.pieceCount),
        Math.max(rowCount, other.rowCount));
  }

  /** The files that a generation names. */
  static Map<String, FileUse> of(Manifest manifest) {
    Map<String, FileUse> files = new HashMap<>();
    for (ManifestColumn column : manifest.columns()) {
      for (ManifestFile file : column.files()) {
        files.put(
            file.name(),
            new FileUse(file.lengthBytes(), column.pieceCount(file), column.rowCount()));
      }
    }
    return files;
  }

  /** Takes the files of another generation into {@code all}; returns the bytes that are new. */
  static long merge(Map<String, FileUse> all, Map<String, FileUse> more) {
    long added = 0;
    for (Map.Entry<String, FileUse> file : more.entrySet()) {
      FileUse known = all.get(file.getKey());
      long bytes = file.getValue().lengthBytes;
      added += known == null ? bytes : Math.max(0, bytes - known.lengthBytes);
      all.merge(file.getKey(), file.getValue(), FileUse::with);
    }
    return added;
  }
}
