package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ParallelTest {
  @Test
  void waitsForNoWorkerThatNoThreadHasBegun() {
    List<Runnable> late = new ArrayList<>();
    List<Long> ran = new ArrayList<>();
    try (QueryContext context = new QueryContext(QueryOptions.defaults())) {
      Parallel.runWorkers(context, late::add, 3, ran::add);
    }
    assertThat(late).hasSize(2);
    late.forEach(Runnable::run);
    assertThat(ran).containsExactly(0L);
  }

  @Test
  void waitsForEachWorkerThatHasBegun() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean callersEnded = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    try (QueryContext context = new QueryContext(QueryOptions.defaults())) {
      Parallel.runWorkers(
          context,
          2,
          worker -> {
            if (worker == 0) {
              await(begun);
              callersEnded.set(true);
              return;
            }
            begun.countDown();
            while (!callersEnded.get()) {
              Thread.onSpinWait();
            }
            for (int i = 0; i < 1000; i++) {
              Thread.yield();
            }
            ended.set(true);
          });
    }
    assertThat(ended).isTrue();
  }

  @Test
  void throwsTheFailureOfAnyWorker() {
    CountDownLatch failed = new CountDownLatch(1);
    try (QueryContext context = new QueryContext(QueryOptions.defaults())) {
      assertThatThrownBy(() ->
              Parallel.runWorkers(
                  context,
                  2,
                  worker -> {
                    if (worker == 1) {
                      failed.countDown();
                      throw new IllegalStateException("worker 1");
                    }
                    await(failed);
                  }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("worker 1");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
