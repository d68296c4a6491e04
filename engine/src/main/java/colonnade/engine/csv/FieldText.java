package colonnade.engine.csv;

import colonnade.engine.kernel.Swar;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One field as the bytes that it means: without its quotes, and one quote where it has two. Reused;
 * not thread-safe.
 */
public final class FieldText {
  private final byte quote;
  private final @Nullable IntUnaryOperator swap;
  private byte[] bytes = {};
  private int start;
  private int end;
  private boolean quoted;
  private byte[] unescaped = new byte[64 + Swar.PADDING_BYTES];

  public FieldText(CsvDialect dialect) {
    this.quote = dialect.quote();
    this.swap = dialect.swap();
  }

  /** Looks at the field {@code [from, to)} of {@code source}, which is padded. */
  public void set(byte[] source, int from, int to) {
    bytes = source;
    start = from;
    end = to;
    quoted = from < to && source[from] == quote;
    if (quoted) {
      start++;
      end--;
      int inner = Swar.indexOf(source, start, end, quote);
      if (inner < end) {
        unescape(inner);
      }
    }
    if (swap != null) {
      swap(swap);
    }
  }

  private void swap(IntUnaryOperator swapped) {
    int[] points = text().codePoints().map(swapped).toArray();
    byte[] back = new String(points, 0, points.length).getBytes(StandardCharsets.UTF_8);
    bytes = Arrays.copyOf(back, back.length + Swar.PADDING_BYTES);
    start = 0;
    end = back.length;
  }

  private void unescape(int firstQuote) {
    if (unescaped.length < end - start + Swar.PADDING_BYTES) {
      unescaped = new byte[2 * (end - start) + Swar.PADDING_BYTES];
    }
    int length = 0;
    int from = start;
    int at = firstQuote;
    while (at < end) {
      int n = at + 1 - from;
      System.arraycopy(bytes, from, unescaped, length, n);
      length += n;
      from = at + 2;
      at = Swar.indexOf(bytes, from, end, quote);
    }
    int n = Math.max(0, end - from);
    System.arraycopy(bytes, Math.min(from, end), unescaped, length, n);
    bytes = unescaped;
    start = 0;
    end = length + n;
  }

  /** The array that holds the text, padded. */
  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Bytes of the text. */
  public int length() {
    return end - start;
  }

  /** Whether the field stood in quotes. */
  public boolean isQuoted() {
    return quoted;
  }

  /** The text; bytes that are not UTF-8 become U+FFFD. */
  public String text() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
