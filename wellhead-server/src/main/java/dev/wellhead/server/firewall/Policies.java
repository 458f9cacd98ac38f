package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Policy;
import dev.wellhead.core.policy.PolicyRead;
import dev.wellhead.core.policy.Problem;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.fetches.Fetches;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import dev.wellhead.server.notify.Alarm;
import dev.wellhead.server.notify.Alarms;
import dev.wellhead.server.notify.Severity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The policy in force, and every one that was ever read.
///
/// A policy that cannot be used is recorded, raises an alarm, and changes nothing else.
public final class Policies {
  /// What is asked where no policy was ever loaded: nothing but what people blocked by hand.
  static final String NONE = "version = 1\n";

  private static final String ALARM = "policy-refused";
  private static final String BUILT_IN = "built in: no policy was loaded";
  private static final String COLUMNS =
      "number, at_ms, origin, sha256, accepted, text, problems FROM policy_load";

  private final Database database;
  private final Fetches fetches;
  private final InstantSource clock;
  private final Changes changes;
  private volatile InForce inForce = new InForce(-1, builtIn(), null);

  /// A policy that was read.
  ///
  /// @param problems one in a line; warnings of an accepted one
  public record Load(
      long number,
      Instant at,
      String origin,
      String sha256,
      boolean accepted,
      String text,
      String problems) {}

  /// @param asOf what [Changes] said when it was read
  /// @param load null where none was ever accepted
  private record InForce(long asOf, Policy policy, @Nullable Load load) {}

  /// For a process that serves nothing.
  public Policies(Database database, Fetches fetches, InstantSource clock) {
    this(database, fetches, clock, new Changes(database, clock));
  }

  Policies(Database database, Fetches fetches, InstantSource clock, Changes changes) {
    this.database = database;
    this.fetches = fetches;
    this.clock = clock;
    this.changes = changes;
  }

  /// The policy that holds now.
  public Policy current() throws DatabaseFault {
    changes.look();
    long number = changes.number("");
    InForce known = inForce;
    if (known.asOf() == number) {
      return known.policy();
    }
    Load newest = database.read(Policies::newestAccepted).orElse(null);
    Load loaded = known.load();
    boolean same =
        newest == null ? loaded == null : loaded != null && newest.number() == loaded.number();
    Policy policy = same ? known.policy() : newest == null ? builtIn() : read(newest);
    inForce = new InForce(number, policy, newest);
    return policy;
  }

  /// The load that is in force; empty where no policy was ever accepted.
  public Optional<Load> loaded() throws DatabaseFault {
    current();
    return Optional.ofNullable(inForce.load());
  }

  /// The newest loads, newest first.
  public List<Load> newest(int most) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT " + COLUMNS + " ORDER BY number DESC LIMIT :most")
            .bind("most", most)
            .map((row, _) -> load(row))
            .list());
  }

  /// Until when a house that begins at `start` without any record lets the cooldown only warn.
  public static Instant learnsUntil(Instant start) {
    return start.plus(Gathering.LEARNS_FOR).truncatedTo(ChronoUnit.SECONDS);
  }

  /// When the first policy was accepted, which is when cooldowns began to count; empty before.
  Optional<Instant> began() throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT at_ms FROM policy_load WHERE accepted ORDER BY number LIMIT 1")
            .mapTo(Long.class)
            .findOne()
            .map(Instant::ofEpochMilli));
  }

  /// Reads `text` and puts it in force where it can be used; the first one adopts what was fetched
  /// before. The same text as the one in force is not loaded again.
  ///
  /// @param origin where it is from, for people: a path, a commit
  public PolicyRead load(String text, String origin) throws DatabaseFault {
    PolicyRead read = Policy.parse(text, origin);
    Instant now = clock.instant();
    boolean accepted = read instanceof PolicyRead.Good;
    String sha256 = Digests.sha256(text);
    Optional<Load> before = loaded();
    if (accepted && before.filter(load -> load.sha256().equals(sha256)).isPresent()) {
      database.write(tx -> {
        Alarms.resolve(tx, ALARM, now);
        return true;
      });
      return read;
    }
    var adopted =
        accepted && before.isEmpty()
            ? fetches.fetchedBefore(now)
            : List.<dev.wellhead.core.pypi.Sha256>of();
    String problems = problems(read);
    Leaf leaf =
        Leaf.of(accepted ? "policy" : "policy-refused", origin, now, Map.of("sha256", sha256));
    try {
      database.write(tx -> {
        insert(tx, new Load(0, now, origin, sha256, accepted, text, problems));
        Ledger.pend(tx, leaf);
        if (accepted) {
          Adopted.add(tx, adopted, "fetched before the first policy", now);
          Alarms.resolve(tx, ALARM, now);
          Changes.touchAll(tx, now);
        } else {
          Alarms.raise(tx, alarm(origin, problems), now);
        }
        return true;
      });
    } finally {
      changes.expire();
    }
    return read;
  }

  private static Alarm alarm(String origin, String problems) {
    return new Alarm(
        ALARM,
        Severity.CRITICAL,
        "The policy " + origin + " was refused",
        "The one of before stays in force. " + problems,
        Alarm.ADMINISTRATOR);
  }

  private static void insert(Handle tx, Load load) {
    tx.createUpdate(
            """
            INSERT INTO policy_load (number, at_ms, origin, sha256, accepted, text, problems)
            VALUES ((SELECT coalesce(max(number), 0) + 1 FROM policy_load),
              :at, :origin, :sha256, :accepted, :text, :problems)
            """)
        .bind("at", load.at().toEpochMilli())
        .bind("origin", load.origin())
        .bind("sha256", load.sha256())
        .bind("accepted", load.accepted())
        .bind("text", load.text())
        .bind("problems", load.problems())
        .execute();
  }

  private static String problems(PolicyRead read) {
    List<Problem> all =
        switch (read) {
          case PolicyRead.Good(Policy _, List<Problem> warnings) -> warnings;
          case PolicyRead.Bad(List<Problem> problems) -> problems;
        };
    return all.stream()
        .map(problem ->
            "line " + problem.line() + ", column " + problem.column() + ": " + problem.sentence())
        .collect(Collectors.joining("\n"));
  }

  private static Optional<Load> newestAccepted(Handle tx) {
    return tx.createQuery("SELECT " + COLUMNS + " WHERE accepted ORDER BY number DESC LIMIT 1")
        .map((row, _) -> load(row))
        .findOne();
  }

  private static Load load(ResultSet row) throws SQLException {
    return new Load(
        row.getLong("number"),
        Instant.ofEpochMilli(row.getLong("at_ms")),
        row.getString("origin"),
        row.getString("sha256"),
        row.getBoolean("accepted"),
        row.getString("text"),
        row.getString("problems"));
  }

  private static Policy read(Load load) {
    return switch (Policy.parse(load.text(), load.origin())) {
      case PolicyRead.Good(Policy policy, List<Problem> _) -> policy;
      case PolicyRead.Bad(List<Problem> problems) ->
          throw new IllegalStateException(
              "the policy of load " + load.number() + " was accepted once: " + problems);
    };
  }

  private static Policy builtIn() {
    return switch (Policy.parse(NONE, BUILT_IN)) {
      case PolicyRead.Good(Policy policy, List<Problem> _) -> policy;
      case PolicyRead.Bad(List<Problem> problems) ->
          throw new IllegalStateException("the built-in policy is refused: " + problems);
    };
  }
}
