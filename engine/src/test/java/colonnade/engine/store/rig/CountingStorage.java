package colonnade.engine.store.rig;

import colonnade.engine.store.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts bytes written and the pages that were touched, but for the lock, until it is asked. */
public final class CountingStorage extends InterposedStorage {
  private static final int PAGE_BYTES = 4096;

  private final Map<String, BitSet> pages = new HashMap<>();
  private long bytes;

  /** Counts what goes to this machine's file system. */
  public CountingStorage() {
    super(Storage.local());
  }

  @Override
  protected synchronized <T extends @Nullable Object> T around(Call call, Action<T> action)
      throws IOException {
    ByteBuffer written = call.bytes();
    if (call.is("write") && written != null && !call.name().equals("LOCK")) {
      bytes += written.remaining();
      long end = call.number() + written.remaining();
      pages
          .computeIfAbsent(call.name(), _ -> new BitSet())
          .set((int) (call.number() / PAGE_BYTES), (int) ((end - 1) / PAGE_BYTES) + 1);
    }
    return action.run();
  }

  /** Bytes written since this was asked last, and the pages that they lie in. */
  public synchronized long[] take() {
    long[] counted = {bytes, pages.values().stream().mapToLong(BitSet::cardinality).sum()};
    bytes = 0;
    pages.clear();
    return counted;
  }
}
