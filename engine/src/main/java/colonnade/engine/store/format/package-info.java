/**
 * Bytes on disk: file names, the manifest, checksums and statistics records; maps and opens
 * nothing.
 */
package colonnade.engine.store.format;
