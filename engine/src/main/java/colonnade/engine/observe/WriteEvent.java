package colonnade.engine.observe;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A {@link WriteReport} for Flight Recorder. Costs next to nothing while nobody records. */
@Name("colonnade.Write")
@Label("Write")
@Category("Colonnade")
@Description("What a flush, commit or query wrote, and what it was meant to write")
@StackTrace(false)
final class WriteEvent extends Event {
  @Label("Kind")
  String kind = "";

  @Label("Place")
  String place = "";

  @Label("Operation")
  String operation = "";

  @Label("Generation")
  long generation;

  @Label("Logical Bytes")
  @DataAmount
  long logicalBytes;

  @Label("Written Bytes")
  @DataAmount
  long writtenBytes;

  @Label("Pages")
  long pages;

  @Label("Device Bytes")
  @Description("Charged to the whole process; -1 if unknown")
  long deviceBytes;

  @Label("Elapsed")
  @Timespan(Timespan.NANOSECONDS)
  long elapsed;

  /** Records a report, if anybody records such events. */
  static void emit(WriteReport report) {
    WriteEvent event = new WriteEvent();
    if (event.isEnabled()) {
      event.kind = report.kind().name();
      event.place = report.place();
      event.operation = report.operation();
      event.generation = report.generation();
      event.logicalBytes = report.written().logicalBytes();
      event.writtenBytes = report.written().writtenBytes();
      event.pages = report.written().pages();
      event.deviceBytes = report.deviceBytes().orElse(-1);
      event.elapsed = report.elapsedNanos();
      event.commit();
    }
  }
}
