/** Keyed tables: changes by key, held until they are committed, and the rows that count. */
package colonnade.engine.exec.key;
