package colonnade.engine.store.format;

import colonnade.Retention;
import colonnade.Schema;
import colonnade.engine.observe.Written;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One committed state of a table. An immutable value.
 *
 * @param generation its number, from 1 on
 * @param parent the generation that undoing this one leads to; 0 for none
 * @param rowCount the rows of every column
 * @param created when it was published
 * @param nextColumnId the id that the next new column gets
 * @param operation what the commit did, in a few words; empty where it was not said
 * @param retention how many generations are to be kept
 * @param written what its commit wrote before the manifest itself; empty where it was not said
 * @param home the directory that its files were written in, or taken into; empty where it was not
 *     said
 * @param columns the columns in order
 */
public record Manifest(
    long generation,
    long parent,
    long rowCount,
    Instant created,
    int nextColumnId,
    String operation,
    Retention retention,
    Optional<Written> written,
    Optional<Home> home,
    List<ManifestColumn> columns) {
  public Manifest {
    columns = List.copyOf(columns);
    operation = shortened(operation);
  }

  /** Without a word of what the commit did, kept as by default. */
  public Manifest(
      long generation,
      long parent,
      long rowCount,
      Instant created,
      int nextColumnId,
      List<ManifestColumn> columns) {
    this(generation, parent, rowCount, created, nextColumnId, "", Retention.DEFAULT, columns);
  }

  /** Without a word of what the commit wrote, and where. */
  public Manifest(
      long generation,
      long parent,
      long rowCount,
      Instant created,
      int nextColumnId,
      String operation,
      Retention retention,
      List<ManifestColumn> columns) {
    this(
        generation,
        parent,
        rowCount,
        created,
        nextColumnId,
        operation,
        retention,
        Optional.empty(),
        Optional.empty(),
        columns);
  }

  /** The same, of another directory. */
  public Manifest withHome(Optional<Home> newHome) {
    return new Manifest(
        generation,
        parent,
        rowCount,
        created,
        nextColumnId,
        operation,
        retention,
        written,
        newHome,
        columns);
  }

  private static String shortened(String operation) {
    int most = TableFormat.MAX_OPERATION_CHARS;
    if (operation.length() <= most) {
      return operation;
    }
    int end = Character.isHighSurrogate(operation.charAt(most - 2)) ? most - 2 : most - 1;
    return operation.substring(0, end) + "…";
  }

  /** The version of the format: that of patches only where a column has one. */
  int version() {
    return columns.stream().anyMatch(column -> column.file(FileRole.PATCH) != null)
        ? TableFormat.PATCH_VERSION
        : TableFormat.VERSION;
  }

  /** The names and types of the columns. */
  public Schema schema() {
    return new Schema(columns.stream().map(ManifestColumn::field).toList());
  }

  /** The number of blocks of every column. */
  public long blockCount() {
    return (rowCount + TableFormat.BLOCK_ROWS - 1) / TableFormat.BLOCK_ROWS;
  }

  /** Committed bytes of all column files, checksums left out. */
  public long dataBytes() {
    long sum = 0;
    for (ManifestColumn column : columns) {
      for (ManifestFile file : column.files()) {
        sum += file.lengthBytes();
      }
    }
    return sum;
  }
}
