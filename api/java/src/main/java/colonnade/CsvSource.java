package colonnade;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryMemory;
import colonnade.engine.exec.Sizes;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.store.Vector;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A CSV file whose layout is known, as rows to scan, a block in memory at a time. */
final class CsvSource implements StreamSource {
  private static final long MAX_BLOCK_BYTES = 64L << 20;

  private final Path path;
  private final CsvOptions options;
  private final CsvLayout layout;

  CsvSource(Path path, CsvOptions options, CsvLayout layout) {
    this.path = path;
    this.options = options;
    this.layout = layout;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Schema schema() {
    return layout.schema();
  }

  @Override
  public OptionalLong rowCount() {
    return layout.rowCount();
  }

  @Override
  public Pass open(int[] columns) {
    return new CsvPass(columns);
  }

  private final class CsvPass implements Pass {
    private final int[] columns;
    private final CsvScan scan;
    private final CsvRowCheck check;
    private final CsvValue value = new CsvValue();
    private long nextRow;

    CsvPass(int[] columns) {
      this.columns = columns;
      if (options.rejects() != null) {
        options.rejects().clear();
      }
      this.scan = new CsvScan(path, options, 2, 2, layout.rowCount().orElse(-1));
      this.check = new CsvRowCheck(scan, options, layout.schema(), layout.given());
      if (layout.header()) {
        scan.next();
      }
      scan.keepEmptyLines(layout.schema().size() == 1);
    }

    @Override
    public @Nullable Block next() {
      QueryMemory.Region memory = new QueryMemory(Long.MAX_VALUE).region();
      try {
        ColumnBuilder[] builders = new ColumnBuilder[columns.length];
        for (int c = 0; c < columns.length; c++) {
          builders[c] = new ColumnBuilder(layout.schema().type(columns[c]), memory);
        }
        int rows = 0;
        while (rows < Sizes.BLOCK_ROWS && memory.usedBytes() < MAX_BLOCK_BYTES) {
          CsvFields fields = scan.next();
          if (fields == null) {
            break;
          }
          if (check.accepts(fields)) {
            append(fields, builders);
            rows++;
          }
        }
        if (rows == 0) {
          memory.close();
          return null;
        }
        long firstRow = nextRow;
        nextRow += rows;
        return new CsvBlock(firstRow, rows, builders, memory);
      } catch (RuntimeException e) {
        memory.close();
        throw e;
      }
    }

    private void append(CsvFields fields, ColumnBuilder[] builders) {
      for (int c = 0; c < columns.length; c++) {
        int column = columns[c];
        DataType type = layout.schema().type(column);
        if (check.isNull(fields, column, type)) {
          builders[c].appendNulls(1);
        } else if (!value.read(type, fields, column)) {
          throw changed(fields.line());
        } else if (type.isVariable()) {
          builders[c].appendBytes(value.bytes());
        } else if (type.isFloating()) {
          builders[c].appendDouble(value.floating());
        } else {
          builders[c].appendLong(value.integer());
        }
      }
    }

    private colonnade.error.MalformedInputException changed(long line) {
      return new colonnade.error.MalformedInputException(
          path + ", line " + line,
          path + " is not what it was when its types were inferred",
          "Nothing may write to it while it is read; call Csv.read again.");
    }

    @Override
    public void close() {
      scan.close();
    }
  }

  private record CsvBlock(
      long firstRow, int rowCount, ColumnBuilder[] builders, QueryMemory.Region memory)
      implements Block {
    @Override
    public Vector vector(int column, int from, int count) {
      return builders[column].vector(from);
    }

    @Override
    public void close() {
      memory.close();
    }
  }
}
