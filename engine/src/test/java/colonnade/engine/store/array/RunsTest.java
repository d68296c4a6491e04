package colonnade.engine.store.array;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Runs against positions computed one index at a time. {@code -Dseed=} repeats a run. */
class RunsTest {
  private static final long SEED = Long.getLong("seed", 20_261_121L);

  @Test
  void visitEveryElementOnceInRowMajorOrder() {
    Random random = new Random(SEED);
    for (int round = 0; round < 2000; round++) {
      long[] shape = random.ints(random.nextInt(5), 0, 6).asLongStream().toArray();
      Region region =
          random.nextBoolean() ? Region.rowMajor("a", shape) : Region.columnMajor("a", shape);
      long[] bounds = new long[2 * random.nextInt(shape.length + 1)];
      for (int axis = 0; axis < bounds.length / 2; axis++) {
        bounds[2 * axis] = random.nextLong(shape[axis] + 1);
        bounds[2 * axis + 1] = random.nextLong(bounds[2 * axis], shape[axis] + 1);
      }
      Region slice = region.slice(bounds);
      List<Long> expected = new ArrayList<>();
      for (long ordinal = 0; ordinal < slice.elementCount(); ordinal++) {
        expected.add(slice.positionOf(indexOf(ordinal, slice.shape())));
        assertThat(slice.positionOfOrdinal(ordinal)).isEqualTo(expected.getLast());
      }
      List<Long> visited = new ArrayList<>();
      for (Runs runs = slice.runs(); runs.hasMore(); ) {
        int count = runs.remaining(1 + random.nextInt(4));
        for (int i = 0; i < count; i++) {
          visited.add(runs.position() + i * runs.step());
        }
        runs.advance(count);
      }
      assertThat(visited).as("seed %s round %s: %s", SEED, round, slice).isEqualTo(expected);
      assertThat(slice.end())
          .isEqualTo(
              expected.stream().mapToLong(position -> position + 1).max().orElse(slice.start()));
    }
  }

  @Test
  void joinAxesThatLieEndToEnd() {
    Region whole = Region.rowMajor("a", 4, 5, 6);
    assertThat(whole.runs().remaining()).isEqualTo(120);
    assertThat(whole.slice(1, 3).runs().remaining()).isEqualTo(60);
    assertThat(whole.slice(0, 4, 1, 3).runs().remaining()).isEqualTo(12);
    assertThat(whole.at(2, 1).runs().remaining()).isEqualTo(20);
    assertThat(whole.at(2, 1).runs().step()).isEqualTo(6);
    assertThat(Region.columnMajor("a", 7).runs().remaining()).isEqualTo(7);
  }

  private static long[] indexOf(long ordinal, long[] shape) {
    long[] index = new long[shape.length];
    long rest = ordinal;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis];
      rest /= shape[axis];
    }
    return index;
  }
}
