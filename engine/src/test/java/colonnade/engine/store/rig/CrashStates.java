package colonnade.engine.store.rig;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a disk may hold after the power went at some point of a recorded life. Between two syncs the
 * order in which things reach the disk is free: of the names that changed since the directory was
 * last synced any subset may be there, and each write since the file's last sync may be absent,
 * torn (its first half is there), zero-filled (the file is as long, but what lies beyond its
 * durable length is zero) or whole. A byte that was durable before holds its old or its new value:
 * disks write whole sectors. Used by one thread.
 */
final class CrashStates {
  /** How much of a write there is. */
  private static final int ABSENT = 0;

  private static final int TORN = 1;
  private static final int ZERO_FILLED = 2;
  private static final int WHOLE = 3;
  private static final int VARIANTS = 4;

  private final int limit;
  private final int samples;
  private final SplittableRandom random;
  private final Visitor visitor;
  private final Map<String, Integer> durableNames = new TreeMap<>();
  private final List<DiskEvent> pendingNames = new ArrayList<>();
  private final Map<Integer, OpenFile> files = new HashMap<>();
  private long acknowledged;

  /** Takes a state: the files by name, and the generation that was acknowledged before. */
  @FunctionalInterface
  interface Visitor {
    void visit(Map<String, Bytes> state, long acknowledged);
  }

  /** The bytes of a file, and their digest, by which files are told apart. */
  record Bytes(byte[] array, String digest) {
    Bytes(byte[] array) {
      this(array, digest(array));
    }

    private static String digest(byte[] array) {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(array));
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every JDK has it", e);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes bytes && bytes.digest.equals(digest);
    }

    @Override
    public int hashCode() {
      return digest.hashCode();
    }
  }

  /** A file: what is durable of it, and what may be. */
  private static final class OpenFile {
    private byte[] durable = new byte[0];
    private final List<DiskEvent> pending = new ArrayList<>();
    private final Map<Long, Bytes> variants = new HashMap<>();

    void add(DiskEvent event) {
      pending.add(event);
      variants.clear();
    }

    void sync() {
      if (!pending.isEmpty()) {
        int[] whole = new int[pending.size()];
        Arrays.fill(whole, WHOLE);
        durable = apply(whole);
        pending.clear();
        variants.clear();
      }
    }

    Bytes variant(int[] choice) {
      long key = 0;
      for (int c : choice) {
        key = key * VARIANTS + c;
      }
      return choice.length > 31
          ? new Bytes(apply(choice))
          : variants.computeIfAbsent(key, k -> new Bytes(apply(choice)));
    }

    private byte[] apply(int[] choice) {
      byte[] bytes = durable;
      for (int i = 0; i < choice.length; i++) {
        if (choice[i] != ABSENT) {
          bytes = apply(bytes, pending.get(i), choice[i]);
        }
      }
      return bytes;
    }

    private byte[] apply(byte[] before, DiskEvent event, int choice) {
      if (event instanceof DiskEvent.Cut(int file, long lengthBytes)) {
        return Arrays.copyOf(before, (int) lengthBytes);
      }
      DiskEvent.Write write = (DiskEvent.Write) event;
      int offset = (int) write.offset();
      int length = choice == TORN ? write.bytes().length / 2 : write.bytes().length;
      byte[] after = Arrays.copyOf(before, Math.max(before.length, offset + length));
      if (choice == ZERO_FILLED) {
        int from = Math.max(offset, durable.length);
        if (from < offset + length) {
          Arrays.fill(after, from, offset + length, (byte) 0);
        }
      } else {
        System.arraycopy(write.bytes(), 0, after, offset, length);
      }
      return after;
    }
  }

  private CrashStates(int limit, int samples, long seed, Visitor visitor) {
    this.limit = limit;
    this.samples = samples;
    this.random = new SplittableRandom(seed);
    this.visitor = visitor;
  }

  /**
   * Visits the states after each event from {@code from} on: all of them where there are at most
   * {@code limit}; else those in which one thing is odd, and {@code samples} chosen at random. The
   * same state may come again.
   */
  static void enumerate(
      List<DiskEvent> events, int from, int limit, int samples, long seed, Visitor visitor) {
    CrashStates states = new CrashStates(limit, samples, seed, visitor);
    for (int i = 0; i < events.size(); i++) {
      states.happen(events.get(i));
      if (i >= from) {
        states.visit();
      }
    }
  }

  private void happen(DiskEvent event) {
    switch (event) {
      case DiskEvent.Enter(String name, int file) -> {
        files.computeIfAbsent(file, f -> new OpenFile());
        pendingNames.add(event);
      }
      case DiskEvent.Leave leave -> pendingNames.add(leave);
      case DiskEvent.Move move -> pendingNames.add(move);
      case DiskEvent.Write write -> files.get(write.file()).add(write);
      case DiskEvent.Cut cut -> files.get(cut.file()).add(cut);
      case DiskEvent.Sync sync -> files.get(sync.file()).sync();
      case DiskEvent.SyncDirectory all -> {
        pendingNames.forEach(pending -> apply(durableNames, pending));
        pendingNames.clear();
      }
      case DiskEvent.Acknowledged(long generation) -> acknowledged = generation;
    }
  }

  private static void apply(Map<String, Integer> names, DiskEvent event) {
    switch (event) {
      case DiskEvent.Enter(String name, int file) -> names.put(name, file);
      case DiskEvent.Leave(String name) -> names.remove(name);
      case DiskEvent.Move(String from, String to, int file) -> {
        names.remove(from);
        names.put(to, file);
      }
      default -> throw new IllegalArgumentException(event.toString());
    }
  }

  /** The choices: two for each name and each cut, four for each write. */
  private void visit() {
    Set<Integer> reachable = new TreeSet<>(durableNames.values());
    for (DiskEvent event : pendingNames) {
      switch (event) {
        case DiskEvent.Enter enter -> reachable.add(enter.file());
        case DiskEvent.Move move -> reachable.add(move.file());
        default -> {}
      }
    }
    List<Integer> changed =
        reachable.stream().filter(file -> !files.get(file).pending.isEmpty()).toList();
    List<Integer> bases = new ArrayList<>();
    pendingNames.forEach(name -> bases.add(2));
    for (int file : changed) {
      for (DiskEvent event : files.get(file).pending) {
        bases.add(event instanceof DiskEvent.Cut ? 2 : VARIANTS);
      }
    }
    long count = 1;
    for (int base : bases) {
      count = Math.min(count * base, limit + 1L);
    }
    int[] choice = new int[bases.size()];
    if (count <= limit) {
      do {
        visit(choice, changed);
      } while (advance(choice, bases));
    } else {
      sample(choice, bases, changed);
    }
  }

  private static boolean advance(int[] choice, List<Integer> bases) {
    for (int i = 0; i < choice.length; i++) {
      if (++choice[i] < bases.get(i)) {
        return true;
      }
      choice[i] = 0;
    }
    return false;
  }

  private void sample(int[] choice, List<Integer> bases, List<Integer> changed) {
    for (boolean whole : new boolean[] {false, true}) {
      for (int odd = 0; odd < choice.length; odd++) {
        for (int variant = 0; variant < bases.get(odd); variant++) {
          for (int i = 0; i < choice.length; i++) {
            choice[i] = whole ? bases.get(i) - 1 : ABSENT;
          }
          choice[odd] = variant;
          visit(choice, changed);
        }
      }
    }
    for (int n = 0; n < samples; n++) {
      int often = random.nextInt(4);
      for (int i = 0; i < choice.length; i++) {
        // Half of the samples are nearly whole or nearly absent: there the protocol is thinnest.
        choice[i] =
            switch (often) {
              case 0 -> random.nextInt(8) > 0 ? bases.get(i) - 1 : random.nextInt(bases.get(i));
              case 1 -> random.nextInt(8) > 0 ? ABSENT : random.nextInt(bases.get(i));
              default -> random.nextInt(bases.get(i));
            };
      }
      visit(choice, changed);
    }
  }

  private void visit(int[] choice, List<Integer> changed) {
    Map<String, Integer> names = new TreeMap<>(durableNames);
    int at = 0;
    for (DiskEvent name : pendingNames) {
      if (choice[at++] != ABSENT) {
        apply(names, name);
      }
    }
    Map<Integer, Bytes> contents = new HashMap<>();
    for (int file : changed) {
      OpenFile open = files.get(file);
      int end = at + open.pending.size();
      contents.put(file, open.variant(Arrays.copyOfRange(choice, at, end)));
      at = end;
    }
    Map<String, Bytes> state = new TreeMap<>();
    names.forEach((name, file) -> {
      Bytes bytes = contents.get(file);
      state.put(name, bytes != null ? bytes : files.get(file).variant(new int[0]));
    });
    visitor.visit(state, acknowledged);
  }
}
