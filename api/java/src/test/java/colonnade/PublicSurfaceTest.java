package colonnade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What users can name is listed in {@code api/java/api.txt} and changes only on purpose. {@code
 * -Dupdate.api=true} writes the list anew; look at the difference before it is committed.
 */
class PublicSurfaceTest {
  @Test
  void isWhatTheListSays() throws Exception {
    Path list = root().resolve("api/java/api.txt");
    String actual = surface();
    if (Boolean.getBoolean("update.api")) {
      Files.writeString(list, actual);
    }
    assertThat(actual.lines())
        .as(
            "the public surface; write the list anew with -Dupdate.api=true if it was meant to"
                + " change")
        .containsExactlyElementsOf(Files.readAllLines(list));
  }

  private static Path root() {
    String root = System.getProperty("colonnade.root");
    return root == null ? Path.of("../..") : Path.of(root);
  }

  private static String surface() throws Exception {
    TreeSet<String> lines = new TreeSet<>();
    for (Class<?> type : publicTypes()) {
      lines.add(kind(type) + " " + name(type));
      for (Method method : type.getMethods()) {
        if (isOurs(method, type)) {
          String result = method.getReturnType().getSimpleName() + " ";
          lines.add(describe(type, method, result + method.getName()));
        }
      }
      for (Constructor<?> constructor : type.getConstructors()) {
        lines.add(describe(type, constructor, "new"));
      }
      for (Field field : type.getFields()) {
        if (field.getDeclaringClass() == type) {
          lines.add(name(type) + "." + field.getName() + ": " + field.getType().getSimpleName());
        }
      }
    }
    return String.join("\n", lines) + "\n";
  }

  /** Declared here; what comes from a hidden parent is, by a bridge that the compiler makes. */
  private static boolean isOurs(Method method, Class<?> type) {
    Class<?> parent = type.getSuperclass();
    boolean hiddenParent = parent != null && !Modifier.isPublic(parent.getModifiers());
    return method.getDeclaringClass() == type
        && (!method.isBridge() || hiddenParent)
        && !Set.of("equals", "hashCode", "toString").contains(method.getName());
  }

  private static List<String> typeNames(Path classes) throws IOException {
    try (Stream<Path> files = Files.list(classes.resolve("colonnade"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.equals("package-info.class"))
          .map(file -> "colonnade." + file.substring(0, file.length() - 6))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, PublicSurfaceTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Class<?>> publicTypes() throws Exception {
    Path classes = Path.of(Expr.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<Class<?>> types = new ArrayList<>();
    for (String name : typeNames(classes)) {
      Class<?> type = load(name);
      if (isVisible(type)) {
        types.add(type);
      }
    }
    return types;
  }

  private static boolean isVisible(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && !type.isAnonymousClass()
        && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
  }

  private static String kind(Class<?> type) {
    return type.isRecord()
        ? "record"
        : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
  }

  private static String name(Class<?> type) {
    return type.getName().substring("colonnade.".length()).replace('$', '.');
  }

  private static String describe(Class<?> type, Executable member, String signature) {
    String parameters =
        Arrays.stream(member.getParameterTypes())
            .map(Class::getSimpleName)
            .collect(Collectors.joining(", "));
    String modifier = Modifier.isStatic(member.getModifiers()) ? "static " : "";
    return name(type) + ": " + modifier + signature + "(" + parameters + ")";
  }
}
