package colonnade.engine.csv;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.kernel.Swar;
import colonnade.engine.store.Dictionary;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table gives each text one code, in the order of their first appearance. */
class TextTableTest {
  @Test
  void numbersTextsAsAMapDoes() {
    Random random = new Random(Long.getLong("seed", 20_261_121L));
    TextTable table = new TextTable(64 << 20);
    Map<String, Integer> expected = new HashMap<>();
    for (int i = 0; i < 200_000; i++) {
      String text = text(random);
      byte[] bytes = padded(text, random);
      int length = text.length();
      Integer known = expected.putIfAbsent(text, expected.size());
      assertThat(table.find(bytes, 3, 3 + length)).isEqualTo(known == null ? -1 : known);
      table.add(bytes, 3, 3 + length, i);
      assertThat(table.size()).isEqualTo(expected.size());
      if (known == null) {
        assertThat(table.chunk(expected.size() - 1)).isEqualTo(i);
      }
    }
    Dictionary dictionary = table.toDictionary();
    expected.forEach((text, code) -> assertThat(dictionary.text(code)).isEqualTo(text));
    assertThat(dictionary.size()).isEqualTo(expected.size());
  }

  @Test
  void findsManyAtATimeWhatItFindsOneByOne() {
    Random random = new Random(Long.getLong("seed", 20_261_129L));
    TextTable table = new TextTable(64 << 20);
    TextTable oneByOne = new TextTable(64 << 20);
    CsvDialect dialect = new CsvDialect((byte) ',', (byte) '"', -1, false, null);
    CollectingReader reader;
    try (Arena arena = Arena.ofConfined()) {
      reader = new CollectingReader(table, new NullRule(Set.of("")), dialect, arena);
      reader.beginChunk(3);
      for (int round = 0; round < 40; round++) {
        FieldBatch fields = new FieldBatch(2);
        StringBuilder text = new StringBuilder();
        int rows = random.nextInt(fields.capacity + 1);
        long[] expected = new long[rows];
        for (int r = 0; r < rows; r++) {
          String field = random.nextInt(10) == 0 ? "" : text(random).replace("\0", "");
          fields.ends[2 * r] = text.length() + field.length();
          text.append(field).append(',');
          fields.ends[2 * r + 1] = text.length();
          text.append('\n');
          byte[] bytes = padded(field, random);
          expected[r] = field.isEmpty() ? 0 : oneByOne.add(bytes, 3, 3 + field.length(), 3);
        }
        byte[] bytes = Arrays.copyOf(ascii(text), text.length() + Swar.PADDING_BYTES);
        fields.begin(bytes, 1, false);
        fields.regular(rows, 0);
        int before = reader.rows();
        assertThat(reader.readUsual(fields, 0)).isFalse(); // texts are nothing usual
        reader.read(fields, 0, new BitSet());
        reader.keep(rows);
        Vector codes = reader.vector();
        for (int r = 0; r < rows; r++) {
          long at = codes.dataOffset() + 4L * (before + r);
          assertThat((long) codes.data().get(ValueLayout.JAVA_INT_UNALIGNED, at))
              .isEqualTo(expected[r]);
        }
        assertThat(table.size()).isEqualTo(oneByOne.size());
      }
    }
  }

  private static byte[] ascii(CharSequence text) {
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void takesNoMoreThanItsLimit() {
    Random random = new Random(1);
    TextTable table = new TextTable(10_000);
    for (int i = 0; i < 1_000; i++) {
      String text = "text " + i;
      table.add(padded(text, random), 3, 3 + text.length(), 0);
    }
    assertThat(table.isFull()).isTrue();
    assertThat(table.size()).isBetween(100, 250);
  }

  private static String text(Random random) {
    int length = random.nextInt(40);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = (char) ('a' + random.nextInt(random.nextInt(4) == 0 ? 2 : 1));
    }
    return new String(text) + (random.nextBoolean() ? "\0" : "");
  }

  private static byte[] padded(String text, Random random) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    byte[] padded = new byte[3 + bytes.length + Swar.PADDING_BYTES];
    random.nextBytes(padded);
    System.arraycopy(bytes, 0, padded, 3, bytes.length);
    return Arrays.copyOf(padded, padded.length);
  }
}
