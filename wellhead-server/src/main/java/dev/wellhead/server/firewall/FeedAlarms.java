package dev.wellhead.server.firewall;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.feeds.FeedState;
import dev.wellhead.server.feeds.Feeds;
import dev.wellhead.server.feeds.Standing;
import dev.wellhead.server.notify.Alarm;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Severity;
import java.time.Instant;
import java.time.InstantSource;

/// Raises an alarm where a feed goes quiet, and where records vanish from one that nobody withdrew.
public final class FeedAlarms {
  private final Feeds feeds;
  private final Database database;
  private final InstantSource clock;

  public FeedAlarms(Feeds feeds, Database database, InstantSource clock) {
    this.feeds = feeds;
    this.database = database;
    this.clock = clock;
  }

  /// Looks at every feed once.
  public void look() throws DatabaseFault {
    Instant now = clock.instant();
    for (FeedState feed : feeds.states()) {
      String quiet = "feed-quiet:" + feed.name();
      if (feed.standing() instanceof Standing.Quiet(Instant since)) {
        raise(
            new Alarm(
                quiet,
                Severity.CRITICAL,
                "Feed " + feed.name() + " is quiet",
                "Nothing has confirmed it since its grace ended at "
                    + since
                    + ", so that what it would say is not known, and rules that ask for it hold"
                    + " files. "
                    + feed.trouble(),
                Alarm.ADMINISTRATOR),
            now);
      } else {
        resolve(quiet, now);
      }
      String vanished = "feed-vanished:" + feed.name();
      if (feed.vanished() > 0) {
        raise(
            new Alarm(
                vanished,
                Severity.WARNING,
                feed.vanished() + " records vanished from feed " + feed.name(),
                "Its source no longer has them and nobody withdrew them: they still count. Look why"
                    + " before you let go what they block.",
                Alarm.ADMINISTRATOR),
            now);
      } else {
        resolve(vanished, now);
      }
    }
  }

  private void raise(Alarm alarm, Instant now) throws DatabaseFault {
    database.write(tx -> {
      Alarms.raise(tx, alarm, now);
      return true;
    });
  }

  private void resolve(String key, Instant now) throws DatabaseFault {
    database.write(tx -> Alarms.resolve(tx, key, now));
  }
}
