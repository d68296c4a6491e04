package colonnade.cli;

import colonnade.DataType;
import colonnade.Field;
import colonnade.MappedArray;
import colonnade.Npy;
import colonnade.Schema;
import colonnade.engine.exec.Block;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.exec.VectorBlock;
import colonnade.engine.store.Vector;
import colonnade.error.InvalidQueryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .npy} file as rows to scan, a block in memory at a time: one axis is a column {@code
 * value}, two are columns {@code c0}, {@code c1} and so on. numpy's NaT becomes null. The file is
 * mapped during a pass only.
 */
final class NpyRows implements StreamSource {
  private final Path path;
  private final Schema schema;
  private final long rowCount;
  private final boolean isMatrix;

  /** Reads the header; errors are those of {@link Npy#map(Path)}. */
  NpyRows(Path path) {
    this.path = path;
    try (MappedArray array = Npy.map(path)) {
      long[] shape = array.shape();
      if (shape.length != 1 && shape.length != 2 || shape.length == 2 && shape[1] < 1) {
        throw new InvalidQueryException(
            path.toString(),
            path + " has the shape " + Arrays.toString(shape) + "; a table has rows and columns",
            "Reshape it to one or two axes in numpy.");
      }
      this.isMatrix = shape.length == 2;
      this.rowCount = shape[0];
      List<Field> fields = new ArrayList<>();
      for (int c = 0; c < (isMatrix ? Math.toIntExact(shape[1]) : 1); c++) {
        fields.add(new Field(isMatrix ? "c" + c : "value", array.type()));
      }
      this.schema = new Schema(fields);
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public OptionalLong rowCount() {
    return OptionalLong.of(rowCount);
  }

  @Override
  public Pass open(int[] columns) {
    return new NpyPass(Npy.map(path), columns);
  }

  private final class NpyPass implements Pass {
    private final MappedArray array;
    private final int[] columns;
    private long nextRow;

    NpyPass(MappedArray array, int[] columns) {
      this.array = array;
      this.columns = columns;
    }

    @Override
    public @Nullable Block next() {
      long from = nextRow;
      long to = Math.min(rowCount, from + Sizes.BLOCK_ROWS);
      if (from == to) {
        return null;
      }
      QueryMemory.Region memory = new QueryMemory(Long.MAX_VALUE).region();
      try {
        MappedArray rows = array.slice(from, to);
        Vector[] vectors = new Vector[columns.length];
        for (int c = 0; c < columns.length; c++) {
          ColumnBuilder builder = new ColumnBuilder(array.type(), memory);
          fill(builder, isMatrix ? rows.at(1, columns[c]) : rows);
          vectors[c] = builder.vector(0);
        }
        nextRow = to;
        return new VectorBlock(from, (int) (to - from), vectors, memory::close);
      } catch (RuntimeException e) {
        memory.close();
        throw e;
      }
    }

    @Override
    public void close() {
      array.close();
    }
  }

  private static void fill(ColumnBuilder builder, MappedArray column) {
    if (column.type().isFloating()) {
      for (double value : column.toDoubles()) {
        builder.appendDouble(value);
      }
      return;
    }
    boolean hasNaT = column.type() == DataType.TIMESTAMP_MICROS;
    for (long value : column.toLongs()) {
      if (hasNaT && value == Long.MIN_VALUE) {
        builder.appendNulls(1);
      } else {
        builder.appendLong(value);
      }
    }
  }
}
