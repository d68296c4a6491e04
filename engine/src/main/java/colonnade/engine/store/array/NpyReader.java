package colonnade.engine.store.array;

import colonnade.error.MalformedInputException;
import colonnade.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Reads the header of an {@code .npy} file. Nothing is evaluated: the header is recognised word by
 * word, and anything but the three keys that numpy writes is refused. At most {@link
 * NpyHeader#MAXIMUM_HEADER_BYTES} are read, whatever the file claims.
 */
public final class NpyReader {
  private NpyReader() {}

  /**
   * Reads the header.
   *
   * @throws MalformedInputException if it does not follow the format
   * @throws UnsupportedFormatException if it does, but its version or type is not read here
   */
  public static NpyHeader read(Path path) {
    try (FileChannel channel = RegularFile.open(path, false)) {
      byte[] prefix = bytes(path, channel, 0, 8);
      if (!NpyHeader.hasMagic(prefix)) {
        throw new MalformedInputException(
            path.toString(),
            path + " is no .npy file: it does not begin with \\x93NUMPY",
            "Raw values are opened with MappedArray.open, which needs their type and shape.");
      }
      int major = prefix[6] & 0xff;
      if (major < 1 || major > 3 || prefix[7] != 0) {
        throw new UnsupportedFormatException(
            path.toString(),
            path
                + " is .npy version "
                + major
                + "."
                + (prefix[7] & 0xff)
                + "; 1.0, 2.0 and 3.0 are read",
            "Save it again with numpy.save.");
      }
      int lengthBytes = major == 1 ? 2 : 4;
      byte[] lengthField = bytes(path, channel, 8, lengthBytes);
      long length = 0;
      for (int i = lengthBytes - 1; i >= 0; i--) {
        length = length << 8 | lengthField[i] & 0xff;
      }
      if (length > NpyHeader.MAXIMUM_HEADER_BYTES) {
        throw new MalformedInputException(
            path.toString(),
            path
                + " claims a header of "
                + length
                + " bytes; at most "
                + NpyHeader.MAXIMUM_HEADER_BYTES
                + " are read",
            "Structured types are not supported; save each field as an array of its own.");
      }
      byte[] header = bytes(path, channel, 8 + lengthBytes, (int) length);
      int dataOffset = 8 + lengthBytes + (int) length;
      // Each byte is one character, so that positions in messages are bytes of the file.
      return new NpyDictionary(
              path.toString(), new String(header, StandardCharsets.ISO_8859_1), 8 + lengthBytes)
          .parse(dataOffset);
    } catch (IOException e) {
      throw RegularFile.failure(path, "read", e);
    }
  }

  private static byte[] bytes(Path path, FileChannel channel, long at, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw new MalformedInputException(
            path.toString(),
            path + " ends after " + channel.size() + " bytes, within the header of an .npy file",
            "It was cut short after it was written, or is no .npy file.");
      }
    }
    return buffer.array();
  }
}
