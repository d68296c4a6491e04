package colonnade.engine.exec.hash;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.DataType;
import colonnade.engine.exec.ColumnBuilder;
import colonnade.engine.exec.QueryContext;
import colonnade.engine.exec.QueryOptions;
import colonnade.engine.store.Vector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each string has one number in the order of their first appearance, wherever its bytes are. */
class TextPoolTest {
  private static final long SEED = Long.getLong("seed", 20_261_130L);

  private final QueryContext context = new QueryContext(QueryOptions.defaults());
  private final SplittableRandom random = new SplittableRandom(SEED);

  @AfterEach
  void free() {
    context.close();
  }

  @Test
  void numbersNullInItsTurnWhereNullCounts() {
    TextReader reader = new TextReader(pool(), true, true);
    Map<@Nullable String, Integer> expected = new HashMap<>();
    for (int round = 0; round < 30; round++) {
      List<@Nullable String> texts = texts(random.nextInt(1, 700));
      long[] numbers = new long[texts.size()];
      reader.read(vector(texts), null, texts.size(), numbers);
      for (int i = 0; i < numbers.length; i++) {
        Integer number = expected.get(texts.get(i));
        if (number == null) {
          number = expected.size();
          expected.put(texts.get(i), number);
        }
        assertThat(numbers[i]).as("seed %d", SEED).isEqualTo((long) number);
      }
    }
    assertThat(reader.pool().size()).isEqualTo(expected.size());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void takesTheStringsOfOtherPools(boolean lasting) {
    TextPool all = pool();
    Map<@Nullable String, Integer> expected = new HashMap<>();
    for (int round = 0; round < 8; round++) {
      TextPool one = pool();
      TextReader reader = new TextReader(one, true, true);
      List<@Nullable String> texts = texts(1_500);
      reader.read(vector(texts), null, texts.size(), new long[texts.size()]);
      int[] ids = new int[one.size() + 2];
      for (int i = 0; i < one.size(); i++) {
        ids[i + 1] = one.size() - 1 - i;
      }
      ids[one.size() + 1] = -1;
      int[] numbers = new int[one.size() + 1];
      all.add(one, ids, 1, numbers.length, lasting, numbers);
      assertThat(numbers[one.size()]).isEqualTo(-1);
      for (int i = 0; i < one.size(); i++) {
        String text = text(one, ids[1 + i]);
        Integer number = expected.get(text);
        if (number == null) {
          number = expected.size();
          expected.put(text, number);
        }
        assertThat(numbers[i]).as("seed %d", SEED).isEqualTo(number);
      }
      // What all copies of its own lies among what it has of others.
      String own = "own " + round;
      byte[] bytes = own.getBytes(StandardCharsets.UTF_8);
      MemorySegment memory = context.memory().allocate(bytes.length);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
      assertThat(all.add(memory, 0, bytes.length)).isEqualTo(expected.size());
      expected.put(own, expected.size());
    }
    expected.forEach((text, number) -> assertThat(text(all, number)).isEqualTo(text));
  }

  @Test
  void isLookedUpByManyThreads() throws Exception {
    TextPool pool = pool();
    List<@Nullable String> texts = texts(20_000);
    long[] expected = new long[texts.size()];
    Vector vector = vector(texts);
    new TextReader(pool, true).read(vector, null, texts.size(), expected);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<long[]>> readers =
          Collections.nCopies(
              64,
              () -> {
                long[] found = new long[texts.size()];
                new TextReader(pool, false).read(vector, null, texts.size(), found);
                return found;
              });
      for (Future<long[]> found : threads.invokeAll(readers)) {
        assertThat(found.get()).isEqualTo(expected);
      }
    }
  }

  private static @Nullable String text(TextPool pool, int id) {
    int length = pool.length(id);
    return length == TextPool.NULL_LENGTH
        ? null
        : new String(
            pool.segment(id).asSlice(pool.start(id), length).toArray(ValueLayout.JAVA_BYTE),
            StandardCharsets.UTF_8);
  }

  private TextPool pool() {
    return new TextPool(context.memory().region(), new HeapUse(context));
  }

  private List<@Nullable String> texts(int count) {
    List<@Nullable String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(
          random.nextInt(20) == 0
              ? null
              : "x".repeat(random.nextInt(12)) + random.nextInt(random.nextInt(1, 3_000)));
    }
    return texts;
  }

  private Vector vector(List<@Nullable String> texts) {
    ColumnBuilder builder = new ColumnBuilder(DataType.UTF8, context.memory().region());
    for (String text : texts) {
      if (text == null) {
        builder.appendNulls(1);
      } else {
        builder.appendBytes(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return builder.vector(0);
  }
}
