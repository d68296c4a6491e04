package colonnade.engine.store.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointInTimeTest {
  @Test
  void readsWhatInstantsWrite() {
    SplittableRandom random = new SplittableRandom(20_261_201L);
    for (int i = 0; i < 1000; i++) {
      long nanos = random.nextLong(1_000_000_000);
      long unit = (long) Math.pow(10, random.nextInt(10));
      long second = random.nextLong(-100_000_000_000L, 300_000_000_000L);
      Instant instant = Instant.ofEpochSecond(second, nanos / unit * unit);
      assertThat(PointInTime.parse(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-12-01T11:41:00Z",
        "2026-12-01T11:41:00.1Z",
        "2026-12-01T11:41:00.123456789Z",
        "2026-12-01T11:41:00.Z",
        "2026-12-01T11:41:00+01:00",
        "+12026-12-01T11:41:00Z",
        "2024-02-29T23:59:59.999Z",
        "2026-08-31T00:00:00Z",
        "2000-02-29T00:00:00Z",
        "1969-12-31T23:59:59.5Z",
        "0001-01-01T00:00:00Z",
        "0000-02-29T00:00:00Z",
        "2026-12-01T24:00:00Z"
      })
  void agreesWithTheFormatter(String text) {
    assertThat(PointInTime.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "yesterday",
        "2026-12-01",
        "2026-13-01T11:41:00Z",
        "2025-02-29T11:41:00Z",
        "1900-02-29T11:41:00Z",
        "2026-11-31T11:41:00Z",
        "2026-12-00T11:41:00Z",
        "2026-00-01T11:41:00Z",
        "2026-12-01T11:60:00Z",
        "2026-12-01T25:00:00Z",
        "2026-12-01T11:41:60Z",
        "2026-12-01T11:41:00.12x4Z",
        "2026-12-01T11:41:00.1234567890Z",
        "2026-12-01 11:41:00Z",
        "2026-12-01T11:41:00xZ"
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> PointInTime.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
