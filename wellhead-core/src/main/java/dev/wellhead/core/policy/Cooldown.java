package dev.wellhead.core.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Holds a file until it has been public for `age`.
///
/// Most poisoned releases are found within days. The clock that counts is that of the file: one
/// that is added to an old release waits, and holds nothing but itself. Exempt are digests that
/// were in use before the policy began, and a release that fixes what is in use here, by the
/// publisher of before. What could not be found out about an exemption exempts nothing.
///
/// @param hosted whether the house's own releases wait as well
record Cooldown(Duration age, boolean hosted) implements Rule {
  @Override
  public String question() {
    return "Has the file been public for long enough?";
  }

  @Override
  public List<FactKey<?>> needs() {
    return List.of(
        FactKeys.UPLOAD_TIME,
        FactKeys.ADOPTED,
        FactKeys.LEARNING,
        FactKeys.FIXES,
        FactKeys.PUBLISHER_KEPT);
  }

  @Override
  public Answer check(Facts facts, Instant now) {
    if (!hosted && facts.subject().source().equals(Subject.HOSTED)) {
      return Answer.pass("The project is of this house.");
    }
    if (facts.of(FactKeys.ADOPTED) instanceof Fact.Known<Boolean>(Boolean adopted) && adopted) {
      return Answer.pass("The file was in use before the policy began.");
    }
    return switch (facts.of(FactKeys.UPLOAD_TIME)) {
      case Fact.Known<Instant>(Instant at) -> aged(facts, at, now);
      case Fact.Unknown<Instant> _, Fact.Pending<Instant> _ ->
          Answer.missing(facts, FactKeys.UPLOAD_TIME);
    };
  }

  private Answer aged(Facts facts, Instant at, Instant now) {
    Instant end = end(at);
    if (!now.isBefore(end)) {
      return Answer.pass("The file has been public since " + at + ".");
    }
    List<String> fixes = fixes(facts);
    if (!fixes.isEmpty()) {
      return Answer.pass("The release fixes what is in use here, by the publisher of before.")
          .with(fixes);
    }
    String when = at.isAfter(now) ? "dated in the future, " + at : "public since " + at;
    if (facts.of(FactKeys.LEARNING) instanceof Fact.Known<Learning>(Learning.Until(Instant learned))
        && now.isBefore(learned)) {
      return Answer.of(
              new Outcome.Warn(),
              String.format(
                  Locale.ROOT,
                  "The file is %s, younger than %s. From %s on such files are held: until then this house learns what is in use.",
                  when,
                  words(age),
                  learned),
              "Prefer a version that is older.")
          .until(learned.isBefore(end) ? learned : end);
    }
    return Answer.of(
            new Outcome.Hold(new HoldEnd.Until(end)),
            String.format(
                Locale.ROOT,
                "The file is %s, younger than %s; held until %s.",
                when,
                words(age),
                end),
            "Use an older version, or wait until " + end + ".")
        .until(end);
  }

  private static List<String> fixes(Facts facts) {
    boolean kept =
        facts.of(FactKeys.PUBLISHER_KEPT) instanceof Fact.Known<Boolean>(Boolean same) && same;
    return kept && facts.of(FactKeys.FIXES) instanceof Fact.Known<List<String>>(List<String> ids)
        ? ids
        : List.of();
  }

  private Instant end(Instant at) {
    try {
      Instant end = at.plus(age);
      return end.isAfter(Judgement.FOREVER) ? Judgement.FOREVER : end;
    } catch (DateTimeException | ArithmeticException _) {
      return Judgement.FOREVER;
    }
  }

  static String words(Duration time) {
    if (time.toHours() > 96 && time.equals(Duration.ofDays(time.toDays()))) {
      return time.toDays() + " days";
    }
    return time.equals(Duration.ofHours(time.toHours()))
        ? time.toHours() + " hours"
        : time.toMinutes() + " minutes";
  }
}
