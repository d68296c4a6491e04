package colonnade.engine.store.array;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.FlushPolicy;
import colonnade.Mode;
import colonnade.engine.store.rig.RamDirectory;
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

/** Any bytes are an array whose header can be written again and which can be mapped, or refused. */
class NpyFuzzTest {
  @TempDir(factory = RamDirectory.class)
  static Path directory;

  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] bytes) throws IOException {
    mapsOrRefuses(bytes);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void mapsOrRefuses(byte[] bytes) throws IOException {
    Path file = directory.resolve("fuzz.npy");
    Files.write(file, bytes);
    NpyHeader header;
    try {
      header = NpyReader.read(file);
      ArrayOpener.open(header.layout(file), Mode.READ_ONLY, FlushPolicy.atClose()).close();
    } catch (ColonnadeException e) {
      return;
    }
    int dataOffset = header.dataOffset();
    assertThat(dataOffset + header.layout(file).dataBytes()).isEqualTo(bytes.length);
    NpyHeader again = NpyHeader.of(header.type(), header.order(), "fuzz", header.shape());
    Files.write(file, again.toBytes());
    NpyHeader read = NpyReader.read(file);
    assertThat(read.shape()).isEqualTo(header.shape());
    assertThat(read.type()).isEqualTo(header.type());
  }
}
