package colonnade;

import colonnade.engine.csv.TextColumn;
import colonnade.engine.exec.StreamSource;
import colonnade.engine.store.Dictionary;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A CSV file whose layout is known, as rows to scan, a few blocks in memory at a time. */
final class CsvSource implements StreamSource {
  private static final int MIN_CHUNK_BYTES = 1 << 16;
  private static final int MAX_CHUNK_BYTES = 1 << 20;

  private final Path path;
  private final CsvOptions options;
  private final CsvLayout layout;

  CsvSource(Path path, CsvOptions options, CsvLayout layout) {
    this.path = path;
    this.options = options;
    this.layout = layout;
  }

  /** How long chunks may be that have no more than 65,536 rows, whatever is in them. */
  static int chunkBytes(int columns) {
    return Math.clamp(65_536L * columns, MIN_CHUNK_BYTES, MAX_CHUNK_BYTES);
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
  public @Nullable Dictionary dictionary(int column) {
    TextColumn texts = layout.texts()[column];
    return texts == null ? null : texts.dictionary();
  }

  @Override
  public Pass open(int[] columns) {
    if (options.rejects() != null) {
      options.rejects().clear();
    }
    return new CsvPass(path, options, layout, columns);
  }
}
