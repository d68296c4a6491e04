package colonnade.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.engine.store.ColumnNotes;
import colonnade.engine.store.Vector;
import colonnade.error.CorruptColumnException;
import colonnade.hostile.Corpus;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Any attributes and parameters of a column are a scaling whose groups can be read, no scaling, or
 * a typed error. An input is lines {@code name=value}, an empty line, and the parameters' bytes.
 */
class ParametersFuzzTest {
  @FuzzTest(maxDuration = "30s")
  @EnabledIfEnvironmentVariable(named = "JAZZER_FUZZ", matches = "1")
  void fuzz(byte[] input) {
    readsOrRefuses(input);
  }

  @ParameterizedTest
  @ArgumentsSource(Corpus.class)
  void readsOrRefuses(byte[] input) {
    String text = new String(input, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\n\n");
    Map<String, String> attributes = new HashMap<>();
    for (String line : text.substring(0, Math.max(0, end)).split("\n")) {
      int equals = line.indexOf('=');
      if (equals >= 0) {
        attributes.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    byte[] bytes = Arrays.copyOfRange(input, Math.min(input.length, end + 2), input.length);
    try {
      FittedScaling.of(attributes, "fuzz");
    } catch (CorruptColumnException e) {
      assertThat(e.remedy()).isNotEmpty();
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment parameters = arena.allocate(Math.max(8, bytes.length), 8);
      MemorySegment.copy(bytes, 0, parameters, ValueLayout.JAVA_BYTE, 0, bytes.length);
      parameters = parameters.asSlice(0, bytes.length);
      Optional<GroupScaling> read =
          GroupScaling.of(new ColumnNotes(attributes, parameters), "fuzz");
      read.ifPresent(scaling -> readAll(scaling.groups()));
    } catch (CorruptColumnException e) {
      assertThat(e.remedy()).isNotEmpty();
    }
  }

  private static void readAll(MemoryTable groups) {
    for (MemoryTable.Rows rows : groups.blocks()) {
      for (Vector vector : rows.vectors()) {
        for (int row = 0; row < rows.rowCount(); row++) {
          if (vector.isNull(row)) {
            continue;
          } else if (vector.type().isVariable()) {
            vector.bytesAt(row);
          } else if (vector.type().isFloating()) {
            vector.doubleAt(row);
          } else {
            vector.longAt(row);
          }
        }
      }
    }
  }
}
