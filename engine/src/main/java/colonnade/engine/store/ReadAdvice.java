package colonnade.engine.store;

import colonnade.Access;
import colonnade.Checks;
import colonnade.OpenOptions;
import colonnade.ReadMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a column is read, and why. An immutable value.
 *
 * @param mode how its bytes come into memory
 * @param checks when they are compared with their checksums
 * @param reason why, as a clause for people
 */
public record ReadAdvice(ReadMode mode, Checks checks, String reason) {
  /** All loaded columns together take no more than one part in this many of the memory. */
  private static final int LOADED_PART = 8;

  private static final String COPIED =
      "; the table was copied here from elsewhere, until `colonnade verify --adopt` takes it in";

  /**
   * The choice for a column.
   *
   * @param isAtHome whether the table was written in its directory, as far as anybody knows
   * @param fileSystem the type of its file system; null if the system does not say
   * @param columnBytes the bytes of its files
   * @param columnCount the columns of its table
   * @param memoryBytes the memory of the machine or container
   */
  static ReadAdvice of(
      OpenOptions options,
      boolean isAtHome,
      @Nullable String fileSystem,
      long columnBytes,
      int columnCount,
      long memoryBytes) {
    boolean isLocal = fileSystem != null && !FileSystemKind.isServed(fileSystem);
    Checks checks = options.checks();
    String why = "";
    if (checks == null) {
      checks = isLocal && isAtHome ? Checks.NEVER : Checks.ON_TOUCH;
      why = isLocal && !isAtHome ? COPIED : "";
    }
    if (options.readMode() != null) {
      return new ReadAdvice(options.readMode(), checks, "asked for" + why);
    }
    if (isLocal) {
      return new ReadAdvice(
          ReadMode.MAPPED, checks, "on the local file system " + fileSystem + why);
    }
    String where =
        fileSystem == null
            ? "on a file system that does not say what it is"
            : "on " + fileSystem + ", which another system serves";
    if (options.access() == Access.SINGLE_ROWS
        && columnBytes <= memoryBytes / LOADED_PART / columnCount) {
      return new ReadAdvice(
          ReadMode.LOADED,
          checks,
          String.format(
              Locale.ROOT, "%s, for single rows, and %,d bytes fit in memory", where, columnBytes));
    }
    return new ReadAdvice(
        ReadMode.GUARDED, checks, where + ": a page that is gone would end the process");
  }

  @Override
  public String toString() {
    return mode.name().toLowerCase(Locale.ROOT)
        + (checks == Checks.ON_TOUCH ? " and checked on touch" : "")
        + ", "
        + reason;
  }
}
