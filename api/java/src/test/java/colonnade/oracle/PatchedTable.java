package colonnade.oracle;

import colonnade.Field;
import colonnade.Table;
import colonnade.engine.store.ColumnPatch;
import colonnade.engine.store.ColumnRewrite;
import colonnade.engine.store.EncodingChoice;
import colonnade.engine.store.MappedColumn;
import colonnade.engine.store.Snapshot;
import colonnade.engine.store.TableEdit;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.WriteOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A table on disk of which some rows were written with other values first, and then changed. */
final class PatchedTable {
  private static final int BLOCK_ROWS = 65_536;

  /** Fewer rows than these in one are as many as a patch of any codes may have. */
  private static final int ROWS_EACH = 100;

  private PatchedTable() {}

  /** {@code data} in the directory {@code path}; columns that cannot be patched are replaced. */
  static Table of(OracleTable data, Path path, SplittableRandom random) {
    Path right = path.resolveSibling(path.getFileName() + "-right");
    data.mapped(right, EncodingChoice.DICTIONARY).close();
    spoilt(data, random).mapped(path, EncodingChoice.DICTIONARY).close();
    try (Snapshot wanted = TableStore.open(right);
        Snapshot found = TableStore.open(path);
        TableEdit edit = TableEdit.open(path, WriteOptions.DEFAULT)) {
      for (int c = 0; c < wanted.schema().size(); c++) {
        correct(edit, wanted.column(c), found.column(c));
      }
      edit.commit();
    }
    return Table.open(path);
  }

  /** The same rows, a few of them with what another row holds. */
  private static OracleTable spoilt(OracleTable data, SplittableRandom random) {
    List<Object[]> columns = new ArrayList<>();
    for (Object[] column : data.columns()) {
      Object[] spoilt = column.clone();
      for (int i = 0; i < 1 + column.length / ROWS_EACH && column.length > 0; i++) {
        spoilt[random.nextInt(spoilt.length)] = column[random.nextInt(column.length)];
      }
      columns.add(spoilt);
    }
    return new OracleTable(data.schema(), columns, data.rowCount());
  }

  private static void correct(TableEdit edit, MappedColumn wanted, MappedColumn found) {
    Field field = wanted.field();
    ColumnPatch patch = edit.patch(field.name());
    boolean fits = patch != null;
    for (long row = 0; fits && row < wanted.rowCount(); row += BLOCK_ROWS) {
      int n = (int) Math.min(BLOCK_ROWS, wanted.rowCount() - row);
      fits = patch.take(row, wanted.vector(row, n), n, found);
    }
    if (fits && patch.count() > 0) {
      edit.apply(field.name(), patch);
    } else if (!fits) {
      ColumnRewrite rewrite = edit.replace(field);
      for (long row = 0; row < wanted.rowCount(); row += BLOCK_ROWS) {
        int n = (int) Math.min(BLOCK_ROWS, wanted.rowCount() - row);
        rewrite.write(wanted.vector(row, n), n);
      }
    }
  }
}
