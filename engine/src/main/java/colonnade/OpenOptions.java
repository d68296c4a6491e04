package colonnade;

import org.jspecify.annotations.Nullable;

/**
 * How a stored table is read. An immutable value; results do not depend on it. What is null is
 * chosen for each column from its size, the file system, the memory and {@code access}; {@code
 * explain} and {@code colonnade stat} say what was chosen, and why.
 *
 * @param readMode for all columns, or null
 * @param access what the table is opened for
 * @param checks when checksums are compared, or null: at the first touch where another machine
 *     serves the files, or the table was copied here from elsewhere; else never
 */
public record OpenOptions(@Nullable ReadMode readMode, Access access, @Nullable Checks checks) {
  /** All is chosen, for scans. */
  public static final OpenOptions DEFAULT = new OpenOptions(null, Access.SCANS, null);

  /** The same with all columns read in this mode. */
  public OpenOptions withReadMode(ReadMode newReadMode) {
    return new OpenOptions(newReadMode, access, checks);
  }

  /** The same for another use. */
  public OpenOptions withAccess(Access newAccess) {
    return new OpenOptions(readMode, newAccess, checks);
  }

  /** The same with these checks. */
  public OpenOptions withChecks(Checks newChecks) {
    return new OpenOptions(readMode, access, newChecks);
  }
}
