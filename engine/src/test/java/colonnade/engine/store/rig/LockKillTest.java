package colonnade.engine.store.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import colonnade.engine.store.TableLock;
import colonnade.engine.store.TableStore;
import colonnade.engine.store.WriteOptions;
import colonnade.error.LockedException;
import colonnade.rig.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The death of a process frees its lock and its hold on a generation, at once and every time. */
@Reliability
class LockKillTest {
  @TempDir(factory = RamDirectory.class)
  Path directory;

  /** The process to be killed: takes the lock, opens the table, and waits. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      Path table = Path.of(args[0]);
      TableLock.acquire(table);
      TableStore.open(table);
      System.out.println("held");
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void isFreedByTheDeathOfItsHolder() throws Exception {
    Path table = directory.resolve("table");
    History history = new History(5);
    history.lead(table, 1);
    int kills = Reliability.Form.of(6, 100);
    int freed = 0;
    for (int i = 0; i < kills; i++) {
      Process holder = Child.start(Holder.class, table.toString());
      try (BufferedReader output = holder.inputReader(StandardCharsets.UTF_8)) {
        assertThat(output.readLine()).isEqualTo("held");
        assertThatThrownBy(() -> TableLock.acquire(table))
            .isInstanceOf(LockedException.class)
            .hasMessageContaining("by process " + holder.pid() + " on host ")
            .hasMessageContaining(" since 2");
        holder.toHandle().destroyForcibly();
        assertThat(holder.waitFor(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        holder.destroyForcibly();
      }
      TableLock.acquire(table).close();
      freed++;
      history.step(table, WriteOptions.DEFAULT, committed -> {});
    }
    // What the dead held was collected, as far as two generations and a commit of three say.
    assertThat(TableStore.generations(table)).hasSize(2);
    Reliability.Form.report(
        String.format("%d of %d locks freed by the death of their holder", freed, kills));
    assertThat(freed).isEqualTo(kills);
  }
}
