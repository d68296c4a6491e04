/** Loops over one batch: segments and arrays in, segments and arrays out. Knows no files. */
package colonnade.engine.kernel;
