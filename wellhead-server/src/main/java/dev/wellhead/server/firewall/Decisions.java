package dev.wellhead.server.firewall;

import dev.wellhead.core.policy.Finding;
import dev.wellhead.core.policy.HoldEnd;
import dev.wellhead.core.policy.Judgement;
import dev.wellhead.core.policy.Verdict;
import dev.wellhead.server.catalog.HeldFile;
import dev.wellhead.server.catalog.SourceId;
import dev.wellhead.server.db.Database;
import dev.wellhead.server.db.DatabaseFault;
import dev.wellhead.server.ledger.Leaf;
import dev.wellhead.server.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What was decided about files that are not plainly allowed, written before it is shown.
final class Decisions {
  private static final int TOKEN_LENGTH = 10;
  private static final int MOST_IN_A_LEAF = 200;

  private final Database database;

  Decisions(Database database) {
    this.database = database;
  }

  /// The short address of the page about a file in a view.
  static String token(Case of, HeldFile file) {
    return Digests.shortened(
        String.join(
            "\n",
            of.view(),
            Long.toString(of.source().value()),
            of.project().name().normalized(),
            file.entry().filename(),
            file.identity()),
        TOKEN_LENGTH);
  }

  static String word(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allow _ -> "allow";
      case Verdict.Warn _ -> "warn";
      case Verdict.Hold _ -> "hold";
      case Verdict.Block _ -> "block";
      case Verdict.Hide _ -> "hide";
      case Verdict.CannotTell _ -> "cannot-tell";
    };
  }

  /// Notes what was decided about the files of `of`, in one transaction with its leaf; nothing is
  /// written where it is what was decided before.
  void remember(Case of, Map<HeldFile, Judgement> judged, String policy, Instant now)
      throws DatabaseFault {
    Map<String, Decision> told = new HashMap<>();
    judged.forEach((file, judgement) -> {
      if (isTold(judgement)) {
        Decision decision = decision(of, file, judgement, policy, now);
        told.put(decision.token(), decision);
      }
    });
    Map<String, Decision> known = new HashMap<>();
    database.read(tx -> of(tx, of)).forEach(decision -> known.put(decision.token(), decision));
    List<Decision> changed =
        told.values().stream().filter(each -> !each.saysAs(known.get(each.token()))).toList();
    List<String> ended = known.keySet().stream().filter(token -> !told.containsKey(token)).toList();
    if (changed.isEmpty() && ended.isEmpty()) {
      return;
    }
    Leaf leaf = leaf(of, changed, ended, policy, now);
    database.write(tx -> {
      ended.forEach(token ->
          tx.createUpdate("DELETE FROM decision WHERE token = :token")
              .bind("token", token)
              .execute());
      changed.forEach(decision -> write(tx, decision));
      Ledger.pend(tx, leaf);
      return true;
    });
  }

  /// Anything but a plain yes: a file that only waits for its bytes is not told of.
  static boolean isTold(Judgement judgement) {
    return !judgement.findings().isEmpty() && !judgement.awaitsArrival();
  }

  Optional<Decision> at(String token) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery("SELECT * FROM decision WHERE token = :token")
            .bind("token", token)
            .map((row, _) -> decision(row))
            .findOne());
  }

  List<Decision> newest(List<String> verdicts, int most) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery(
                """
                SELECT * FROM decision WHERE verdict IN (<verdicts>)
                ORDER BY since_ms DESC, token LIMIT :most
                """)
            .bindList("verdicts", verdicts)
            .bind("most", most)
            .map((row, _) -> decision(row))
            .list());
  }

  List<Decision> held(int from, int most) throws DatabaseFault {
    return database.read(tx ->
        tx.createQuery(
                """
                SELECT * FROM decision WHERE verdict IN ('hold', 'cannot-tell')
                ORDER BY since_ms, token LIMIT :most OFFSET :from
                """)
            .bind("from", from)
            .bind("most", most)
            .map((row, _) -> decision(row))
            .list());
  }

  Map<String, Long> counts() throws DatabaseFault {
    Map<String, Long> counts = new HashMap<>();
    database.read(tx -> {
      tx.createQuery("SELECT verdict, count(*) AS files FROM decision GROUP BY verdict")
          .map((row, _) -> counts.put(row.getString("verdict"), row.getLong("files")))
          .list();
      return true;
    });
    return Map.copyOf(counts);
  }

  private static Decision decision(
      Case of, HeldFile file, Judgement judgement, String policy, Instant now) {
    Instant until =
        judgement.verdict() instanceof Verdict.Hold(HoldEnd.Until(Instant end)) ? end : null;
    String rules =
        judgement.findings().stream()
            .map(finding -> finding.rule() + ":" + finding.mode().name().toLowerCase(Locale.ROOT))
            .distinct()
            .collect(Collectors.joining(" "));
    return new Decision(
        token(of, file),
        new Decision.Of(
            of.view(),
            of.source(),
            of.project().name().normalized(),
            file.entry().filename(),
            file.identity()),
        word(judgement.verdict()),
        rules,
        until,
        judgement.findings().stream().findFirst().map(Finding::sentence).orElse(""),
        new Decision.When(policy, now, now));
  }

  private static void write(Handle tx, Decision decision) {
    Instant until = decision.until();
    tx.createUpdate(
            """
            INSERT INTO decision (token, view_name, source, project, filename, identity, verdict,
              rules, until_ms, sentence, policy, decided_ms, since_ms)
            VALUES (:token, :view, :source, :project, :filename, :identity, :verdict, :rules,
              :until, :sentence, :policy, :now, :now)
            ON CONFLICT (token) DO UPDATE SET
              since_ms = CASE WHEN decision.verdict = excluded.verdict
                THEN decision.since_ms ELSE excluded.since_ms END,
              verdict = excluded.verdict, rules = excluded.rules, until_ms = excluded.until_ms,
              sentence = excluded.sentence, policy = excluded.policy,
              decided_ms = excluded.decided_ms
            """)
        .bind("token", decision.token())
        .bind("view", decision.of().view())
        .bind("source", decision.of().source().value())
        .bind("project", decision.of().project())
        .bind("filename", decision.of().filename())
        .bind("identity", decision.of().identity())
        .bind("verdict", decision.verdict())
        .bind("rules", decision.rules())
        .bind("until", until == null ? null : until.toEpochMilli())
        .bind("sentence", decision.sentence())
        .bind("policy", decision.when().policy())
        .bind("now", decision.when().decided().toEpochMilli())
        .execute();
  }

  /// Of a project with thousands of files the first ones, and how many there were.
  private static Leaf leaf(
      Case of, List<Decision> changed, List<String> ended, String policy, Instant now) {
    Map<String, Object> verdicts = new HashMap<>();
    changed.stream()
        .limit(MOST_IN_A_LEAF)
        .forEach(
            each -> verdicts.put(each.of().filename(), each.verdict() + " by " + each.rules()));
    return Leaf.of(
        "verdicts",
        of.project().name().normalized(),
        now,
        Map.of(
            "view", of.view(),
            "source", of.sourceName(),
            "policy", policy,
            "changed", changed.size(),
            "ended", ended.size(),
            "files", verdicts));
  }

  private static List<Decision> of(Handle tx, Case of) {
    return tx.createQuery(
            """
            SELECT * FROM decision
            WHERE project = :project AND view_name = :view AND source = :source
            """)
        .bind("project", of.project().name().normalized())
        .bind("view", of.view())
        .bind("source", of.source().value())
        .map((row, _) -> decision(row))
        .list();
  }

  private static Decision decision(ResultSet row) throws SQLException {
    long until = row.getLong("until_ms");
    @Nullable Instant end = row.wasNull() ? null : Instant.ofEpochMilli(until);
    return new Decision(
        row.getString("token"),
        new Decision.Of(
            row.getString("view_name"),
            new SourceId(row.getLong("source")),
            row.getString("project"),
            row.getString("filename"),
            row.getString("identity")),
        row.getString("verdict"),
        row.getString("rules"),
        end,
        row.getString("sentence"),
        new Decision.When(
            row.getString("policy"),
            Instant.ofEpochMilli(row.getLong("decided_ms")),
            Instant.ofEpochMilli(row.getLong("since_ms"))));
  }

  static List<String> stopping() {
    return new ArrayList<>(List.of("hold", "block", "hide", "cannot-tell"));
  }
}
