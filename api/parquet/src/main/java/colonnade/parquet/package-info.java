/** Reading Parquet files: footer, pages, encodings, and the vectors they become. */
@org.jspecify.annotations.NullMarked
package colonnade.parquet;
