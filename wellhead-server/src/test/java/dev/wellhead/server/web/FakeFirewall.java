package dev.wellhead.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A firewall whose every text was written by an attacker, and that remembers what was decided.
final class FakeFirewall implements FirewallSource {
  static final String HOSTILE = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>";
  private static final String LONG = "https://evil.example/" + "x".repeat(300);

  private final Instant now;
  private final List<String> decisions = new ArrayList<>();

  FakeFirewall(Instant now) {
    this.now = now;
  }

  List<String> decisions() {
    return List.copyOf(decisions);
  }

  @Override
  public Optional<Reason> reason(String token) {
    return switch (token) {
      case "held" ->
          Optional.of(
              new Reason(
                  new About("six", "1.17.0", "six-1.17.0-py2.py3-none-any.whl", "default"),
                  Fate.HOLD,
                  now.plus(Duration.ofDays(3)),
                  List.of(
                      new Finding(
                          "cooldown",
                          Mode.ENFORCE,
                          Fate.HOLD,
                          "uploaded 2026-11-24T11:00:00Z, younger than 72 hours",
                          "Wait, or take an older version.",
                          List.of("upload-time of the upstream: 2026-11-24T11:00:00Z")),
                      new Finding(
                          "vulnerability",
                          Mode.OBSERVE,
                          Fate.BLOCK,
                          "PYSEC-2026-1 is known for it",
                          "",
                          List.of("PYSEC-2026-1", "fixed in 1.18"))),
                  List.of("1.16.0", "1.15.0"),
                  "administrator",
                  now));
      case "hostile" ->
          Optional.of(
              new Reason(
                  new About(HOSTILE, LONG, null, HOSTILE),
                  Fate.BLOCK,
                  null,
                  List.of(
                      new Finding(
                          "our-own", Mode.ENFORCE, Fate.BLOCK, HOSTILE, HOSTILE, List.of(LONG))),
                  List.of("1.0; rm -rf ~", HOSTILE),
                  HOSTILE,
                  now));
      default -> Optional.empty();
    };
  }

  @Override
  public Dashboard dashboard() {
    List<Day> days = new ArrayList<>();
    Instant first = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(13));
    for (int i = 0; i < 14; i++) {
      days.add(new Day(first.plus(Duration.ofDays(i)), 1_000L + i * 37L, i % 5, i % 3 * 4L));
    }
    return new Dashboard(
        days,
        2,
        List.of(
            new Stopped(
                now.minus(Duration.ofMinutes(5)),
                new About("six", "1.17.0", "six-1.17.0-py2.py3-none-any.whl", "default"),
                Fate.HOLD,
                "cooldown",
                "held"),
            new Stopped(
                now.minus(Duration.ofHours(5)),
                new About(HOSTILE, LONG, null, "default"),
                Fate.BLOCK,
                "known-malware",
                "hostile")));
  }

  @Override
  public Holds holds(int from, int most) {
    List<Hold> all =
        List.of(
            new Hold(
                "h-1",
                new About("fastapi", "0.120.0", null, "default"),
                now.minus(Duration.ofHours(2)),
                null,
                List.of(
                    new Finding(
                        "known-malware",
                        Mode.ENFORCE,
                        Fate.HOLD,
                        "MAL-2026-1 names it; only one source says so, and it is widely used",
                        "Look at the record, then release or block it.",
                        List.of("MAL-2026-1, by version, from osv"))),
                17),
            new Hold(
                "h-2",
                new About(HOSTILE, LONG, LONG, HOSTILE),
                now.minus(Duration.ofDays(2)),
                now.plus(Duration.ofDays(1)),
                List.of(
                    new Finding(HOSTILE, Mode.WARN, Fate.WARN, HOSTILE, LONG, List.of(HOSTILE))),
                1));
    return new Holds(all.stream().skip(from).limit(most).toList(), 40);
  }

  @Override
  public Decided decide(String id, Choice choice, String reason, String by) {
    if (id.equals("h-2")) {
      return new Decided.Refused("Somebody else decided it already.");
    }
    decisions.add(id + " " + choice + " " + reason + " " + by);
    return new Decided.Done();
  }

  @Override
  public PolicyShown policy() {
    return new PolicyShown(
        "/srv/policy/" + HOSTILE,
        "ab".repeat(32),
        now.minus(Duration.ofDays(1)),
        List.of(
            new Rule("known-malware", Mode.ENFORCE, "", ""),
            new Rule("cooldown", Mode.ENFORCE, "minimum age 72 h", "view default"),
            new Rule(HOSTILE, Mode.OBSERVE, LONG, HOSTILE)),
        List.of(
            new Load(
                now.minus(Duration.ofHours(1)), HOSTILE, "cd".repeat(32), "line 3: " + HOSTILE),
            new Load(now.minus(Duration.ofDays(1)), "/srv/policy", "ab".repeat(32), "")),
        new Replay(now, 14, 12_345, List.of(new Hits("vulnerability", Mode.OBSERVE, 120, 14))));
  }

  @Override
  public List<Feed> feeds() {
    return List.of(
        new Feed(
            "osv",
            "OSV",
            "https://osv.example/all.zip",
            FeedStanding.CURRENT,
            now.minus(Duration.ofMinutes(20)),
            Duration.ofMinutes(25),
            250_123,
            2,
            List.of("MAL-1.json: no id", HOSTILE)),
        new Feed(HOSTILE, HOSTILE, LONG, FeedStanding.NOT_CONFIGURED, null, null, 0, 0, List.of()),
        new Feed(
            "kev",
            "KEV",
            "/srv/kev.json",
            FeedStanding.QUIET,
            now.minus(Duration.ofDays(3)),
            null,
            1_400,
            0,
            List.of()));
  }
}
