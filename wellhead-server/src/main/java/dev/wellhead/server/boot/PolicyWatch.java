package dev.wellhead.server.boot;

import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.firewall.FeedAlarms;
import dev.wellhead.server.firewall.Firewall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the policy file when the server starts and whenever it changes. A file that cannot be used
/// leaves the policy of before in force, and raises an alarm; a file that is gone changes nothing.
final class PolicyWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);
  private static final long EVERY_MS = 1_000;
  private static final int FLUSHES_EVERY = 10;
  private static final int FEEDS_EVERY = 60;

  private final Firewall firewall;
  private final Path file;
  private final FeedAlarms feeds;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable Stamp seen;

  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  private PolicyWatch(Firewall firewall, Path file, FeedAlarms feeds) {
    this.firewall = firewall;
    this.file = file;
    this.feeds = feeds;
    this.thread = Thread.ofVirtual().name("policy-watch").unstarted(this::watch);
  }

  static PolicyWatch start(Firewall firewall, Path file, FeedAlarms feeds) {
    PolicyWatch watch = new PolicyWatch(firewall, file, feeds);
    watch.look();
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      for (int turn = 0; !closing.await(EVERY_MS, TimeUnit.MILLISECONDS); turn++) {
        look();
        if (turn % FLUSHES_EVERY == 0) {
          lookAfter(turn % FEEDS_EVERY == 0);
        }
      }
      lookAfter(false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Stamp now = stamp();
      if (now == null || now.equals(seen)) {
        return;
      }
      firewall.policies().load(PolicyGroup.text(file, 1 << 20), file.toString());
      seen = now;
    } catch (RefusedException | IOException | DatabaseFault e) {
      LOG.error("the policy {} could not be read: {}", file, e.getMessage());
    }
  }

  /// Writes what was counted, and now and then looks at the feeds.
  private void lookAfter(boolean alsoFeeds) {
    try {
      firewall.flush();
      if (alsoFeeds) {
        feeds.look();
      }
    } catch (DatabaseFault e) {
      LOG.warn("what the firewall counted could not be written yet: {}", e.getMessage());
    }
  }

  private @Nullable Stamp stamp() throws IOException {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
