/**
 * Text between delimiters as bytes: records, fields, values and types. Knows bytes in arrays, never
 * files or queries.
 */
package colonnade.engine.csv;
