import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Formats every Java file of the project with google-java-format, or checks that it is formatted.
 *
 * <pre>java EXPORTS -cp "target/tools/*" src/build/Format.java check|write ROOT</pre>
 *
 * <p>Looks at the files below ROOT that end in {@code .java}, except in {@code target} and in
 * hidden folders. Files that were found formatted before and did not change since are not looked at
 * again; their digests are in {@code target/formatted}. Exit code 0: all are formatted (now); 1:
 * some are not, or one is not Java; 2: wrong arguments.
 */
final class Format {
  private static final String RECORD = "target/formatted";

  private Format() {}

  public static void main(String... arguments) throws Exception {
    if (arguments.length != 2 || !List.of("check", "write").contains(arguments[0])) {
      System.err.println("usage: java ... Format.java check|write ROOT");
      System.exit(2);
    }
    System.exit(
        run(arguments[0].equals("write"), Path.of(arguments[1]).toAbsolutePath().normalize()));
  }

  private static int run(boolean write, Path root) throws Exception {
    Map<String, String> known = readRecord(root);
    Map<String, String> formatted = new TreeMap<>();
    List<String> changed = new ArrayList<>();
    for (Path file : javaFiles(root)) {
      String name = root.relativize(file).toString();
      String digest = digest(file);
      if (digest.equals(known.get(name))) {
        formatted.put(name, digest);
      } else {
        changed.add(file.toString());
      }
    }
    int bad = 0;
    if (!changed.isEmpty()) {
      var command =
          new ArrayList<>(write ? List.of("-i") : List.of("--dry-run", "--set-exit-if-changed"));
      command.addAll(changed);
      bad =
          new Main(new PrintWriter(System.out, true), new PrintWriter(System.err, true), System.in)
              .format(command.toArray(String[]::new));
    }
    if (bad != 0) {
      System.err.println(
          write
              ? "Format: the files above could not be formatted."
              : "Format: the files above are not formatted. Run src/build/format, look at what it"
                  + " changed, and build again.");
      return 1;
    }
    for (String file : changed) {
      formatted.put(root.relativize(Path.of(file)).toString(), digest(Path.of(file)));
    }
    writeRecord(root, formatted);
    return 0;
  }

  private static List<Path> javaFiles(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            boolean leftOut =
                !folder.equals(root) && (name.equals("target") || name.startsWith("."));
            return leftOut ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  private static Map<String, String> readRecord(Path root) throws IOException {
    Path record = root.resolve(RECORD);
    if (!Files.exists(record)) {
      return Map.of();
    }
    return Files.readAllLines(record).stream()
        .filter(line -> line.indexOf(' ') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(line.indexOf(' ') + 1),
                line -> line.substring(0, line.indexOf(' ')),
                (a, b) -> b));
  }

  private static void writeRecord(Path root, Map<String, String> formatted) throws IOException {
    Path record = root.resolve(RECORD);
    Files.createDirectories(record.getParent());
    String text =
        formatted.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey() + "\n")
            .collect(Collectors.joining());
    Files.writeString(record, text, StandardCharsets.UTF_8);
  }

  private static String digest(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)), 0, 16);
  }
}
