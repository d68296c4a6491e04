package colonnade.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import colonnade.error.CancelledException;
import colonnade.error.ColonnadeException;
import colonnade.error.ReadOnlyException;
import colonnade.error.StorageException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the system says becomes an error that says what to do. */
class StorageFailureTest {
  @ParameterizedTest
  @CsvSource({
    "No space left on device, Free some space",
    "Disk quota exceeded, Raise the quota",
    "Too many open files, ulimit -n",
    "Map failed, vm.max_map_count",
    "Cannot allocate memory, ulimit -v",
    "Input/output error, The last committed generation is untouched"
  })
  void saysWhatToDo(String reason, String remedy) {
    for (IOException cause :
        new IOException[] {new IOException(reason), new FileSystemException("f", null, reason)}) {
      ColonnadeException e = StorageFailure.of("f", "write", cause);
      assertThat(e).isInstanceOf(StorageException.class).hasMessageContaining(reason);
      assertThat(e.remedy()).contains(remedy);
      assertThat(e.place()).isEqualTo("f");
    }
  }

  @Test
  void tellsWhatMayNotBeWrittenAndWhoWasInterrupted() {
    assertThat(StorageFailure.of("f", "write", new AccessDeniedException("f")))
        .isInstanceOf(ReadOnlyException.class);
    assertThat(
            StorageFailure.of(
                "f", "write", new FileSystemException("f", null, "Read-only file system")))
        .isInstanceOf(ReadOnlyException.class);
    assertThat(StorageFailure.of("f", "write", new ClosedByInterruptException()))
        .isInstanceOf(CancelledException.class);
  }
}
