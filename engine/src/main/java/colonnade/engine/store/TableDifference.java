package colonnade.engine.store;

import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import colonnade.error.CorruptColumnException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What two generations of a table differ in. Columns are the same by their ids, which are never
 * used again, so a renamed column is known; of a table that was replaced as a whole every column is
 * dropped and added. An immutable value.
 *
 * @param before the number of the first generation
 * @param after the number of the second
 * @param rowCountBefore the rows of the first
 * @param rowCountAfter the rows of the second
 * @param columns every column that is not the same in both, in the order of the second generation
 *     and then those dropped
 */
public record TableDifference(
    long before,
    long after,
    long rowCountBefore,
    long rowCountAfter,
    List<ColumnDifference> columns) {
  public TableDifference {
    columns = List.copyOf(columns);
  }

  /** The rows that only the second generation has, at its end. */
  public long appendedRows() {
    return Math.max(0, rowCountAfter - rowCountBefore);
  }

  /** The rows that only the first generation has, at its end. */
  public long removedRows() {
    return Math.max(0, rowCountBefore - rowCountAfter);
  }

  /** Whether both hold the same. */
  public boolean isEmpty() {
    return columns.isEmpty() && rowCountBefore == rowCountAfter;
  }

  /**
   * Compares two generations of one table. A column whose files both share costs nothing; else its
   * rows are read in both.
   *
   * @throws colonnade.error.CorruptColumnException if a column that must be read is damaged
   */
  public static TableDifference of(Snapshot before, Snapshot after) {
    Map<Integer, Integer> earlier = new HashMap<>();
    for (int i = 0; i < before.manifest().columns().size(); i++) {
      earlier.put(before.manifest().columns().get(i).id(), i);
    }
    List<ColumnDifference> columns = new ArrayList<>();
    for (int i = 0; i < after.manifest().columns().size(); i++) {
      ManifestColumn column = after.manifest().columns().get(i);
      Integer index = earlier.remove(column.id());
      ColumnDifference difference =
          index == null
              ? new ColumnDifference(null, column.field(), OptionalLong.empty())
              : compare(before, index, after, i);
      if (index == null
          || difference.isRenamed()
          || difference.isRetyped()
          || difference.isChanged()) {
        columns.add(difference);
      }
    }
    earlier.values().stream()
        .sorted()
        .map(i -> before.schema().field(i))
        .forEach(field -> columns.add(new ColumnDifference(field, null, OptionalLong.empty())));
    return new TableDifference(
        before.generation(), after.generation(), before.rowCount(), after.rowCount(), columns);
  }

  private static ColumnDifference compare(
      Snapshot before, int beforeIndex, Snapshot after, int afterIndex) {
    ManifestColumn first = before.manifest().columns().get(beforeIndex);
    ManifestColumn second = after.manifest().columns().get(afterIndex);
    OptionalLong changed;
    if (first.field().type() != second.field().type()) {
      changed = OptionalLong.empty();
    } else if (shareFiles(first, second) || haveSameBytes(first, second)) {
      changed = OptionalLong.of(0);
    } else {
      changed = OptionalLong.of(countChanged(before, beforeIndex, after, afterIndex));
    }
    return new ColumnDifference(first.field(), second.field(), changed);
  }

  private static long countChanged(
      Snapshot before, int beforeIndex, Snapshot after, int afterIndex) {
    long rows = Math.min(before.rowCount(), after.rowCount());
    try {
      return rows == 0
          ? 0
          : RowComparison.countChanged(before.column(beforeIndex), after.column(afterIndex), rows);
    } catch (InternalError e) {
      // What an access to a mapped page throws that the system does not give.
      String place = "column '" + after.schema().name(afterIndex) + "' of " + after.name();
      throw new CorruptColumnException(
          place,
          place + " cannot be read: a page of one of its files is missing or unreadable",
          "A file was cut short, or the disk fails. Run `colonnade verify " + after.name() + "`.",
          e);
    }
  }

  /** What both count of a file is the same, because nothing counted is ever written again. */
  private static boolean shareFiles(ManifestColumn first, ManifestColumn second) {
    boolean sameCodes =
        first.encoding() == second.encoding()
            && first.constantBits() == second.constantBits()
            && first.codeWidthBytes() == second.codeWidthBytes()
            && (first.numberCode() == null || first.numberCode().equals(second.numberCode()));
    ManifestFile patch = second.file(FileRole.PATCH);
    sameCodes &= patch == null || isIn(first, patch);
    // A file of validity that only the second has says that all rows before it are present.
    for (ManifestFile file : first.files()) {
      sameCodes &=
          file.role() == FileRole.STATISTICS
              || file.role() == FileRole.PARAMETERS
              || isIn(second, file);
    }
    return sameCodes;
  }

  private static boolean isIn(ManifestColumn column, ManifestFile file) {
    ManifestFile own = column.file(file.role());
    return own != null && own.name().equals(file.name());
  }

  private static boolean haveSameBytes(ManifestColumn first, ManifestColumn second) {
    boolean same =
        first.rowCount() == second.rowCount()
            && first.encoding() == second.encoding()
            && first.constantBits() == second.constantBits()
            && first.files().size() == second.files().size()
            && (first.numberCode() == null || first.numberCode().equals(second.numberCode()));
    for (ManifestFile file : first.files()) {
      ManifestFile other = second.file(file.role());
      same &=
          other != null
              && other.lengthBytes() == file.lengthBytes()
              && other.digest() == file.digest()
              && other.tailChecksum() == file.tailChecksum();
    }
    return same;
  }
}
