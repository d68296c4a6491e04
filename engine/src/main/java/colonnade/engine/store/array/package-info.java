/**
 * n-d arrays over one file: geometry, typed elements, mapping, dirty pages, and the {@code .npy}
 * header. The layout of the bytes is in {@code src/docs/format.md}.
 */
@NullMarked
package colonnade.engine.store.array;

import org.jspecify.annotations.NullMarked;
