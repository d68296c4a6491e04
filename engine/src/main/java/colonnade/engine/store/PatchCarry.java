package colonnade.engine.store;

import colonnade.engine.store.format.FileName;
import colonnade.engine.store.format.FileRole;
import colonnade.engine.store.format.ManifestColumn;
import colonnade.engine.store.format.ManifestFile;
import org.jspecify.annotations.Nullable;

/**
 * The patch of a column that is appended to. It stays beside the files, whose rows so far it goes
 * on being about, until an encoding that does not hold a new value makes the column go on in
 * others: those take the patched rows in, and the patch ends. Belongs to the column's writer.
 */
final class PatchCarry {
  private static final int MAX_SLUG_CHARS = 30;

  private final WriteSession session;
  private final ManifestColumn column;
  private final ManifestFile file;
  private final Patch patch;

  /** The file of codes, which may be followed by another; null where values never are. */
  private final @Nullable String codes;

  /** Whether the validity that is written has what the patch says. */
  private boolean isInValidity;

  private PatchCarry(WriteSession session, ManifestColumn column, ManifestFile file, Patch patch) {
    this.session = session;
    this.column = column;
    this.file = file;
    this.patch = patch;
    ManifestFile known = column.file(FileRole.CODES);
    this.codes = known == null ? null : known.name();
  }

  /** The patch of a committed column, or null if it has none. */
  static @Nullable PatchCarry of(WriteSession session, ManifestColumn column) {
    ManifestFile file = column.file(FileRole.PATCH);
    Patch patch = Patch.read(session.table(), column);
    return file == null || patch == null ? null : new PatchCarry(session, column, file, patch);
  }

  /** The patch's file. */
  ManifestFile file() {
    return file;
  }

  /** Makes whoever reads the codes, to write them anew, see the patched ones. */
  void showIn(AppendFile codeFile) {
    codeFile.show(patch, column.codeWidthBytes());
  }

  /** A new file of validity for a column that had none, with what the patch says. */
  BitFile begin(AppendFile target, long rowCount) {
    isInValidity = true;
    return PatchedBits.write(target, null, rowCount, patch);
  }

  /** Whether the column has gone on in another file, which has the patched rows. */
  boolean isFoldedInto(ValueFiles values) {
    return codes != null && !values.files().getFirst().name().equals(codes);
  }

  /** The validity of a column whose values have the patch. */
  @Nullable BitFile fold(@Nullable BitFile validity, long rowCount) {
    if (isInValidity || validity == null && !patch.hasNulls(0, rowCount)) {
      return validity;
    }
    String extension = FileRole.VALIDITY.extension(column.field().type(), 0);
    FileName name =
        FileName.of(column.id(), column.field().name(), session.nextGeneration(), extension);
    if (validity != null && validity.file().name().equals(name.toString())) {
      // A copy for this generation, too. No column's own slug ends like this.
      String slug = name.slug();
      String shortened = slug.substring(0, Math.min(slug.length(), MAX_SLUG_CHARS)) + "__";
      name = new FileName(name.columnId(), shortened, name.generation(), extension);
    }
    AppendFile target = AppendFile.create(session, FileRole.VALIDITY, name.toString());
    BitFile folded = PatchedBits.write(target, validity, rowCount, patch);
    if (validity != null) {
      validity.file().discardUnlessCommitted();
    }
    return folded;
  }
}
