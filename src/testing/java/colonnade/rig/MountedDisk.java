package colonnade.rig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A small file system that the program at hand has mounted, which must run as root in a mount name
 * space of its own; there it is gone with the program.
 *
 * @param mount where it is
 */
public record MountedDisk(Path mount) {
  /** A tmpfs of so many KiB. */
  public static MountedDisk tmpfs(Path mount, int sizeKib) throws IOException {
    Files.createDirectories(mount);
    run("mount", "-t", "tmpfs", "-o", "size=" + sizeKib + "k", "colonnade", mount.toString());
    return new MountedDisk(mount);
  }

  /** An ext4 on a loop device whose file has so many KiB. */
  public static MountedDisk ext4(Path image, Path mount, int sizeKib) throws IOException {
    Files.createDirectories(mount);
    run("truncate", "-s", sizeKib + "k", image.toString());
    run("mkfs.ext4", "-q", "-m", "0", image.toString());
    run("mount", "-t", "ext4", "-o", "loop", image.toString(), mount.toString());
    return new MountedDisk(mount);
  }

  /** Lets nobody write any more. */
  public void makeReadOnly() throws IOException {
    run("mount", "-o", "remount,ro", mount.toString());
  }

  private Path filler() {
    return mount.resolve("filler");
  }

  /** Takes all space but so many bytes; by steps of 4 KiB. */
  public void fill(long bytesLeft) throws IOException {
    ByteBuffer block = ByteBuffer.allocateDirect(4096);
    try (FileChannel channel =
        FileChannel.open(
            filler(),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      while (Files.getFileStore(mount).getUnallocatedSpace() > bytesLeft) {
        channel.write(block.clear());
      }
      channel.force(true);
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left")) {
        throw e;
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  public void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  /** Runs a command; an error if it fails. */
  public static void run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + output.strip());
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
