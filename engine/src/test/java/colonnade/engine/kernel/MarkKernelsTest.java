package colonnade.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkKernelsTest extends LoopTest {
  private static final byte[][] ALPHABETS = {
    {'a', ',', '\n'},
    {',', '\n'},
    {'\n'},
    {'x'},
    {'a', ',', '\n', '"'},
    {'a', ',', '\r', '\n'},
    {'a', ',', '\n', (byte) 0xc3, (byte) 0xa4},
    {0, 1, -1, 127, -128, ',' - 1, ',' + 1, '\n' + 1}
  };

  @ParameterizedTest
  @EnumSource
  void marksWhatALookAtEachByteMarks(Subject subject) {
    Kernels k = subject.kernels();
    for (byte[] alphabet : ALPHABETS) {
      for (byte delimiter : new byte[] {',', ';', '\t', (byte) 0xff}) {
        for (int words : new int[] {0, 1, 2, 3, 32}) {
          for (int from : new int[] {0, 5}) {
            byte[] text = new byte[from + 64 * words];
            for (int i = 0; i < text.length; i++) {
              text[i] = alphabet[random.nextInt(alphabet.length)];
            }
            long[] marks = new long[words];
            long[] feeds = new long[words];
            int seen = k.markFields(text, from, words, delimiter, (byte) '"', marks, feeds);

            long[] expectedMarks = new long[words];
            long[] expectedFeeds = new long[words];
            int expected = 0;
            for (int i = from; i < text.length; i++) {
              byte b = text[i];
              expected |= b == '"' ? MarkKernels.QUOTES : 0;
              expected |= b == '\r' ? MarkKernels.RETURNS : 0;
              expected |= b < 0 ? MarkKernels.NOT_ASCII : 0;
              long bit = 1L << i - from;
              expectedFeeds[i - from >> 6] |= b == '\n' ? bit : 0;
              expectedMarks[i - from >> 6] |= b == '\n' || b == delimiter ? bit : 0;
            }
            String place = at("words from " + from, words);
            assertThat(seen).as(place).isEqualTo(expected);
            assertThat(feeds).as(place).isEqualTo(expectedFeeds);
            assertThat(marks).as(place).isEqualTo(expectedMarks);
          }
        }
      }
    }
  }
}
