package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.error.CorruptTableException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes back to the last generation of a damaged table of which every byte is what was written, by
 * publishing it again under the next number. Never done unasked: it gives up what was committed
 * since. Cost: reading the table in full.
 */
public final class Repair {
  private Repair() {}

  /**
   * What was done.
   *
   * @param damaged the newest generation as it was found
   * @param restored the sound generation; the same as {@code damaged} if nothing was to be done
   * @param published the number that it has now
   * @param rowCount its rows
   * @param damage what was found in the generations that were given up; empty if none was
   * @param lost what was committed since, newest first, a sentence for each generation
   */
  public record Outcome(
      long damaged,
      long restored,
      long published,
      long rowCount,
      List<Finding> damage,
      List<String> lost) {
    public Outcome {
      damage = List.copyOf(damage);
      lost = List.copyOf(lost);
    }
  }

  /**
   * Repairs the table in {@code directory}.
   *
   * @throws CorruptTableException if no generation is sound; nothing was changed then
   * @throws UnsupportedFormatException if a later version wrote the newest generation
   * @throws colonnade.error.NotATableException if there is no table
   * @throws colonnade.error.LockedException if a writer has the table
   */
  public static Outcome repair(Path directory, WriteOptions options) {
    TableDirectory table = TableDirectory.of(directory, options.storage());
    if (table.generations().isEmpty()) {
      throw table.notATable();
    }
    try (TableLock lock = TableLock.acquire(table)) {
      List<Long> generations = table.generations();
      long newest = generations.getFirst();
      List<Finding> damage = new ArrayList<>();
      SortedMap<Long, @Nullable Manifest> givenUp = new TreeMap<>(Comparator.reverseOrder());
      for (long number : generations) {
        Manifest manifest = readable(table, number, damage);
        List<Finding> found = manifest == null ? List.of() : Verifier.damage(table, manifest);
        if (manifest != null && found.isEmpty()) {
          return number == newest
              ? new Outcome(newest, newest, newest, manifest.rowCount(), List.of(), List.of())
              : publish(lock, options, manifest, givenUp, damage);
        }
        damage.addAll(found);
        givenUp.put(number, manifest);
      }
      throw new CorruptTableException(
          table.name(),
          "none of the generations " + generations + " of " + table.name() + " is whole",
          "Restore the table from a copy; `colonnade verify "
              + table.name()
              + "` says what is lost.");
    }
  }

  private static @Nullable Manifest readable(
      TableDirectory table, long number, List<Finding> damage) {
    try (GenerationPin pin = table.pin(number)) {
      return table.manifest(number, pin);
    } catch (CorruptTableException e) {
      damage.add(Finding.of(Finding.Kind.DAMAGE, e));
      return null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw StorageFailure.of(table.place(FileName.manifest(number)), "read", e);
    }
  }

  private static Outcome publish(
      TableLock lock,
      WriteOptions options,
      Manifest sound,
      SortedMap<Long, @Nullable Manifest> givenUp,
      List<Finding> damage) {
    List<String> lost = new ArrayList<>();
    givenUp.forEach((number, manifest) -> lost.add(Loss.of(number, manifest, sound)));
    try (WriteSession session = WriteSession.open(lock, false, options, 0, true)) {
      Manifest again =
          session.again(sound, sound.parent(), "repair: generation " + sound.generation());
      session.commit(again);
      // What the damaged generation had appended is an unfinished append now.
      session.abort();
      return new Outcome(
          givenUp.firstKey(),
          sound.generation(),
          again.generation(),
          again.rowCount(),
          damage,
          lost);
    }
  }
}
