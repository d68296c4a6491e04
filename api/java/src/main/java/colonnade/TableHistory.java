package colonnade;

import colonnade.engine.observe.WriteLedger;
import colonnade.engine.observe.WriteReport;
import colonnade.engine.store.Generation;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableDifference;
import colonnade.engine.store.TableStore;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link Table} on disk can do with its generations: look at them, compare them, go back.
 * Each call of a table in memory is an {@link colonnade.error.InvalidQueryException}.
 */
abstract sealed class TableHistory permits Table {
  /** The rows on disk, for {@code verb}; refused in memory and after close. */
  abstract StoredRows onDisk(String verb);

  /** The rows on disk, to be changed by {@code verb}; refused where the mode keeps nothing. */
  abstract StoredRows writable(String verb);

  /**
   * This table as it was at a generation, to be read; owned by the caller. As long as it is open
   * the generation is kept. Cost: as {@link Table#open}.
   *
   * @throws colonnade.error.GenerationGoneException if it was collected, or never was
   */
  public Table at(long generation) {
    StoredRows rows = onDisk("open at a generation");
    return Table.reading(StoredRows.open(rows.path(), generation, rows.options()));
  }

  /**
   * The generations that can be opened, newest first: number, time, rows, what the commit did and
   * bytes. How many are kept is the table's {@link Retention}. Cost: reading their manifests.
   */
  public List<Generation> history() {
    return Generation.of(onDisk("have a history").path());
  }

  /**
   * What became of each column between two generations, and how many rows were appended. A column
   * whose files both share is not read; of others the values are compared.
   *
   * @throws colonnade.error.GenerationGoneException if one of them is gone
   */
  public TableDifference diff(long before, long after) {
    StoredRows rows = onDisk("compare");
    try (Snapshot first = TableStore.open(rows.path(), before);
        Snapshot second = TableStore.open(rows.path(), after)) {
      return TableDifference.of(first, second);
    }
  }

  /**
   * The rows in which a column differs from an earlier, or later, generation of this table: {@code
   * row}, its number, and the values {@code before} and {@code after}. A column is the same
   * whatever it was called. Rows that only one of them has are left out, and so are uncommitted
   * changes. What is asked of the frame streams; it is valid as long as both tables are open and
   * show what they show now.
   *
   * @param before this table as it was, from {@link #at}
   * @param column the column's name in this table
   * @throws colonnade.error.UnknownColumnException if there is no such column
   * @throws colonnade.error.InvalidQueryException if {@code before} is another table, or had no
   *     such column
   * @throws colonnade.error.TypeMismatchException if the column had another type
   */
  public Frame changedRows(Table before, String column) {
    return ChangedRows.of(before.onDisk("compare"), onDisk("compare"), column);
  }

  /**
   * Takes the newest commit back, and shows what is back: a new generation that equals the one
   * before it. No row is written, and nothing is lost: the generation undone stays as long as the
   * retention says, and {@link #restore} brings it back. A second undo takes back the commit before
   * that. The first append after the undo of an append writes the columns into files of their own.
   *
   * @return the number of the generation that is back
   * @throws colonnade.error.GenerationGoneException if there is nothing before, or it was collected
   * @throws colonnade.error.ReadOnlyException if the mode keeps nothing
   * @throws colonnade.error.InvalidQueryException if there are uncommitted changes
   */
  public long undo() {
    return writable("undo").undo();
  }

  /**
   * Goes back, or forth, to a generation, and shows it: a new generation that equals that one.
   * Undoing this leads to what the table is now. Errors as {@link #undo()}.
   */
  public void restore(long generation) {
    writable("restore").restore(generation);
  }

  /**
   * How many generations are to be kept from now on, whoever writes; a commit of its own. Errors as
   * {@link #undo()}, but for generations that are gone.
   */
  public void keep(Retention retention) {
    writable("keep").keep(retention);
  }

  /**
   * What the last commit to this table by this process wrote, whoever made it: this table, an
   * appender, a query. Empty before the first. What other processes' commits wrote, without what
   * their devices were given, is in {@link #history()}.
   */
  public Optional<WriteReport> lastCommit() {
    return WriteLedger.process().last(onDisk("commit to").realPath());
  }

  /**
   * Writes the columns of which some rows were changed by {@link Table#commit} anew, so that no
   * patch lies over them, and shows that: values stay, scans of these columns need no copies any
   * more. A commit of its own; does nothing where no column has a patch. The rows of a keyed table
   * that no longer count are left to {@link KeyedTable#vacuum}. Errors as {@link #undo()}, but for
   * generations that are gone.
   *
   * @return the rows that lay in patches, of all columns together
   */
  public long vacuum() {
    return writable("vacuum").vacuum();
  }

  /** All rows of the generation shown, as something that can be sent to another process. */
  public TableRef ref() {
    StoredRows rows = onDisk("refer to");
    return new TableRef(rows.realPath(), rows.generation(), 0, rows.rowCount());
  }
}
