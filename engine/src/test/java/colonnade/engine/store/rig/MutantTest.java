package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.WriteOptions;
import colonnade.error.GenerationGoneException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The crash states find every mistake in the commit protocol. */
@Reliability
class MutantTest {
  private static final long SEED = Long.getLong("seed", 20_261_101);

  @TempDir(factory = RamDirectory.class)
  Path directory;

  @ParameterizedTest
  @EnumSource
  void isFound(Mutant.Mistake mistake) throws IOException {
    History history = new History(5);
    RecordingStorage storage = new RecordingStorage();
    WriteOptions options = WriteOptions.DEFAULT.withStorage(new Mutant(mistake, storage));
    Path table = directory.resolve("table");
    try {
      while (History.newest(table) <= Reliability.Form.of(6, History.ROUND)) {
        history.step(table, options, storage::acknowledge);
      }
    } catch (GenerationGoneException e) {
      // Two of the mistakes leave nothing that an undo could go back to.
    }
    CrashModel model = new CrashModel(directory.resolve("state"), history, Integer.MAX_VALUE);
    model.check(
        storage.events(), 0, Reliability.Form.of(3, 2_000), Reliability.Form.of(3, 200), SEED);
    Reliability.Form.report(
        String.format(
            "%s: %,d of %,d states bad, %,d lost an acknowledged commit",
            mistake, model.bad(), model.states(), model.lost()));
    assertThat(model.bad() + model.lost()).isPositive();
  }
}
