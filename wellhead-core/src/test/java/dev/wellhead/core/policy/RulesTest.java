package dev.wellhead.core.policy;

import static dev.wellhead.core.policy.Samples.NOW;
import static dev.wellhead.core.policy.Samples.harmless;
import static dev.wellhead.core.policy.Samples.malware;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.osv.Rating.Severity;
import dev.wellhead.core.pypi.ProjectName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each rule in each mode, and each with each of its facts withheld.
final class RulesTest {
  private static final Verdict HOLD = new Verdict.Hold(new HoldEnd.Decided());

  /// A rule's settings, facts that it objects to, and what it makes of them when it is enforced.
  record Objection(String rule, String settings, Facts facts, Verdict verdict) {
    @Override
    public String toString() {
      return rule + " " + settings;
    }
  }

  static List<Objection> objections() {
    return Stream.concat(aboutHistory(), aboutTheFile()).toList();
  }

  private static Stream<Objection> aboutHistory() {
    Duration hour = Duration.ofHours(1);
    return Stream.of(
        on(
            "known-malware",
            "",
            harmless().known(FactKeys.ADVISORIES, List.of(malware(List.of("a", "b")))),
            new Verdict.Block()),
        on(
            "vulnerability",
            "",
            harmless()
                .known(
                    FactKeys.ADVISORIES,
                    List.of(Samples.vulnerability(Severity.CRITICAL, false, "3.0"))),
            new Verdict.Block()),
        on(
            "cooldown",
            "",
            harmless().known(FactKeys.UPLOAD_TIME, NOW.minus(hour)),
            new Verdict.Hold(new HoldEnd.Until(NOW.plus(Duration.ofHours(71))))),
        on(
            "name-confusion",
            "",
            harmless().known(FactKeys.RESERVED, new Reservation.Reserved("acme-*", "ours")),
            new Verdict.Block()),
        on(
            "name-confusion",
            "verdict = \"hide\"",
            harmless().known(FactKeys.RESERVED, new Reservation.Reserved("acme-*", "ours")),
            new Verdict.Hide()),
        on(
            "lookalike",
            "",
            harmless()
                .known(FactKeys.IN_USE, false)
                .known(
                    FactKeys.LOOKALIKE,
                    new Likeness.Resembles(new ProjectName("requests"), "a letter")),
            HOLD),
        on("trust", "", harmless().known(FactKeys.PROVENANCE, new Provenance.Lost("1.9")), HOLD),
        on(
            "trust",
            "verdict = \"block\"",
            harmless().known(FactKeys.PROVENANCE, new Provenance.PublisherChanged("a", "b")),
            new Verdict.Block()),
        on(
            "upstream-removal",
            "",
            harmless()
                .known(FactKeys.UPSTREAM_STATE, new UpstreamState.ProjectQuarantined("malware")),
            new Verdict.Block()),
        on(
            "changed-hash",
            "",
            harmless().known(FactKeys.CHANGED_HASH, new HashHistory.Changed(Samples.DIGEST, NOW)),
            new Verdict.Block()));
  }

  private static Stream<Objection> aboutTheFile() {
    return Stream.of(
        on(
            "licence",
            "deny = [\"AGPL-*\"]",
            harmless().known(FactKeys.LICENCE, "AGPL-3.0-only"),
            new Verdict.Block()),
        on("file-kind", "", harmless().known(FactKeys.SDIST_ONLY, true), HOLD),
        on(
            "file-kind",
            "sdist-only = false\nnative-code-new = true",
            harmless().known(FactKeys.NATIVE_CODE_NEW, true),
            HOLD),
        on(
            "python-tag",
            "deny = [\"py2\"]",
            harmless().known(FactKeys.PYTHON_TAGS, Set.of("py2")),
            new Verdict.Block()),
        on("size", "max = \"1 KiB\"", harmless(), new Verdict.Block()),
        on(
            "no-yanked",
            "when = \"yanked && popularity > 10\"",
            harmless().known(FactKeys.YANKED, true),
            new Verdict.Block()));
  }

  private static Objection on(String rule, String settings, Facts.Builder facts, Verdict verdict) {
    return new Objection(rule, settings, facts.build(), verdict);
  }

  static Stream<Arguments> cells() {
    return objections().stream()
        .flatMap(one -> Stream.of(Mode.values()).map(mode -> Arguments.of(one, mode)));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void a_mode_decides_what_becomes_of_a_finding(Objection objection, Mode mode) {
    Judgement judgement = policy(objection, mode, "").decide(objection.facts(), NOW);

    assertThat(judgement.verdict())
        .isEqualTo(
            switch (mode) {
              case OFF, OBSERVE -> new Verdict.Allow();
              case WARN -> new Verdict.Warn();
              case ENFORCE -> objection.verdict();
            });
    assertThat(judgement.findings()).hasSize(mode == Mode.OFF ? 0 : 1);
    for (Finding finding : judgement.findings()) {
      assertThat(finding.rule()).isEqualTo(objection.rule());
      assertThat(finding.mode()).isEqualTo(mode);
      assertThat(finding.sentence()).matches("[A-Z].*[.]");
    }
  }

  @ParameterizedTest
  @MethodSource("objections")
  void a_harmless_file_passes(Objection objection) {
    if (!objection.rule().equals("size")) {
      assertThat(policy(objection, Mode.ENFORCE, "").decide(harmless().build(), NOW).verdict())
          .isEqualTo(new Verdict.Allow());
    }
  }

  /// With any of a rule's facts withheld, what it objected to is never served.
  @ParameterizedTest
  @MethodSource("objections")
  void a_withheld_fact_never_lets_through_what_the_rule_objects_to(Objection objection) {
    Policy policy = policy(objection, Mode.ENFORCE, "");
    for (FactKey<?> key : FactKeys.all()) {
      Facts unknown = objection.facts().and().unknown(key, "withheld").build();
      Facts pending = objection.facts().and().pending(key).build();

      assertThat(policy.decide(unknown, NOW).verdict().isServed()).as(key.name()).isFalse();
      assertThat(policy.decide(pending, NOW).verdict().isServed()).as(key.name()).isFalse();
    }
    Facts nothing = Facts.about(objection.facts().subject()).build();
    assertThat(policy.decide(nothing, NOW).verdict().isServed()).isFalse();
  }

  /// The fact that a rule turns on: without it even a harmless file is not let through, unless the
  /// policy forgives that fact by name.
  @ParameterizedTest
  @CsvSource({
    "known-malware, advisories", "vulnerability, advisories", "cooldown, upload-time",
    "name-confusion, reserved", "trust, provenance", "upstream-removal, upstream-state",
    "changed-hash, changed-hash", "licence, licence", "file-kind, sdist-only",
    "python-tag, python-tags", "size, size",
  })
  void what_could_not_be_found_out_holds_unless_it_is_forgiven_by_name(String rule, String fact) {
    Objection objection = new Objection(rule, "", harmless().build(), new Verdict.Allow());
    FactKey<?> key = FactKeys.named(fact).orElseThrow();
    Facts facts = harmless().unknown(key, "nobody knows").build();

    Judgement judgement = policy(objection, Mode.ENFORCE, "").decide(facts, NOW);
    assertThat(judgement.verdict()).isEqualTo(new Verdict.CannotTell());
    assertThat(judgement.awaitsArrival()).isFalse();
    assertThat(judgement.findings().getFirst().sentence()).contains(fact + ": nobody knows");
    assertThat(policy(objection, Mode.WARN, "").decide(facts, NOW).verdict())
        .isEqualTo(new Verdict.Warn());
    assertThat(policy(objection, Mode.OBSERVE, "").decide(facts, NOW).verdict())
        .isEqualTo(new Verdict.Allow());
    assertThat(
            policy(objection, Mode.ENFORCE, "forgive = [\"" + fact + "\"]")
                .decide(facts, NOW)
                .verdict())
        .isEqualTo(new Verdict.Allow());
  }

  @Test
  void a_pending_fact_waits_for_the_bytes_even_where_it_is_forgiven() {
    Policy policy =
        Samples.policy("[rules.licence]\ndeny = [\"AGPL-*\"]\nforgive = [\"licence\"]\n");
    Facts pending = harmless().pending(FactKeys.LICENCE).build();

    Judgement judgement = policy.decide(pending, NOW);

    assertThat(judgement.verdict()).isEqualTo(new Verdict.CannotTell());
    assertThat(judgement.awaitsArrival()).isTrue();
    assertThat(policy.needsArrival("default")).isTrue();
    assertThat(policy.decide(pending.and().known(FactKeys.LICENCE, "MIT").build(), NOW).verdict())
        .isEqualTo(new Verdict.Allow());
    assertThat(
            policy
                .decide(pending.and().known(FactKeys.BLOCKS, List.of(block())).build(), NOW)
                .awaitsArrival())
        .isFalse();
    assertThat(
            policy
                .decide(pending.and().unknown(FactKeys.BLOCKS, "lost").build(), NOW)
                .awaitsArrival())
        .isFalse();
  }

  @Test
  void a_block_by_hand_acts_in_every_policy() {
    Judgement judgement =
        Samples.policy("").decide(harmless().known(FactKeys.BLOCKS, List.of(block())).build(), NOW);

    assertThat(judgement.verdict()).isEqualTo(new Verdict.Block());
    assertThat(judgement.findings().getFirst().sentence())
        .isEqualTo("Blocked here by ada: it phones home.");
  }

  private static HandBlock block() {
    return new HandBlock("fastapi==2.0", "it phones home", "ada", NOW);
  }

  @Test
  void all_reasons_travel_together_and_the_most_severe_of_those_that_act_is_told_first() {
    Policy policy =
        Samples.policy(
            """
            [rules.size]
            mode = "observe"
            severity = 10
            max = "1 KiB"
            [rules.trust]
            mode = "warn"
            severity = 10
            [rules.file-kind]
            severity = 9
            [rules.changed-hash]
            severity = 1
            """);
    Facts facts =
        harmless()
            .known(FactKeys.PROVENANCE, new Provenance.Lost("1.9"))
            .known(FactKeys.SDIST_ONLY, true)
            .known(FactKeys.CHANGED_HASH, new HashHistory.Changed(Samples.DIGEST, NOW))
            .build();

    Judgement judgement = policy.decide(facts, NOW);

    assertThat(judgement.verdict()).isEqualTo(new Verdict.Block());
    assertThat(judgement.findings().stream().map(Finding::rule))
        .containsExactly("file-kind", "changed-hash", "trust", "size");
  }

  @ParameterizedTest
  @CsvSource({
    "critical, false, 3.0, true",
    "high, false, 3.0, false",
    "low, true, 3.0, true",
    "critical, false, , false",
    "unrated, false, 3.0, true",
  })
  void a_vulnerability_counts_by_rating_exploitation_and_fix(
      String severity, boolean exploited, String fixed, boolean found) {
    Match match =
        Samples.vulnerability(
            Severity.valueOf(severity.toUpperCase(Locale.ROOT)), exploited, fixed);
    Policy policy = Samples.policy("[rules.vulnerability]\nfix-exists = true\n");

    assertThat(
            policy
                .decide(harmless().known(FactKeys.ADVISORIES, List.of(match)).build(), NOW)
                .verdict())
        .isEqualTo(found ? new Verdict.Block() : new Verdict.Allow());
  }

  @ParameterizedTest
  @CsvSource({
    "MIT, true",
    "GPL-3.0-only, false",
    "MIT OR GPL-3.0-only, true",
    "MIT AND GPL-3.0-only, false",
    "Apache-2.0, true",
    "'', false",
    "(MIT OR GPL-3.0-only) AND Apache-2.0, false",
  })
  void of_alternative_licences_one_must_do_and_of_joint_ones_all(String stated, boolean permitted) {
    Policy policy = Samples.policy("[rules.licence]\nallow = [\"MIT\", \"Apache-*\"]\n");

    assertThat(policy.decide(harmless().known(FactKeys.LICENCE, stated).build(), NOW).verdict())
        .isEqualTo(permitted ? new Verdict.Allow() : new Verdict.Block());
  }

  @Test
  void a_scope_says_in_which_views_of_which_sources_and_for_which_projects_a_rule_is_asked() {
    Policy policy =
        Samples.policy(
            """
            [rules.size]
            max = "1 KiB"
            views = ["prod*"]
            sources = ["upstream"]
            projects = ["fast*"]
            except = ["fastapi-*"]
            """);
    List<String> served = new ArrayList<>();
    for (String where :
        List.of(
            "prod upstream fastapi",
            "dev upstream fastapi",
            "prod gpu fastapi",
            "prod upstream six",
            "prod upstream fastapi-users")) {
      String[] parts = where.split(" ", -1);
      Subject subject =
          new Subject(parts[0], parts[1], new ProjectName(parts[2]), "a.whl", null, null);
      if (policy.decide(Harmless.about(subject, NOW).build(), NOW).verdict().isServed()) {
        served.add(where);
      }
    }

    assertThat(served)
        .containsExactly(
            "dev upstream fastapi",
            "prod gpu fastapi",
            "prod upstream six",
            "prod upstream fastapi-users");
  }

  private static Policy policy(Objection objection, Mode mode, String more) {
    return Samples.policy(
        String.join(
            "\n",
            "[rules." + objection.rule() + "]",
            "mode = \"" + Spelling.lower(mode) + "\"",
            objection.settings(),
            more));
  }
}
