/**
 * Mapped tables on disk: open, map, write, append, replace, verify. Owns arenas, locks and the
 * commit protocol; knows files, never queries.
 */
package colonnade.engine.store;
