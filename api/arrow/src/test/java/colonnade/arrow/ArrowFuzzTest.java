package colonnade.arrow;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.error.ColonnadeException;
import colonnade.hostile.Corpus;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Any bytes are an Arrow file that reads the same whether it is mapped or copied, or are refused in
 * both ways.
 */
class ArrowFuzzTest {
  private static final long MAX_ROWS = 1 << 18;

  @TempDir static Path directory;

  private static int count;

  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] bytes) throws IOException {
    readsOrRefuses(bytes);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void readsOrRefuses(byte[] bytes) throws IOException {
    // A new name each time: what is mapped must not be cut short.
    Path file = directory.resolve("fuzz-" + count++);
    Files.write(file, bytes);
    try {
      CopiedIpc copied;
      try {
        copied = CopiedIpc.of(file);
      } catch (ColonnadeException e) {
        assertThat(e.place()).isNotEmpty();
        assertThat(rows(() -> Rows.of(MappedIpc.map(file)))).isNull();
        return;
      }
      if (copied.rowCount().orElseThrow() > MAX_ROWS) {
        return;
      }
      List<List<Object>> rows = rows(() -> Rows.of(copied));
      List<List<Object>> mapped = rows(() -> Rows.of(MappedIpc.map(file)));
      // Without rows nobody asks a mapped file for a column of a type that cannot be read.
      if (mapped != null && !mapped.isEmpty()) {
        assertThat(mapped).isEqualTo(rows);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static @Nullable List<List<Object>> rows(Supplier<List<List<Object>>> read) {
    try {
      return read.get();
    } catch (ColonnadeException e) {
      assertThat(e.place()).isNotEmpty();
      return null;
    }
  }
}
