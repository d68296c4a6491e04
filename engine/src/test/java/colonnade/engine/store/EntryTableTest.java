package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Codes are those of a map from text to its order of appearance. */
class EntryTableTest {
  private static final long SEED = Long.getLong("seed", 20_255);

  @Test
  void numbersEntriesInOrderOfFirstAppearance() {
    var random = new SplittableRandom(SEED);
    EntryTable table = EntryTable.of(EncodingChoice.AUTO);
    Map<String, Integer> model = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      String entry = Long.toString(random.nextLong(50_000), 2 + random.nextInt(30));
      int expected = model.computeIfAbsent(entry, e -> model.size());
      assertThat(code(table, entry)).as("%s, seed %d", entry, SEED).isEqualTo(expected);
    }
    assertThat(table.size()).isEqualTo(model.size());
    model.forEach((entry, code) ->
        assertThat(
                new String(
                    table.bytes(),
                    table.start(code),
                    table.end(code) - table.start(code),
                    StandardCharsets.US_ASCII))
            .isEqualTo(entry));
  }

  @Test
  void tellsTextsApartThatDifferOnlyInTrailingZeros() {
    EntryTable table = EntryTable.of(EncodingChoice.AUTO);
    for (int length = 0; length < 40; length++) {
      assertThat(code(table, "\0".repeat(length))).isEqualTo(length);
    }
    assertThat(code(table, "")).isZero();
  }

  @Test
  void takesNoMoreThanItsLimitButFindsWhatItHas() {
    EntryTable table = EntryTable.of(EncodingChoice.AUTO);
    for (int i = 0; i < 1 << 20; i++) {
      assertThat(code(table, "entry " + i)).isEqualTo(i);
    }
    assertThat(code(table, "one more")).isEqualTo(-1);
    assertThat(code(table, "entry 5")).isEqualTo(5);
  }

  private static int code(EntryTable table, String entry) {
    byte[] bytes = ("##" + entry + "#").getBytes(StandardCharsets.US_ASCII);
    return table.codeOf(bytes, 2, bytes.length - 3);
  }
}
