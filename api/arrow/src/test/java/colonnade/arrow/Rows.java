package colonnade.arrow;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.BlockSource;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.Source;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.store.Vector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** All rows of a source as lists of Long, Double, String, ByteBuffer and null. */
final class Rows {
  private Rows() {}

  static List<List<Object>> of(Source source) {
    return of(source, IntStream.range(0, source.schema().size()).toArray());
  }

  /** Reads in windows of a batch, so that windows beyond a block's start are looked at too. */
  static List<List<Object>> of(Source source, int... columns) {
    List<List<Object>> rows = new ArrayList<>();
    switch (source) {
      case BlockSource blocks -> {
        for (long b = 0; b < blocks.blockCount(); b++) {
          try (Block block = blocks.block(b, columns)) {
            add(block, columns.length, rows);
          }
        }
      }
      case StreamSource stream -> {
        try (StreamSource.Pass pass = stream.open(columns)) {
          for (Block block = pass.next(); block != null; block = pass.next()) {
            add(block, columns.length, rows);
            block.close();
          }
        }
      }
    }
    return rows;
  }

  private static void add(Block block, int columns, List<List<Object>> rows) {
    if (block.firstRow() != rows.size() || block.rowCount() > Sizes.BLOCK_ROWS) {
      throw new AssertionError(
          "block of " + block.rowCount() + " rows at " + block.firstRow() + " of " + rows.size());
    }
    for (int first = 0; first < block.rowCount(); first += Sizes.BATCH_ROWS) {
      int count = Math.min(Sizes.BATCH_ROWS, block.rowCount() - first);
      Vector[] vectors = new Vector[columns];
      for (int c = 0; c < columns; c++) {
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
  }

  static Object value(Vector vector, int row) {
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
