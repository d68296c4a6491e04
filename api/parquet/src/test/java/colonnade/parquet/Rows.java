package colonnade.parquet;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.store.Vector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All rows of a source as lists of Long, Double, String, ByteBuffer and null. */
final class Rows {
  private Rows() {}

  static int[] allColumns(StreamSource source) {
    return IntStream.range(0, source.schema().size()).toArray();
  }

  static List<List<Object>> of(StreamSource source) {
    return of(source, allColumns(source));
  }

  /** Reads in windows of a batch, so that windows beyond a block's start are looked at too. */
  static List<List<Object>> of(StreamSource source, int... columns) {
    List<List<Object>> rows = new ArrayList<>();
    try (StreamSource.Pass pass = source.open(columns)) {
      Block block;
      while ((block = pass.next()) != null) {
        if (block.firstRow() != rows.size() || block.rowCount() > Sizes.BLOCK_ROWS) {
          throw new AssertionError(
              "block of "
                  + block.rowCount()
                  + " rows at "
                  + block.firstRow()
                  + " of "
                  + rows.size());
        }
        rows.addAll(of(block, columns.length));
        block.close();
      }
    }
    return rows;
  }

  /** The rows of a block with so many columns. */
  static List<List<Object>> of(Block block, int columnCount) {
    List<List<Object>> rows = new ArrayList<>();
    for (int first = 0; first < block.rowCount(); first += Sizes.BATCH_ROWS) {
      int count = Math.min(Sizes.BATCH_ROWS, block.rowCount() - first);
      Vector[] vectors = new Vector[columnCount];
      for (int c = 0; c < columnCount; c++) {
        vectors[c] = block.vector(c, first, count);
      }
      for (int i = 0; i < count; i++) {
        List<Object> row = new ArrayList<>();
        for (Vector vector : vectors) {
          row.add(value(vector, i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector.type()) {
      case UTF8 -> vector.textAt(row);
      case BINARY -> ByteBuffer.wrap(vector.bytesAt(row));
      case F32, F64 -> vector.doubleAt(row);
      default -> vector.longAt(row);
    };
  }
}
