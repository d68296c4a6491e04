package colonnade.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.exec.Block;
import colonnade.engine.exec.StreamSource;
import colonnade.error.ColonnadeException;
import colonnade.hostile.Corpus;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Any bytes are a Parquet file whose first blocks can be read, column by column, or refused. */
class ParquetFuzzTest {
  /** A few bytes may state any number of rows. */
  private static final int BLOCKS = 2;

  @TempDir static Path directory;

  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] bytes) throws IOException {
    readsOrRefuses(bytes);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void readsOrRefuses(byte[] bytes) throws IOException {
    Path file = directory.resolve("fuzz.parquet");
    Files.write(file, bytes);
    ParquetSource source;
    try {
      source = ParquetSource.of(file);
    } catch (ColonnadeException e) {
      assertThat(e.place()).isNotEmpty();
      return;
    }
    for (int c = 0; c < Math.min(8, source.schema().size()); c++) {
      try (StreamSource.Pass pass = source.open(new int[] {c})) {
        read(pass);
      } catch (ColonnadeException e) {
        assertThat(e.place()).isNotEmpty();
      }
    }
  }

  private static void read(StreamSource.Pass pass) {
    for (int b = 0; b < BLOCKS; b++) {
      try (Block block = pass.next()) {
        if (block == null) {
          return;
        }
        Rows.of(block, 1);
      }
    }
  }
}
