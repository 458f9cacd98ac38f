package dev.wellhead.server.fetches;

import dev.wellhead.core.pypi.ProjectName;
import dev.wellhead.core.pypi.Sha256;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.db.DatabaseRefusedException;
import dev.wellhead.server.db.DatabaseSettings;
import dev.wellhead.server.db.Migrations;
import dev.wellhead.server.db.Seam;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers who fetched which file.
///
/// Fetches are queued and written in batches by one thread, which lets most of a second's worth
/// gather: a batch costs about as much as a single one, and more than sending a file does. On
/// SQLite it is meant to have a file of its own with [dev.wellhead.server.db.Durability#NORMAL]: a
/// loss of power may lose the last second, a crash of the program what was queued, and the writes
/// of the other rooms do not wait behind it.
///
/// A full queue makes [#record] wait, so that files are served no faster than can be told who got
/// them; when nothing is written for long, they are not served.
public final class Fetches implements AutoCloseable {
  /// Its tables; on SQLite in a file of its own, on PostgreSQL beside the others.
  public static final Migrations MIGRATIONS = new Migrations("db/fetches", "fetches_history");

  private static final Logger LOG = LoggerFactory.getLogger(Fetches.class);
  private static final int BATCH = 1_000;
  private static final long PAUSE_MS = 1_000;
  private static final long GATHER_MS = 800;
  private static final long HOURS_BETWEEN_LOOKS = 1;

  private final Database db;
  private final Forgetting forgetting;
  private final InstantSource clock;
  private final Limits limits;
  private final BlockingQueue<Item> queue;
  private final CountDownLatch closing = new CountDownLatch(1);
  // A permit for everybody who waits for the writer, so that it does not gather any longer.
  private final Semaphore hurry = new Semaphore(0);
  private final Thread writer;
  private final Thread forgetter;

  /// Guards `closed`: shared by those who record, alone by `close`.
  private final ReadWriteLock doors = new ReentrantReadWriteLock();

  private boolean closed;

  /// How many fetches may wait, and how long one waits for a place.
  record Limits(int queued, long waitMs) {
    static final Limits USUAL = new Limits(10_000, 10_000);
  }

  private sealed interface Item {
    record Note(Fetch fetch) implements Item {}

    record Mark(CountDownLatch reached) implements Item {}

    record End() implements Item {}
  }

  private Fetches(
      Database db, long number, Retention retention, InstantSource clock, Limits limits) {
    this.db = db;
    this.forgetting = new Forgetting(db, retention);
    this.clock = clock;
    this.limits = limits;
    this.queue = new ArrayBlockingQueue<>(limits.queued());
    this.writer = Thread.ofVirtual().name("fetches").start(() -> write(number));
    this.forgetter = Thread.ofVirtual().name("fetches-retention").start(this::forgetMonthly);
  }

  /// Opens the record of fetches, which closes its database when it is closed.
  public static Fetches open(DatabaseSettings settings, Retention retention, InstantSource clock)
      throws DatabaseRefusedException, DatabaseFault {
    return open(settings, retention, clock, Seam.NONE);
  }

  /// The same with a test's hand in between.
  public static Fetches open(
      DatabaseSettings settings, Retention retention, InstantSource clock, Seam seam)
      throws DatabaseRefusedException, DatabaseFault {
    return open(Database.open(settings, MIGRATIONS, seam), retention, clock, Limits.USUAL);
  }

  static Fetches open(Database db, Retention retention, InstantSource clock, Limits limits)
      throws DatabaseFault {
    try {
      return new Fetches(db, db.<Long>write(FetchStore::newWriter), retention, clock, limits);
    } catch (DatabaseFault e) {
      db.close();
      throw e;
    }
  }

  /// Takes note of `fetch`; it is written soon after those before it. Waits while the queue is
  /// full, and fails when that lasts ten seconds.
  public void record(Fetch fetch) throws FetchesFullException {
    doors.readLock().lock();
    try {
      if (closed) {
        throw new FetchesFullException("fetches are not recorded any more: the server is stopping");
      }
      if (!queue.offer(new Item.Note(fetch), limits.waitMs(), TimeUnit.MILLISECONDS)) {
        throw new FetchesFullException(
            db
                + " has taken no record of fetches for a while, and files are not served unrecorded;"
                + " see the log for the reason");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchesFullException("interrupted before the fetch was recorded");
    } finally {
      doors.readLock().unlock();
    }
  }

  /// Takes note of `fetch` where that needs no waiting; false where [#record] has to be called.
  public boolean offer(Fetch fetch) {
    if (!doors.readLock().tryLock()) {
      return false;
    }
    try {
      return !closed && queue.offer(new Item.Note(fetch));
    } finally {
      doors.readLock().unlock();
    }
  }

  /// Waits until all that was recorded before is written (or, while the server stops, given up).
  public void flush() throws InterruptedException {
    CountDownLatch reached = new CountDownLatch(1);
    doors.readLock().lock();
    try {
      if (closed) {
        return;
      }
      queue.put(new Item.Mark(reached));
      hurry.release();
    } finally {
      doors.readLock().unlock();
    }
    reached.await();
  }

  /// Who fetched the file with this hash, the latest first, at most `limit`.
  public List<Seen> seenBy(Sha256 file, int limit) throws DatabaseFault {
    return db.<List<Seen>>read(tx -> FetchStore.seenBy(tx, file, limit));
  }

  /// When each of `files`, a few hundred at most, was last fetched; those that never were are left
  /// out.
  public Map<Sha256, Instant> lastFetched(Collection<Sha256> files) throws DatabaseFault {
    return files.isEmpty()
        ? Map.of()
        : db.<Map<Sha256, Instant>>read(tx -> FetchStore.lastFetched(tx, files));
  }

  /// How much was fetched in all.
  public FetchTotals totals() throws DatabaseFault {
    return db.<FetchTotals>read(FetchStore::totals);
  }

  /// The files of a project that were fetched from here, and when.
  public List<FileUse> useOf(ProjectName project) throws DatabaseFault {
    return db.<List<FileUse>>read(tx -> FetchStore.useOf(tx, project.normalized()));
  }

  /// The digests of all files that were fetched before `moment`.
  public List<Sha256> fetchedBefore(Instant moment) throws DatabaseFault {
    return db.<List<Sha256>>read(tx -> FetchStore.fetchedBefore(tx, moment));
  }

  /// When the first fetch was that is remembered; empty where there is none.
  public Optional<Instant> firstFetch() throws DatabaseFault {
    return db.<Optional<Instant>>read(FetchStore::firstFetch);
  }

  /// The files fetched most often, at most `limit`.
  public List<FetchedFile> mostFetched(int limit) throws DatabaseFault {
    return db.<List<FetchedFile>>read(tx -> FetchStore.mostFetched(tx, limit));
  }

  /// The hours in which something was fetched, from the one that holds `from` on, oldest first.
  public List<FetchHour> hours(Instant from) throws DatabaseFault {
    return db.<List<FetchHour>>read(tx -> FetchHours.since(tx, from));
  }

  /// Forgets what the retention says, now.
  void forget() throws DatabaseFault {
    forgetting.run(clock.instant());
  }

  /// Writes what is queued, then closes the database. What cannot be written then is lost, and the
  /// log says how many.
  @Override
  public void close() {
    closing.countDown();
    doors.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
    } finally {
      doors.writeLock().unlock();
    }
    boolean interrupted = false;
    while (writer.isAlive() || forgetter.isAlive()) {
      try {
        if (writer.isAlive()) {
          hurry.release();
          queue.offer(new Item.End(), PAUSE_MS, TimeUnit.MILLISECONDS);
        }
        writer.join();
        forgetter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    db.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(long number) {
    long batches = 0;
    boolean going = true;
    while (going) {
      List<Fetch> batch = new ArrayList<>();
      List<CountDownLatch> marks = new ArrayList<>();
      for (Item item : next()) {
        switch (item) {
          case Item.Note(Fetch fetch) -> batch.add(fetch);
          case Item.Mark(CountDownLatch reached) -> marks.add(reached);
          case Item.End _ -> going = false;
        }
      }
      if (!batch.isEmpty()) {
        keep(number, ++batches, List.copyOf(batch));
      }
      marks.forEach(CountDownLatch::countDown);
    }
  }

  /// Tries until it is written: an outage of the database must not lose who got what meanwhile.
  private void keep(long number, long batchNumber, List<Fetch> batch) {
    boolean told = false;
    while (true) {
      boolean last = isClosing();
      try {
        db.write(tx -> {
          FetchStore.add(tx, number, batchNumber, batch);
          return batch.size();
        });
        return;
      } catch (DatabaseFault e) {
        if (last) {
          LOG.error("{} fetches are lost: {} could not be written", batch.size(), db, e);
          return;
        }
        if (!told) {
          told = true;
          LOG.error("{} fetches wait, trying again each second", batch.size(), e);
        }
      } catch (RuntimeException e) { // a bug must not end the thread that all files wait for
        LOG.error("{} fetches are lost", batch.size(), e);
        return;
      }
      pause(PAUSE_MS);
    }
  }

  private List<Item> next() {
    List<Item> items = new ArrayList<>();
    while (items.isEmpty()) {
      try {
        items.add(queue.take());
        if (items.getFirst() instanceof Item.Note) {
          var _ = hurry.tryAcquire(GATHER_MS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        // nobody interrupts this thread; the end comes as an item
      }
    }
    queue.drainTo(items, BATCH - 1);
    return items;
  }

  private void forgetMonthly() {
    var done = Retention.month(clock.instant()).minusMonths(1);
    while (!isClosing()) {
      var month = Retention.month(clock.instant());
      if (month.isAfter(done)) {
        try {
          forget();
          done = month;
        } catch (DatabaseFault e) {
          LOG.warn("old fetches could not be forgotten; trying again in an hour", e);
        }
      }
      pause(TimeUnit.HOURS.toMillis(HOURS_BETWEEN_LOOKS));
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /// Waits, but not past the begin of closing.
  private void pause(long millis) {
    try {
      var _ = closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      // nobody interrupts these threads; trying again sooner does no harm
    }
  }
}
