package dev.wellhead.server.notify;

import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One destination's share of the work: take what is due, bring it, note what became of it.
///
/// What was taken and never noted, since the process ended, is due again when its lease is over. So
/// everything arrives at least once, and now and then twice. That a destination fails raises no
/// alarm, which could only go to destinations again: it is in the log, in a metric and on the page.
final class Post {
  /// How long what was taken belongs to whoever took it; longer than any attempt lasts.
  static final Duration LEASE = Duration.ofMinutes(2);

  /// What could not be brought for so long is given up.
  static final Duration GIVEN_UP = Duration.ofDays(1);

  private static final Logger LOG = LoggerFactory.getLogger(Post.class);
  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final int WHY = 300;

  private final Delivery.Ground ground;
  private final Database database;
  private final Address address;
  private final Carrier carrier;
  private volatile boolean isFailing;

  /// @param name also in the tables
  /// @param target in words, without any secret
  /// @param apart what comes sooner after a delivery waits, and goes with the next
  record Address(String name, String target, Severity least, Duration apart) {}

  Post(Delivery.Ground ground, Address address, Carrier carrier) throws DatabaseFault {
    this.ground = ground;
    this.database = ground.database();
    this.address = address;
    this.carrier = carrier;
    this.isFailing =
        database.<Boolean>write(tx -> {
          PostRows.register(tx, address.name());
          return PostRows.standing(tx, address.name()).failing() != null;
        });
    Gauge.builder("wellhead.notify.failing", this, post -> post.isFailing ? 1 : 0)
        .tag("destination", address.name())
        .description("whether the last message to a destination of alarms was not taken")
        .register(ground.metrics());
  }

  String name() {
    return address.name();
  }

  /// Brings what is due, as much as goes at once.
  ///
  /// @return whether something was brought, so that more may be due
  boolean round() throws DatabaseFault, InterruptedException {
    Instant now = ground.clock().instant();
    List<PostRows.Due> due = claim(now);
    if (due.isEmpty()) {
      return false;
    }
    Optional<String> failure = carrier.carry(due.stream().map(PostRows.Due::event).toList(), now);
    if (failure.isEmpty()) {
      delivered(due);
    } else {
      failed(due, OneLine.of(failure.get(), WHY));
    }
    return failure.isEmpty();
  }

  DestinationState state() throws DatabaseFault {
    return database.read(tx -> {
      PostRows.Standing standing = PostRows.standing(tx, name());
      return new DestinationState(
          name(),
          address.target(),
          address.least(),
          PostRows.count(tx, name(), "waiting"),
          PostRows.count(tx, name(), "given-up"),
          standing.delivered(),
          standing.failing(),
          standing.failure());
    });
  }

  private List<PostRows.Due> claim(Instant now) throws DatabaseFault {
    // A write each second would wear out the disk.
    if (!database.<Boolean>read(tx -> PostRows.hasWork(tx, name(), now))) {
      return List.of();
    }
    return database.write(tx -> {
      PostRows.takeUp(tx, name(), address.least(), now);
      Instant delivered = PostRows.standing(tx, name()).delivered();
      boolean isTooSoon =
          delivered != null
              && now.isBefore(delivered.plus(address.apart()))
              && !now.isBefore(delivered);
      return isTooSoon ? List.of() : PostRows.claim(tx, name(), now, LEASE, carrier.most());
    });
  }

  private void delivered(List<PostRows.Due> due) throws DatabaseFault {
    Instant now = ground.clock().instant();
    database.write(tx -> {
      due.forEach(each -> PostRows.move(tx, name(), each, "delivered", now));
      PostRows.took(tx, name(), now);
      return null;
    });
    if (isFailing) {
      LOG.info("{} takes alarms again", name());
    }
    isFailing = false;
    count("delivered", due.size());
  }

  private void failed(List<PostRows.Due> due, String why) throws DatabaseFault {
    Instant now = ground.clock().instant();
    double chance = ground.random().nextDouble();
    int lost =
        database.<Integer>write(tx -> {
          int given = 0;
          for (PostRows.Due each : due) {
            boolean isOver = now.isAfter(each.event().at().plus(GIVEN_UP));
            given += isOver ? 1 : 0;
            PostRows.move(
                tx,
                name(),
                each,
                isOver ? "given-up" : "waiting",
                isOver ? now : now.plus(delay(each.attempts(), chance)));
          }
          PostRows.failed(tx, name(), why, now);
          return given;
        });
    if (!isFailing) {
      LOG.warn("{} takes no alarms; it is tried again for a day: {}", name(), why);
    }
    if (lost > 0) {
      LOG.warn("{} did not take {} messages within a day; they are given up", name(), lost);
    }
    isFailing = true;
    count("failed", due.size() - lost);
    count("given-up", lost);
  }

  /// Twice as long each time, and never for all at the same moment.
  static Duration delay(int attempts, double chance) {
    long millis = FIRST_DELAY.toMillis() << Math.min(attempts - 1, 20);
    return Duration.ofMillis((long) (Math.min(millis, LONGEST_DELAY.toMillis()) * (0.5 + chance)));
  }

  private void count(String outcome, int number) {
    MeterRegistry metrics = ground.metrics();
    metrics
        .counter("wellhead.notify.deliveries", "destination", name(), "outcome", outcome)
        .increment(number);
  }
}
