package colonnade.engine.store.format;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.error.CorruptTableException;
import colonnade.error.UnsupportedFormatException;
import colonnade.hostile.Corpus;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Any text whose checksum fits is a manifest that can be written again, or a typed error. */
class ManifestFuzzTest {
  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] body) {
    readsOrRefuses(body);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void readsOrRefuses(byte[] body) {
    Manifest manifest;
    try {
      manifest = ManifestReader.read("fuzz", 7, ManifestText.sealed(body));
    } catch (CorruptTableException | UnsupportedFormatException e) {
      return;
    }
    byte[] written = ManifestWriter.write(manifest);
    assertThat(ManifestReader.read("fuzz", 7, written)).isEqualTo(manifest);
  }
}
