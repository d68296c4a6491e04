/** The hash index of keyed tables: from a key to the newest row that has it. */
@NullMarked
package colonnade.engine.store.key;

import org.jspecify.annotations.NullMarked;
