package colonnade.engine.store.rig;

import colonnade.engine.store.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The local storage, of which calls fail: all of one name once it is armed, or the k-th of all,
 * once or for ever. Also sees what must not be done after a failure. A close always closes, and
 * only then fails. Safe for all threads.
 */
public final class FaultyStorage extends InterposedStorage {
  /** What the operating system says, and of which calls. */
  public enum Fault {
    ENOSPC("No space left on device", "createDirectories create write sync link rename"),
    SHORT_WRITE("No space left on device", "write"),
    EMFILE(
        "Too many open files",
        "list create openForWriting openForReading map syncDirectory openLock"),
    EIO("Input/output error", "");

    private final String reason;
    private final Set<String> operations;

    Fault(String reason, String operations) {
      this.reason = reason;
      this.operations = Set.of(operations.split(" "));
    }

    private boolean fits(String operation) {
      return this == EIO || operations.contains(operation);
    }
  }

  private final @Nullable String operation;
  private final String reason;
  private final Fault fault;
  private final boolean forEver;
  private final Set<Path> failedSyncs = new HashSet<>();
  private long failures;
  private long callsLeft;
  private long failed;
  private long openFiles;
  private @Nullable String misuse;

  /** Calls named {@code operation} fail once this is armed. */
  public FaultyStorage(String operation, String reason) {
    super(Storage.local());
    this.operation = operation;
    this.reason = reason;
    this.fault = Fault.EIO;
    this.forEver = false;
  }

  /** The {@code call}-th of the calls that can have this fault fails, from 1 on. */
  public FaultyStorage(Fault fault, long call, boolean forEver) {
    super(Storage.local());
    this.operation = null;
    this.reason = fault.reason;
    this.fault = fault;
    this.forEver = forEver;
    this.callsLeft = call;
  }

  /** Lets the next call fail. */
  public synchronized void arm() {
    failures = 1;
  }

  /** Lets every call fail from now on. */
  public synchronized void armForEver() {
    failures = Long.MAX_VALUE;
  }

  /** How many calls have failed. */
  public synchronized long failed() {
    return failed;
  }

  /** The files that were opened and not closed. */
  public synchronized long openFiles() {
    return openFiles;
  }

  /** A write or sync of a file of which a sync had failed; null if there was none. */
  public synchronized @Nullable String misuse() {
    return misuse;
  }

  private synchronized boolean fails(Call call) {
    boolean touches = call.is("write") || call.is("sync");
    if (touches && failedSyncs.contains(call.file())) {
      misuse = call.operation() + " of " + call.file() + " after a sync of it had failed";
    }
    boolean fails;
    if (operation != null) {
      fails = call.is(operation) && failures > 0;
      failures -= fails ? 1 : 0;
    } else {
      boolean counts = fault.fits(call.operation());
      callsLeft -= counts ? 1 : 0;
      fails = counts && (callsLeft == 0 || forEver && callsLeft < 0);
    }
    if (fails) {
      failed++;
      if (call.is("sync")) {
        failedSyncs.add(call.file());
      }
    }
    return fails;
  }

  private synchronized void count(Call call) {
    switch (call.operation()) {
      case "create", "openForWriting", "openForReading", "openLock" -> openFiles++;
      case "close" -> openFiles--;
      default -> {}
    }
    if (call.is("create")) {
      failedSyncs.remove(call.file());
    }
  }

  @Override
  protected <T extends @Nullable Object> T around(Call call, Action<T> action) throws IOException {
    boolean fails = fails(call);
    if (!fails || call.is("close")) {
      T result = action.run();
      count(call);
      if (!fails) {
        return result;
      }
    }
    ByteBuffer bytes = call.bytes();
    if (fault == Fault.SHORT_WRITE && bytes != null) {
      int limit = bytes.limit();
      bytes.limit(bytes.position() + bytes.remaining() / 2);
      action.run();
      bytes.limit(limit);
    }
    throw new FileSystemException(call.file().toString(), null, reason);
  }
}
