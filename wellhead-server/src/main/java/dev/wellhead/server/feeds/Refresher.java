package dev.wellhead.server.feeds;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the sources again, each when it is due.
final class Refresher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);
  private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);
  private static final long PAUSE_SECONDS = 5;

  private final List<FeedSettings> feeds;
  private final Database database;
  private final InstantSource clock;
  private final Loader loader;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  Refresher(List<FeedSettings> feeds, Database database, InstantSource clock, Loader loader) {
    this.feeds = List.copyOf(feeds);
    this.database = database;
    this.clock = clock;
    this.loader = loader;
  }

  synchronized void start() {
    if (thread == null) {
      thread = Thread.ofVirtual().name("feeds").start(this::run);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running;
    synchronized (this) {
      running = thread;
    }
    if (running != null) {
      running.interrupt(); // a download under way ends
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void refreshDue() throws DatabaseFault {
    loader.look();
    Map<String, FeedRow> rows =
        database.read(FeedRow::all).stream().collect(Collectors.toMap(FeedRow::name, row -> row));
    for (FeedSettings feed : feeds) {
      if (closing.getCount() == 0) {
        return;
      }
      if (!feed.from().isEmpty() && isDue(feed, rows.get(feed.name()))) {
        refresh(feed);
      }
    }
  }

  private void refresh(FeedSettings feed) throws DatabaseFault {
    try {
      Load load = loader.load(feed.name(), feed.kind(), feed.from());
      if (load.isChange()) {
        LOG.info(
            "feed {}: {} new, {} changed ({} withdrawn), {} vanished, {} broken; {} held",
            feed.name(),
            load.added(),
            load.changed(),
            load.withdrawn(),
            load.vanished(),
            load.broken(),
            load.held());
      }
    } catch (FeedRefusedException e) {
      LOG.warn("feed {} was not refreshed: {}", feed.name(), e.getMessage());
    }
  }

  private boolean isDue(FeedSettings feed, @Nullable FeedRow row) {
    if (row == null || row.tried() == null || !row.source().equals(feed.from())) {
      return true;
    }
    Duration wait =
        row.trouble().isEmpty() || feed.every().compareTo(AFTER_FAILURE) < 0
            ? feed.every()
            : AFTER_FAILURE;
    Instant now = clock.instant();
    // A clock that was put back must not keep a feed waiting.
    return row.tried().isAfter(now) || !row.tried().plus(wait).isAfter(now);
  }

  private void run() {
    while (closing.getCount() > 0) {
      try {
        refreshDue();
      } catch (DatabaseFault e) {
        LOG.warn("the feeds could not be looked at; trying again in a while", e);
      }
      try {
        var _ = closing.await(PAUSE_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        return; // the server stops
      }
    }
  }
}
