package colonnade.parquet;

import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * One decompressed page. Its bytes are valid until the chunk's next page is read.
 *
 * @param isDictionary whether it holds a dictionary instead of rows
 * @param encoding of its values
 * @param valueCount rows, or entries of the dictionary
 * @param levels runs that say which rows are present, or null if all are
 * @param values the present values
 */
record Page(
    boolean isDictionary,
    Encoding encoding,
    int valueCount,
    @Nullable HybridRuns levels,
    Bytes values) {}
