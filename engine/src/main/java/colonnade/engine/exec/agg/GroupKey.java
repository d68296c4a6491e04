package colonnade.engine.exec.agg;

import colonnade.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A key column of the batches that a sink gets. An immutable value.
 *
 * @param type the type of its values
 * @param domain what values it can have, or null if that is not known
 * @param inOrder whether the rows of the input are in its order, either way, and none is null
 */
public record GroupKey(DataType type, @Nullable KeyDomain domain, boolean inOrder) {
  /** A key of whose order nothing is known. */
  public GroupKey(DataType type, @Nullable KeyDomain domain) {
    this(type, domain, false);
  }
}
