package colonnade.engine.store.format;

import colonnade.Schema;
import java.time.Instant;
import java.util.List;

/**
 * One committed state of a table. An immutable value.
 *
 * @param generation its number, from 1 on
 * @param parent the generation it was made from; 0 for none
 * @param rowCount the rows of every column
 * @param created when it was published
 * @param nextColumnId the id that the next new column gets
 * @param columns the columns in order
 */
public record Manifest(
    long generation,
    long parent,
    long rowCount,
    Instant created,
    int nextColumnId,
    List<ManifestColumn> columns) {
  public Manifest {
    columns = List.copyOf(columns);
  }

  /** The names and types of the columns. */
  public Schema schema() {
    return new Schema(columns.stream().map(ManifestColumn::field).toList());
  }

  /** The number of blocks of every column. */
  public long blockCount() {
    return (rowCount + TableFormat.BLOCK_ROWS - 1) / TableFormat.BLOCK_ROWS;
  }
}
