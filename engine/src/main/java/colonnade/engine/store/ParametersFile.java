package colonnade.engine.store;

import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptColumnException;
import java.lang.foreign.MemorySegment;

/** Reads what is kept of a column beside its values. */
final class ParametersFile {
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
    MemorySegment bytes =
        WholeFile.read(table, column, file, problem -> refuse(table, column, problem));
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
