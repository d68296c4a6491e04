package colonnade.engine.exec.agg;

import colonnade.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A key column of the batches that a sink gets. An immutable value.
 *
 * @param type the type of its values
 * @param domain what values it can have, or null if that is not known
 */
public record GroupKey(DataType type, @Nullable KeyDomain domain) {}
