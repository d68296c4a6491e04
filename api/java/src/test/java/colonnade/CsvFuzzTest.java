package colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.error.ColonnadeException;
import colonnade.hostile.Corpus;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Any bytes are a CSV file that reads the same after it was written again, or a typed error, and
 * with rejects only a file without a header row is one.
 */
class CsvFuzzTest {
  private static final int MAX_BYTES = 1 << 16;

  @TempDir static Path directory;

  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] bytes) throws IOException {
    readsOrRefuses(bytes);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void readsOrRefuses(byte[] bytes) throws IOException {
    if (bytes.length > MAX_BYTES) {
      return;
    }
    Path file = directory.resolve("fuzz.csv");
    Path again = directory.resolve("again.csv");
    Files.write(file, bytes);
    roundTrip(file, again, CsvOptions.defaults());
    roundTrip(file, again, CsvOptions.defaults().withRejects(CsvRejects.create()));
  }

  private static void roundTrip(Path file, Path again, CsvOptions options) {
    List<List<@Nullable Object>> rows;
    try (Table table = Csv.read(file, options).collect()) {
      rows = rows(table);
      Csv.write(table, again);
    } catch (ColonnadeException e) {
      assertThat(e.place()).isNotEmpty();
      return;
    }
    try (Table table = Csv.read(again, CsvOptions.defaults().withHeader(true)).collect()) {
      assertThat(rows(table)).isEqualTo(rows);
    }
  }

  private static List<List<@Nullable Object>> rows(Table table) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long r = 0; r < table.rowCount(); r++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int c = 0; c < table.schema().size(); c++) {
        Object value = table.row(r).get(c);
        row.add(value == null ? null : value.toString());
      }
      rows.add(row);
    }
    return rows;
  }
}
