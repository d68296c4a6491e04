package colonnade.engine.store;

import java.util.Locale;
import java.util.Set;

/** What the name that a system gives a type of file systems says about it. */
public final class FileSystemKind {
  private static final Set<String> SERVED =
      Set.of(
          "nfs",
          "nfs3",
          "nfs4",
          "cifs",
          "smb",
          "smb2",
          "smb3",
          "smbfs",
          "fuse",
          "9p",
          "virtiofs",
          "ceph",
          "lustre",
          "afs",
          "gpfs",
          "beegfs",
          "glusterfs",
          "ocfs2",
          "gfs2");

  private FileSystemKind() {}

  /**
   * Whether another machine, or another process, serves the files: a page of a mapping may then be
   * gone at any time, and locks may not be what they say.
   */
  public static boolean isServed(String type) {
    String name = type.toLowerCase(Locale.ROOT);
    return SERVED.contains(name) || name.startsWith("fuse.");
  }
}
