package colonnade.engine.store.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of a table's files: safe everywhere, and read back as they were made. */
class FileNameTest {
  @ParameterizedTest
  @CsvSource({
    "Fare (USD), c3-fare_usd_-1.f64",
    "a/b\\c:d, c3-a_b_c_d-1.f64",
    "'', c3-column-1.f64",
    "🦄🦄, c3-column-1.f64",
    "../../etc, c3-etc-1.f64",
    "ÄÖÜ price, c3-price-1.f64",
    "$CON, c3-con-1.f64"
  })
  void namesFilesReadablyAndSafely(String columnName, String fileName) {
    FileName name = FileName.of(3, columnName, 1, "f64");
    assertThat(name).hasToString(fileName);
    assertThat(FileName.parse(fileName)).contains(name);
    assertThatCode(() -> Path.of(fileName)).doesNotThrowAnyException();
  }

  @Test
  void namesOfManifestsAreReadAsTheyAreWritten() {
    for (long generation : new long[] {1, 9, 10, 123_456, 999_999_999_999L}) {
      assertThat(FileName.manifestGeneration(FileName.manifest(generation))).isEqualTo(generation);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "manifest-",
        "manifest-000000000000",
        "manifest-00000000001",
        "manifest-0000000000001",
        "manifest-00000000000x",
        "manifest-00000000-001",
        "manifest-00000000000\u0661",
        "Manifest-000000000001",
        "tmp-1-2-3f"
      })
  void otherNamesAreNoManifests(String name) {
    assertThat(FileName.manifestGeneration(name)).isEqualTo(-1);
  }

  @Test
  void tellsManifestsThatWereNeverPublished() {
    assertThat(FileName.isTemporary("tmp-7114-16-81df0e706ce3220d")).isTrue();
    for (String other : new String[] {"", "tmp-", "tmp-1-2-", "tmp-1-2-3g", "atmp-1-2-3f"}) {
      assertThat(FileName.isTemporary(other)).as(other).isFalse();
    }
  }
}
