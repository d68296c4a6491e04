package colonnade.engine.store.rig;

import colonnade.engine.store.Storage;
import colonnade.engine.store.StoredFile;
import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A storage that breaks the commit protocol in one way, as a mistake in the engine would. A rig
 * that does not find it proves nothing.
 */
final class Mutant extends InterposedStorage {
  /** The ways. */
  enum Mistake {
    COLUMN_FILES_ARE_NOT_SYNCED,
    THE_MANIFEST_IS_NOT_SYNCED,
    THE_DIRECTORY_IS_NOT_SYNCED_BEFORE_A_PUBLICATION,
    THE_DIRECTORY_IS_NOT_SYNCED_AFTER_A_PUBLICATION,
    THE_MANIFEST_IS_OVERWRITTEN_IN_PLACE,
    OLD_FILES_ARE_COLLECTED_BEFORE_THE_PUBLICATION,
    NOTHING_IS_SYNCED
  }

  private final Mistake mistake;
  private final Storage next;
  private boolean published;

  Mutant(Mistake mistake, Storage next) {
    super(next);
    this.mistake = mistake;
    this.next = next;
  }

  @Override
  protected <T extends @Nullable Object> T around(Call call, Action<T> action) throws IOException {
    boolean syncsFile = call.is("sync");
    boolean syncsDirectory = call.is("syncDirectory");
    boolean leftOut =
        switch (mistake) {
          case COLUMN_FILES_ARE_NOT_SYNCED -> syncsFile && !FileName.isTemporary(call.name());
          case THE_MANIFEST_IS_NOT_SYNCED -> syncsFile && FileName.isTemporary(call.name());
          case THE_DIRECTORY_IS_NOT_SYNCED_BEFORE_A_PUBLICATION -> syncsDirectory && !published;
          case THE_DIRECTORY_IS_NOT_SYNCED_AFTER_A_PUBLICATION -> syncsDirectory && published;
          case NOTHING_IS_SYNCED -> syncsFile || syncsDirectory;
          case THE_MANIFEST_IS_OVERWRITTEN_IN_PLACE -> call.is("link") && overwrite(call);
          case OLD_FILES_ARE_COLLECTED_BEFORE_THE_PUBLICATION -> {
            if (call.is("link")) {
              collect(call);
            }
            yield false;
          }
        };
    if (call.is("link")) {
      published = true;
    } else if (syncsDirectory) {
      published = false;
    }
    return leftOut ? null : action.run();
  }

  /** Gives the previous manifest the new one's bytes and its name; false if there is none. */
  private boolean overwrite(Call call) throws IOException {
    Path previous =
        call.file().resolveSibling(FileName.manifest(FileName.manifestGeneration(call.name()) - 1));
    if (!next.list(previous.getParent()).contains(previous.getFileName().toString())) {
      return false;
    }
    ByteBuffer bytes = ByteBuffer.wrap(read(call.from()));
    try (StoredFile file = next.openForWriting(previous)) {
      file.truncate(0);
      file.write(bytes, 0);
      file.sync();
    }
    next.rename(previous, call.file());
    return true;
  }

  /** Removes all manifests, and all files that the new one does not name. */
  private void collect(Call call) throws IOException {
    String manifest = new String(read(call.from()), StandardCharsets.UTF_8);
    Path table = call.file().getParent();
    for (String name : next.list(table)) {
      String base = name.replace(FileRole.CHECKSUMS, "");
      boolean old = FileName.isColumnFile(name) && !manifest.contains("\"" + base + "\"");
      if (old || FileName.manifestGeneration(name) >= 0) {
        next.unlink(table.resolve(name));
      }
    }
  }

  private byte[] read(Path file) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(next.length(file))];
    try (StoredFile stored = next.openForReading(file)) {
      stored.read(ByteBuffer.wrap(bytes), 0);
    }
    return bytes;
  }
}
