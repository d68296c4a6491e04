package colonnade.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.observe.WriteReport.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When something is said of write amplification, and what. */
class WriteWarningTest {
  private static final long MIB = 1 << 20;

  private final Logger logger = Logger.getLogger("colonnade");
  private final List<String> said = new ArrayList<>();
  private final Handler handler = new Listener();
  private final WriteWarning warning = new WriteWarning();

  private final class Listener extends Handler {
    @Override
    public void publish(LogRecord record) {
      assertThat(record.getLevel()).isEqualTo(Level.WARNING);
      said.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }

  @Test
  void warnsOnceForEachPlaceAboveTheFactor() {
    consider(Kind.COMMIT, "a", 100 * MIB, 901 * MIB, -1);
    consider(Kind.COMMIT, "a", 100 * MIB, 901 * MIB, -1);
    consider(Kind.FLUSH, "b", 0, 65 * MIB, -1);
    assertThat(said).hasSize(2);
    assertThat(said.get(0))
        .contains("commit of a, generation 3 (put)", "944,766,976 written", "9.01 times")
        .contains("Collect changes before a commit");
    assertThat(said.get(1)).contains("flush of b:", "put(indices, values)");
  }

  @Test
  void saysNothingBelow() {
    consider(Kind.COMMIT, "factor", 100 * MIB, 800 * MIB, -1);
    consider(Kind.COMMIT, "excess", 1, 64 * MIB, -1);
    consider(Kind.FLUSH, "all is well", 100 * MIB, 110 * MIB, 110 * MIB);
    consider(Kind.QUERY, "temporary files", 0, 1000 * MIB, 1000 * MIB);
    assertThat(said).isEmpty();
  }

  @Test
  void believesTheSystemOnlyOfMappings() {
    consider(Kind.COMMIT, "commit", MIB, MIB, 1000 * MIB);
    assertThat(said).isEmpty();
    consider(Kind.FLUSH, "flush", MIB, MIB, 1000 * MIB);
    assertThat(said.getFirst()).contains("1,048,576,000 bytes by this process to devices");
  }

  @Test
  void isTurnedOffByTheLevelOfItsLogger() {
    logger.setLevel(Level.SEVERE);
    consider(Kind.COMMIT, "a", 1, 100 * MIB, -1);
    assertThat(said).isEmpty();
  }

  private void consider(Kind kind, String place, long meant, long written, long device) {
    warning.consider(
        new WriteReport(
            kind,
            place,
            "put",
            3,
            new Written(meant, written, Written.pagesOf(0, written)),
            device < 0 ? OptionalLong.empty() : OptionalLong.of(device),
            1_000_000));
  }
}
