package colonnade.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a terminal would obey is shown instead. */
class PrintableTextTest {
  @Test
  void showsControlCharactersAndLeavesTheRest() {
    assertThat(PrintableText.of("a\u001b[31mred\u009b\u007f\r\b\u202ecba\u2067"))
        .isEqualTo("a\\u001b[31mred\\u009b\\u007f\\u000d\\u0008\\u202ecba\\u2067");
    String harmless = "Grüße\n\t🙂 日本 עברית";
    assertThat(PrintableText.of(harmless)).isSameAs(harmless);
    assertThat(PrintableText.of("")).isEmpty();
  }

  @Test
  void isWhatTheMessageOfEveryErrorIs() {
    ColonnadeException error =
        new StorageException(
            "column '\u001b]0;x\u0007'", "no column '\u001b]0;x\u0007'", "Take '\u0000row'.");
    assertThat(error).hasMessage("no column '\\u001b]0;x\\u0007'.\nTake '\\u0000row'.");
    assertThat(error.toString()).doesNotContain("\u001b");
  }
}
