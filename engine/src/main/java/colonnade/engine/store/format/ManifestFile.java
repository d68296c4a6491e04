package colonnade.engine.store.format;

/**
 * A file as a manifest knows it. What the file has beyond {@code lengthBytes} belongs to nobody.
 *
 * @param role what it holds
 * @param name its name in the table's directory
 * @param lengthBytes its committed length
 * @param digest CRC32C of its table of checksums: 4 little-endian bytes for each complete piece of
 *     {@link TableFormat#PIECE_BYTES}, kept in the file of this name with {@code .crc} appended
 * @param tailChecksum CRC32C of the bytes after the last complete piece. Of a validity file whose
 *     last byte is not full, the bits of later rows count as zero, and the byte is always in the
 *     tail
 */
public record ManifestFile(
    FileRole role, String name, long lengthBytes, int digest, int tailChecksum) {
  /** The name of the file with the checksums. */
  public String checksumsName() {
    return name + FileRole.CHECKSUMS;
  }
}
