package colonnade.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.benchmarks.peers.Fingerprint;
import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static Fingerprint of(int keys, Object[]... rows) {
    Fingerprint fingerprint = new Fingerprint(keys);
    for (Object[] row : rows) {
      fingerprint.row(row);
    }
    return fingerprint;
  }

  private static Object[] row(Object... values) {
    return values;
  }

  @Test
  void doesNotSeeTheOrderOfRowsOrRounding() {
    assertThat(
            of(1, row("a", 1.5), row("b", 2.5))
                .sameAs(of(1, row("b", 2.5), row("a", 1.5 + 1e-12)), List.of()))
        .isTrue();
  }

  @Test
  void seesARightValueBesideAWrongKey() {
    Fingerprint right = of(1, row("a", 1.5), row("b", 2.5));
    assertThat(right.sameAs(of(1, row("a", 2.5), row("b", 1.5)), List.of())).isFalse();
  }

  @Test
  void seesAnotherValueAnotherTextAnotherRowAndANull() {
    Fingerprint right = of(0, row("a", 1.5));
    assertThat(right.sameAs(of(0, row("a", 1.6)), List.of())).isFalse();
    assertThat(right.sameAs(of(0, row("c", 1.5)), List.of())).isFalse();
    assertThat(right.sameAs(of(0, row("a", 1.5), row("", 0)), List.of())).isFalse();
    assertThat(of(0, row(0)).sameAs(of(0, row((Object) null)), List.of())).isFalse();
  }

  @Test
  void comparesOnlyTheColumnsAskedFor() {
    Fingerprint right = of(0, row("a", 7));
    assertThat(right.sameAs(of(0, row("b", 7)), List.of(1))).isTrue();
    assertThat(right.sameAs(of(0, row("b", 8)), List.of(1))).isFalse();
  }
}
