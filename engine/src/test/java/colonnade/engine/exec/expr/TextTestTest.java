package colonnade.engine.exec.expr;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.Selection;
import colonnade.engine.kernel.Kernels;
import colonnade.engine.store.Vector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests of plain texts around the eight bytes that are compared at once, up to the last byte. */
class TextTestTest {
  private static final long SEED = Long.getLong("seed", 61_007);

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** Bytes that are often a beginning of others; 0 and 0xff are the ends of their order. */
  private byte[] text() {
    byte[] text = new byte[random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(20)];
    for (int b = 0; b < text.length; b++) {
      text[b] = (byte) (random.nextInt(12) == 0 ? random.nextInt(-1, 2) : 'a' + b);
    }
    return text;
  }

  @Test
  void agreesWithBytesComparedOneByOne() {
    for (int trial = 0; trial < 400; trial++) {
      int n = random.nextInt(70);
      byte[][] texts = new byte[n][];
      for (int i = 0; i < n; i++) {
        texts[i] = text();
      }
      byte[] constant = text();
      try (Arena arena = Arena.ofConfined()) {
        Vector vector = vector(texts, arena);
        check(
            texts,
            vector,
            new AnchoredText(constant, true, true, false),
            t -> Arrays.equals(t, constant));
        check(texts, vector, new EmptyText(false), t -> t.length == 0);
        check(texts, vector, new EmptyText(true), t -> t.length > 0);
        check(
            texts,
            vector,
            new AnchoredText(constant, true, true, true),
            t -> !Arrays.equals(t, constant));
        check(
            texts,
            vector,
            new AnchoredText(constant, true, false, false),
            t ->
                t.length >= constant.length
                    && Arrays.equals(t, 0, constant.length, constant, 0, constant.length));
        check(
            texts,
            vector,
            new AnchoredText(constant, false, true, false),
            t ->
                t.length >= constant.length
                    && Arrays.equals(
                        t, t.length - constant.length, t.length, constant, 0, constant.length));
        for (boolean orEqual : new boolean[] {false, true}) {
          check(
              texts,
              vector,
              new OrderedText(constant, -1, orEqual),
              t -> {
                int order = Arrays.compareUnsigned(t, constant);
                return order < 0 || order == 0 && orEqual;
              });
          check(
              texts,
              vector,
              new OrderedText(constant, 1, orEqual),
              t -> {
                int order = Arrays.compareUnsigned(t, constant);
                return order > 0 || order == 0 && orEqual;
              });
        }
      }
    }
  }

  private void check(byte[][] texts, Vector vector, TextTest test, Predicate<byte[]> passes) {
    for (boolean negate : new boolean[] {false, true}) {
      for (boolean some : new boolean[] {false, true}) {
        int[] rows =
            IntStream.range(0, texts.length).filter(i -> !some || random.nextBoolean()).toArray();
        var kept = new Selection();
        System.arraycopy(rows, 0, kept.rows(), 0, rows.length);
        kept.setList(texts.length, rows.length);
        test.keep(Kernels.scalar(), vector, negate, kept);
        assertThat(Arrays.copyOf(kept.toList(), kept.count()))
            .as("-Dseed=%d", SEED)
            .isEqualTo(IntStream.of(rows).filter(i -> passes.test(texts[i]) != negate).toArray());
      }
    }
  }

  /** Memory that ends with the last text. */
  private Vector vector(byte[][] texts, Arena arena) {
    int before = random.nextInt(10);
    int length = Arrays.stream(texts).mapToInt(t -> t.length).sum();
    MemorySegment bytes = arena.allocate(before + length, 1);
    MemorySegment offsets = arena.allocate(8L * (texts.length + 1));
    long at = 0;
    for (int i = 0; i < texts.length; i++) {
      MemorySegment.copy(texts[i], 0, bytes, JAVA_BYTE, before + at, texts[i].length);
      at += texts[i].length;
      offsets.set(JAVA_LONG_UNALIGNED, 8L * (i + 1), at);
    }
    return Vector.variable(DataType.UTF8, bytes, before, offsets, 0, null, 0);
  }
}
