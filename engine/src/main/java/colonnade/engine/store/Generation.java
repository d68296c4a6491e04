package colonnade.engine.store;

import colonnade.engine.observe.Written;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.Manifest;
import colonnade.error.CorruptTableException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A generation in the history of a table. An immutable value.
 *
 * @param number its number, which {@link TableStore#open(Path, long)} takes
 * @param parent the generation that undoing it leads to, which may be gone; 0 for none
 * @param created when it was published
 * @param rowCount its rows
 * @param operation what the commit did, in a few words; empty where it was not said
 * @param bytes committed bytes of its files, checksums left out
 * @param ownBytes those that no newer generation needs: what is freed when it is collected
 * @param written what its commit was meant to write and wrote, its manifest too; empty where that
 *     was not recorded
 */
public record Generation(
    long number,
    long parent,
    Instant created,
    long rowCount,
    String operation,
    long bytes,
    long ownBytes,
    Optional<Written> written) {
  /**
   * The generations of the table in {@code directory} that are there, newest first. A manifest that
   * cannot be read is left out; {@link Verifier} names it. Cost: reading all manifests.
   *
   * @throws colonnade.error.NotATableException if there is no table
   */
  public static List<Generation> of(Path directory) {
    TableDirectory table = TableDirectory.of(directory, Storage.local());
    List<Long> numbers = table.generations();
    if (numbers.isEmpty()) {
      throw table.notATable();
    }
    List<Generation> history = new ArrayList<>();
    Map<String, FileUse> needed = new HashMap<>();
    for (long number : numbers) {
      try (GenerationPin pin = table.pin(number)) {
        Manifest manifest = table.manifest(number, pin);
        history.add(
            new Generation(
                number,
                manifest.parent(),
                manifest.created(),
                manifest.rowCount(),
                manifest.operation(),
                manifest.dataBytes(),
                FileUse.merge(needed, FileUse.of(manifest)),
                table.written(manifest)));
      } catch (NoSuchFileException | CorruptTableException | UnsupportedFormatException e) {
        // A writer has just removed it, or it is damaged, or a later version wrote it.
      } catch (IOException e) {
        throw StorageFailure.of(table.place(FileName.manifest(number)), "read", e);
      }
    }
    return List.copyOf(history);
  }
}
