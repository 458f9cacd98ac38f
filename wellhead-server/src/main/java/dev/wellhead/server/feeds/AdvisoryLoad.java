package dev.wellhead.server.feeds;

import dev.wellhead.core.osv.Advisory;
import dev.wellhead.core.osv.OsvJson;
import dev.wellhead.core.osv.OsvRead;
import dev.wellhead.core.osv.OsvYaml;
import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes the records of one feed, from all of its source or from parts of it, into the database.
///
/// Records are written in batches, each in a transaction of its own, so that a load of any length
/// neither fills the memory nor keeps others from writing. A load that breaks off leaves newer
/// records beside older ones, and says of none that it vanished.
final class AdvisoryLoad implements RecordSink<DatabaseFault> {
  private static final int BATCH = 500;
  private static final long BATCH_BYTES = 4 << 20;
  private static final int BROKEN_KEPT = 1_000;

  private final Database database;
  private final String feed;
  private final FeedKind kind;
  private final Instant now;
  private final FeedListener listener;
  private final Map<String, KnownRecord> known;
  private final List<Arrived> fresh = new ArrayList<>();
  private final List<Arrived> changed = new ArrayList<>();
  private final List<FeedState.Broken> brokenOnes = new ArrayList<>();
  // Records that came again as they are held, with the time that a list of changes gives for them.
  private final Map<String, Instant> relisted = new HashMap<>();
  private long waitingBytes;
  private Instant listed = Instant.EPOCH;
  private long read;
  private long usable;
  private long addedCount;
  private long changedCount;
  private long withdrawnCount;
  private long vanishedNow;
  private long brokenCount;

  AdvisoryLoad(Database database, String feed, FeedKind kind, Instant now, FeedListener listener)
      throws DatabaseFault {
    this.database = database;
    this.feed = feed;
    this.kind = kind;
    this.now = now;
    this.listener = listener;
    this.known = database.read(tx -> AdvisoryRows.known(tx, feed));
  }

  /// Every record that is held, by its id.
  Map<String, KnownRecord> known() {
    return known;
  }

  /// From here on records are those for which the source's list of changes gives this time.
  void listedAt(Instant time) {
    listed = time;
  }

  @Override
  public void take(String place, byte[] record) throws DatabaseFault {
    read++;
    Digest digest = Digest.of(record);
    KnownRecord hinted = known.get(idIn(place));
    if (hinted != null && hinted.is(digest)) {
      hinted.see();
      noteListed(idIn(place));
      usable++;
      return;
    }
    OsvRead outcome = kind == FeedKind.PYPA ? OsvYaml.read(record) : OsvJson.read(record);
    switch (outcome) {
      case OsvRead.Broken(String why) -> broken(place, why);
      case OsvRead.Parsed(Advisory advisory) -> {
        usable++;
        byte[] json = kind == FeedKind.PYPA ? OsvJson.write(advisory) : record;
        take(advisory, digest, json);
      }
    }
  }

  @Override
  public void broken(String place, String why) {
    KnownRecord hinted = known.get(idIn(place));
    if (hinted != null) {
      hinted.see(); // it is still there, only unreadable now
    }
    brokenCount++;
    if (brokenOnes.size() < BROKEN_KEPT) {
      brokenOnes.add(new FeedState.Broken(BrokenRows.shown(place), BrokenRows.shown(why)));
    }
  }

  /// Ends a load that saw all of the source: what it did not see has vanished.
  void endWhole() throws FeedRefusedException, DatabaseFault {
    if (usable == 0) {
      throw new FeedRefusedException(
          read == 0
              ? "It holds no record at all: is it the right place, and of kind " + kind.word() + "?"
              : "None of its " + read + " records could be read; " + firstTrouble());
    }
    flush();
    List<String> gone = new ArrayList<>();
    List<String> back = new ArrayList<>();
    known.forEach((id, record) -> {
      if (!record.isSeen() && record.mark() == KnownRecord.Mark.IN_FORCE) {
        gone.add(id);
      } else if (record.isSeen() && record.mark() == KnownRecord.Mark.VANISHED) {
        back.add(id);
      }
    });
    mark(gone, now);
    mark(back, null);
    vanishedNow += gone.size();
    database.write(tx -> BrokenRows.replace(tx, feed, brokenOnes, now));
  }

  /// Ends a load of parts: `gone` are records that the source no longer lists.
  void endParts(Collection<String> gone) throws DatabaseFault {
    flush();
    database.write(tx -> AdvisoryRows.relisted(tx, feed, relisted));
    mark(gone, now);
    vanishedNow += gone.size();
    database.write(tx -> BrokenRows.add(tx, feed, brokenOnes, now));
  }

  /// What came of it.
  Load outcome() {
    return new Load(
        feed,
        read,
        addedCount,
        changedCount,
        withdrawnCount,
        vanishedNow,
        brokenCount,
        known.size());
  }

  /// The latest change of any record that is held.
  @Nullable Instant newest() {
    long newest = known.values().stream().mapToLong(KnownRecord::modified).max().orElse(0);
    return known.isEmpty() ? null : Instant.ofEpochMilli(newest);
  }

  private void take(Advisory advisory, Digest digest, byte[] json) throws DatabaseFault {
    KnownRecord before = known.get(advisory.id());
    if (before == null && advisory.affected().isEmpty()) {
      return; // of another ecosystem
    }
    if (before != null) {
      before.see();
      if (before.is(digest) || advisory.times().modified().toEpochMilli() < before.modified()) {
        noteListed(advisory.id());
        return;
      }
    }
    Arrived arrived = new Arrived(advisory, digest, listed, json);
    (before == null ? fresh : changed).add(arrived);
    waitingBytes += arrived.body().length;
    KnownRecord newest =
        new KnownRecord(
            digest,
            advisory.times().modified().toEpochMilli(),
            listed.toEpochMilli(),
            advisory.isWithdrawn() ? KnownRecord.Mark.WITHDRAWN : KnownRecord.Mark.IN_FORCE);
    newest.see();
    known.put(advisory.id(), newest);
    if (fresh.size() + changed.size() >= BATCH || waitingBytes >= BATCH_BYTES) {
      flush();
    }
  }

  private void noteListed(String id) {
    if (listed.isAfter(Instant.EPOCH)) {
      relisted.put(id, listed);
    }
  }

  private void flush() throws DatabaseFault {
    if (fresh.isEmpty() && changed.isEmpty()) {
      return;
    }
    List<Arrived> added = List.copyOf(fresh);
    List<Arrived> others = List.copyOf(changed);
    AdvisoryRows.Written written =
        database.write(
            tx -> AdvisoryRows.add(tx, feed, added).and(AdvisoryRows.change(tx, feed, others)));
    addedCount += added.size();
    changedCount += others.size();
    withdrawnCount += written.withdrawn();
    fresh.clear();
    changed.clear();
    waitingBytes = 0;
    tell(written.projects());
  }

  private void mark(Collection<String> ids, @Nullable Instant at) throws DatabaseFault {
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += BATCH) {
      List<String> some = all.subList(from, Math.min(all.size(), from + BATCH));
      tell(database.write(tx -> AdvisoryRows.vanished(tx, feed, some, at)));
    }
  }

  private void tell(Set<String> projects) {
    if (!projects.isEmpty()) {
      listener.touched(
          projects.stream()
              .flatMap(name -> ProjectName.of(name).stream())
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  private String firstTrouble() {
    FeedState.Broken first = brokenOnes.getFirst();
    return "the first, " + first.place() + ": " + first.why();
  }

  /// OSV names a record's file after its id, so that one that is the same need not be read.
  private static String idIn(String place) {
    String name = place.substring(place.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
