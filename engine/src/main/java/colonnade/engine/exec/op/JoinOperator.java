package colonnade.engine.exec.op;

import colonnade.DataType;
import colonnade.engine.exec.Batch;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.JoinBuild;
import colonnade.engine.exec.Operator;
import colonnade.engine.exec.OperatorFactory;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Selection;
import colonnade.engine.exec.Worker;
import colonnade.engine.exec.hash.KeyTable;
import colonnade.engine.plan.JoinKind;
import colonnade.engine.store.Vector;
import java.util.List;

/**
 * Joins the rows of a pipeline with a build side in memory. Rows come out in the order of the
 * pipeline, partners of one row in the order of the build side. Semi and anti joins narrow the
 * batch's selection and copy nothing; inner and left joins gather pairs into batches of their own.
 */
public final class JoinOperator implements Operator {
  private final JoinBuild build;
  private final JoinKind kind;
  private final int leftColumns;
  private final int batchRows;
  private final Operator next;
  private final KeyTable.Finder finder;
  private final Vector[] keys;
  private final int[] ids;
  private final int[] leftRows;
  private final int[] rightRows;
  private final ColumnBuilder[] builders;
  private final Batch result;
  private final Batch narrowed;
  private int pairCount;
  private long producedRows;

  private JoinOperator(
      JoinBuild build,
      JoinKind kind,
      List<DataType> resultTypes,
      int leftColumns,
      int keyCount,
      Worker worker,
      Operator next) {
    this.build = build;
    this.kind = kind;
    this.leftColumns = leftColumns;
    this.batchRows = worker.batchRows();
    this.next = next;
    this.finder = build.keys().finder();
    this.keys = new Vector[keyCount];
    this.ids = new int[batchRows];
    this.leftRows = new int[batchRows];
    this.rightRows = new int[batchRows];
    this.builders = new ColumnBuilder[resultTypes.size()];
    QueryMemory.Region region = worker.context().memory().region();
    for (int c = 0; c < builders.length; c++) {
      builders[c] = new ColumnBuilder(resultTypes.get(c), region);
    }
    this.result = new Batch(builders.length);
    this.narrowed = new Batch(leftColumns);
  }

  /**
   * The step for a join with {@code build}.
   *
   * @param resultTypes the types of the result's columns: the left ones, then the build side's
   * @param leftColumns the incoming batches have so many columns that are handed on, and after them
   *     {@code keyCount} keys
   */
  public static OperatorFactory of(
      JoinBuild build, JoinKind kind, List<DataType> resultTypes, int leftColumns, int keyCount) {
    return (worker, next) ->
        new JoinOperator(build, kind, resultTypes, leftColumns, keyCount, worker, next);
  }

  @Override
  public void push(Batch batch) {
    Selection selection = batch.selection();
    for (int k = 0; k < keys.length; k++) {
      keys[k] = batch.cells(leftColumns + k);
    }
    int[] rows = selection.toList();
    int count = selection.count();
    finder.find(keys, rows, count, build.nullsEqual(), ids);
    if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
      narrow(batch, rows, count);
    } else {
      pair(batch, rows, count);
    }
  }

  @Override
  public boolean isDone() {
    return next.isDone();
  }

  private void narrow(Batch batch, int[] rows, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      boolean found = ids[i] >= 0;
      rows[kept] = rows[i];
      kept += found == (kind == JoinKind.SEMI) ? 1 : 0;
    }
    batch.selection().setList(batch.size(), kept);
    if (kept > 0) {
      narrowed.follow(batch);
      for (int c = 0; c < leftColumns; c++) {
        narrowed.link(c, batch, c);
      }
      next.push(narrowed);
    }
  }

  private void pair(Batch batch, int[] rows, int count) {
    boolean keepsUnmatched = kind == JoinKind.LEFT;
    for (int i = 0; i < count && !next.isDone(); i++) {
      int row = ids[i] < 0 ? -1 : build.firstRow(ids[i]);
      if (row < 0 && keepsUnmatched) {
        add(batch, rows[i], -1);
      }
      for (; row >= 0; row = build.nextRow(row)) {
        add(batch, rows[i], row);
      }
    }
    flush(batch);
  }

  private void add(Batch batch, int leftRow, int rightRow) {
    if (pairCount == batchRows) {
      flush(batch);
    }
    leftRows[pairCount] = leftRow;
    rightRows[pairCount] = rightRow;
    pairCount++;
  }

  private void flush(Batch batch) {
    if (pairCount == 0) {
      return;
    }
    result.reset(producedRows, pairCount);
    producedRows += pairCount;
    Vector[] right = build.columns();
    for (int c = 0; c < builders.length; c++) {
      ColumnBuilder builder = builders[c];
      builder.clear();
      if (c < leftColumns) {
        builder.append(batch.vector(c), leftRows, pairCount);
      } else {
        builder.appendOrNull(right[c - leftColumns], rightRows, pairCount);
      }
      result.set(c, builder.vector(0));
    }
    pairCount = 0;
    next.push(result);
  }
}
