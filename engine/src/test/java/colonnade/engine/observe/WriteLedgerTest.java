package colonnade.engine.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of reports, and how they are counted. */
class WriteLedgerTest {
  @TempDir Path folder;

  @Test
  void keepsTheLastReportsAndTheLastOfEachPlace() {
    WriteLedger ledger = new WriteLedger(new WriteWarning());
    ledger.record(report("first", 0));
    for (int i = 1; i <= WriteLedger.KEPT_REPORTS; i++) {
      ledger.record(report("busy", i));
    }
    assertThat(ledger.reports()).hasSize(WriteLedger.KEPT_REPORTS);
    assertThat(ledger.reports().getFirst()).isEqualTo(report("busy", 1));
    assertThat(ledger.last("busy")).contains(report("busy", WriteLedger.KEPT_REPORTS));
    assertThat(ledger.last("first")).contains(report("first", 0));
    for (int i = 0; i < WriteLedger.KEPT_REPORTS; i++) {
      ledger.record(report("place " + i, i));
    }
    assertThat(ledger.last("first")).isEmpty();
    assertThat(ledger.last("place 0")).isPresent();
    assertThat(ledger.last("never")).isEmpty();
  }

  @Test
  void tellsFlightRecorder() throws IOException {
    Path file = folder.resolve("writes.jfr");
    WriteReport report =
        new WriteReport(
            WriteReport.Kind.COMMIT,
            "/data/t",
            "append",
            7,
            new Written(8, 4096, 2),
            OptionalLong.empty(),
            1_500);
    try (Recording recording = new Recording()) {
      recording.enable("colonnade.Write");
      recording.start();
      new WriteLedger(new WriteWarning()).record(report);
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("colonnade.Write"))
            .toList();
    assertThat(events).hasSize(1);
    RecordedEvent event = events.getFirst();
    assertThat(event.getString("kind")).isEqualTo("COMMIT");
    assertThat(event.getString("place")).isEqualTo("/data/t");
    assertThat(event.getString("operation")).isEqualTo("append");
    assertThat(event.getLong("generation")).isEqualTo(7);
    assertThat(event.getLong("logicalBytes")).isEqualTo(8);
    assertThat(event.getLong("writtenBytes")).isEqualTo(4096);
    assertThat(event.getLong("pages")).isEqualTo(2);
    assertThat(event.getLong("deviceBytes")).isEqualTo(-1);
    assertThat(event.getDuration("elapsed").toNanos()).isEqualTo(1_500);
  }

  @Test
  void countsAPageWhereOneWriteEndsAndTheNextBeginsOnceUntilItIsSynced() {
    WriteCount count = new WriteCount();
    WriteCount.FileCount file = count.file();
    file.wrote(0, 4000);
    file.wrote(4000, 96);
    file.wrote(4096, 0);
    file.wrote(4096, 4097);
    assertThat(count.soFar()).isEqualTo(new Written(0, 8193, 3));
    file.synced();
    file.wrote(8193, 1);
    assertThat(count.soFar()).isEqualTo(new Written(0, 8194, 4));
    count.file().wrote(8194, 1);
    assertThat(count.soFar().pages()).isEqualTo(5);
  }

  @Test
  void beginsAnewAfterAReport() {
    WriteCount count = new WriteCount();
    count.meant(10);
    count.wrote(20, 1);
    WriteReport report = count.report(WriteReport.Kind.FLUSH, "anew", "flush", 0, 5);
    assertThat(report.written()).isEqualTo(new Written(10, 20, 1));
    assertThat(count.soFar()).isEqualTo(Written.NOTHING);
    assertThat(WriteLedger.process().last("anew")).contains(report);
    assertThat(report.toString()).startsWith("flush of anew: 10 bytes meant, 20 written (2.00");
  }

  @Test
  void readsWhatTheSystemCharged() throws IOException {
    Path file = folder.resolve("io");
    Files.writeString(file, "rchar: 1\nwrite_bytes: 12288\ncancelled_write_bytes: 7\n");
    assertThat(DeviceBytes.in(file)).hasValue(12_288);
    Files.writeString(file, "rchar: 1\nwrite_bytes: many\n");
    assertThat(DeviceBytes.in(file)).isEmpty();
    Files.writeString(file, "rchar: 1\n");
    assertThat(DeviceBytes.in(file)).isEmpty();
    assertThat(DeviceBytes.in(folder.resolve("none"))).isEmpty();
  }

  @Test
  void isToldByLinux() {
    assumeTrue(
        Files.isReadable(Path.of("/proc/self/io")), "the system does not say what it charges");
    assertThat(DeviceBytes.now()).isPresent();
    WriteReport report = new WriteCount().report(WriteReport.Kind.FLUSH, "linux", "flush", 0, 5);
    assertThat(report.deviceBytes().orElseThrow()).isNotNegative();
  }

  private static WriteReport report(String place, long number) {
    return new WriteReport(
        WriteReport.Kind.FLUSH,
        place,
        "flush",
        0,
        new Written(number, number, 1),
        OptionalLong.of(4096),
        1);
  }
}
