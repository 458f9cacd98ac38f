package dev.wellhead.core.policy;

import static dev.wellhead.core.policy.Samples.NOW;
import static dev.wellhead.core.policy.Samples.harmless;
import static dev.wellhead.core.policy.Samples.malware;
import static dev.wellhead.core.policy.Samples.policy;
import static dev.wellhead.core.policy.Samples.problems;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wellhead.core.policy.Problem.Kind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyFileTest {
  private static final String WITH_MALWARE = "[rules.known-malware]\n";

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_day_one_policy_is_accepted_and_passes_its_own_tests(boolean given) {
    String text = Policy.dayOne(new UpstreamGives(given, given, given, given, given, given));

    PolicyRead read = Policy.parse(text, "day one");

    assertThat(problems(text)).isEmpty();
    Policy policy = ((PolicyRead.Good) read).policy();
    assertThat(policy.test()).hasSize(10);
    assertThat(policy.test())
        .allSatisfy(result -> assertThat(result.passed()).as(result.toString()).isTrue());
    assertThat(policy.needsArrival("default")).isFalse();
    assertThat(
            policy.rules().stream()
                .filter(rule -> rule.mode() == Mode.ENFORCE)
                .map(RuleSummary::name))
        .containsExactly(
            "hand-block",
            "known-malware",
            "changed-hash",
            "name-confusion",
            "upstream-removal",
            "cooldown");
  }

  /// What the upstream and the feeds do not give is unknown, and the policy of such a house breaks
  /// no build.
  @Test
  void the_day_one_policy_forgives_what_is_not_given() {
    Policy policy =
        policy(Policy.dayOne(new UpstreamGives(false, false, false, false, false, false)));
    Facts facts =
        harmless()
            .unknown(FactKeys.ADVISORIES, "no feed is configured")
            .unknown(FactKeys.POPULARITY, "no list is configured")
            .unknown(FactKeys.LOOKALIKE, "no list is configured")
            .unknown(FactKeys.PROVENANCE, "the upstream never gives it")
            .unknown(FactKeys.PUBLISHER_KEPT, "the upstream never gives it")
            .unknown(FactKeys.SIZE, "the upstream never gives it")
            .unknown(FactKeys.IN_USE, "there is no record")
            .pending(FactKeys.LICENCE)
            .pending(FactKeys.NATIVE_CODE_NEW)
            .build();

    assertThat(policy.decide(facts, NOW).verdict()).isEqualTo(new Verdict.Allow());
  }

  @Test
  void everything_that_is_wrong_is_told_at_once_with_its_place() {
    List<Problem> problems =
        problems(
            """
            version = 2
            [rules.cooldown]
            age = "soon"
            colour = "red"
              mode = "forceful"
            [rules.trust]
            forgive = ["luck", "size"]
            reason = "{why} {wherefore}"
            [rules.mine]
            when = "sdist_only && populrity > 3"
            [[tests]]
            name = "good"
            [tests.expect]
            verdict = "allow"
            [[tests]]
            [tests.given]
            weather = "fine"
            advisories = [{ id = "MAL-1", source = "a" }]
            [tests.expect]
            verdict = "maybe"
            rule = "nobody"
            """);

    assertThat(problems.stream().map(one -> one.line() + ":" + one.column() + " " + one.sentence()))
        .containsExactly(
            "1:1 `version` must be a whole number from 1 to 1.",
            "3:1 `age` must be a time such as \"72h\" or \"14d\".",
            "4:1 There is no setting `colour` here; there is age, except, fix, forgive, hosted, mode,"
                + " projects, reason, rule, severity, sources, views, yank.",
            "5:3 `mode` must be one of off, observe, warn, enforce.",
            "7:1 There is no fact `luck`.",
            "7:1 The rule does not ask for `size`, it asks for provenance.",
            "8:1 There is nothing to put for {wherefore}; there is why, fix, project, version, file,"
                + " view, until, evidence.",
            "10:1 The condition of `mine` cannot be used, at column 15: there is no fact populrity.",
            "17:1 There is no setting `weather` here; there is "
                + "adopted, advisories, blocks, changed-hash, file, fixes, in-use, learning, licence,"
                + " lookalike, native-code-new, now, pending, popularity, project, provenance,"
                + " publisher-kept, python-tags, reserved, sdist-only, size, source, unknown,"
                + " upload-time, upstream-state, version, view, yanked.",
            "18:1 There is no setting `source` here; there is exploited, fixed, id, rating, sources,"
                + " withdrawn.",
            "20:1 A test expects a `verdict`: allow, block, cannot-tell, hide, hold, warn.",
            "21:1 The policy has no rule `nobody`.");
    assertThat(problems).allSatisfy(one -> assertThat(one.kind()).isEqualTo(Kind.ERROR));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rules = 1",
        "[rules]\ncooldown = 3",
        "tests = 4",
        "tests = [1]",
        "[rules.Big]",
        "[rules.x]",
        "a",
        "[rules.x]\nrule = \"y\"",
        "[rules.size]\nrule = \"trust\"",
        "[rules.size]\nmax = -1",
        "[rules.hand-block]"
      })
  void nothing_that_is_wrong_is_passed_over(String text) {
    assertThat(Policy.parse(text, "a test")).isInstanceOf(PolicyRead.Bad.class);
  }

  @Test
  void a_text_of_the_operator_s_own_takes_up_what_was_found() {
    Policy policy =
        policy(
            """
            [rules.cooldown]
            reason = "{project} {version} waits until {until}: {why}"
            fix = "{fix} Ask in #packages about {file} in {view}."
            """);
    Facts young = harmless().known(FactKeys.UPLOAD_TIME, NOW.minus(Duration.ofHours(3))).build();

    Finding finding = policy.decide(young, NOW).findings().getFirst();

    assertThat(finding.sentence())
        .startsWith("fastapi 2.0 waits until 2026-05-27T09:00:00Z: The file is public since")
        .endsWith(".");
    assertThat(finding.fix())
        .endsWith("Ask in #packages about fastapi-2.0-py3-none-any.whl in default.");
  }

  @Test
  void a_rule_may_stand_twice_under_names_of_its_own() {
    Policy policy =
        policy(
            """
            [rules.cooldown]
            [rules.cooldown-production]
            rule = "cooldown"
            age = "14d"
            views = ["production"]
            """);

    assertThat(policy.rules().stream().map(RuleSummary::name))
        .containsExactly("hand-block", "cooldown", "cooldown-production");
  }

  @Test
  void a_test_of_the_policy_that_fails_says_what_came() {
    Policy policy =
        policy(
            """
            [rules.cooldown]
            [[tests]]
            name = "young"
            [tests.given]
            upload-time = "-3h"
            [tests.expect]
            verdict = "allow"
            """);

    assertThat(policy.test())
        .containsExactly(
            new TestResult(
                "young", 2, false, "Expected allow; came hold, found by cooldown (enforce)."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[rules.mine]\nwhen = \"true\"",
        "[rules.mine]\nwhen = \"true\"\nverdict = \"hold\"\nprojects = [\"*\"]",
        "[rules.size]\nmax = 0",
        "[rules.mine]\nwhen = \"project == 'x' || size >= 0\"",
        "[rules.mine]\nwhen = \"1 / 0 == 1\"",
      })
  void a_policy_that_would_block_everything_says_so(String text) {
    Policy policy = policy(WITH_MALWARE + text);

    assertThat(policy.blocksEverything()).isTrue();
    assertThat(problems(WITH_MALWARE + text))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.kind()).isEqualTo(Kind.WARNING);
          assertThat(problem.line()).isEqualTo(2);
        });
  }

  @Test
  void a_policy_that_only_warns_of_everything_or_blocks_one_project_does_not_block_everything() {
    assertThat(policy("[rules.mine]\nwhen = \"true\"\nmode = \"warn\"").blocksEverything())
        .isFalse();
    assertThat(policy("[rules.mine]\nwhen = \"true\"\nprojects = [\"six\"]").blocksEverything())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "popularity < 1000 && in_use",
        "now - upload_time > duration('24h')",
        "advisories.exists(a, a.malware && a.sources.size() == 2 && 'b' in a.sources)",
        "project.matches('^fast.*') && view == 'default' && source == 'upstream'",
        "python_tags.exists(t, t == 'py3')",
        "upstream_state == 'listed' && provenance == 'kept' && lookalike == ''",
        "!changed_hash && !reserved && !learning && blocks.size() == 0",
        "size < 30000 && licence == 'MIT' && version == '2.0'",
      })
  void a_condition_may_speak_of_every_fact(String when) {
    Policy policy = policy("[rules.mine]\nwhen = \"" + when + "\"");
    Facts facts =
        harmless().known(FactKeys.ADVISORIES, List.of(malware(List.of("a", "b")))).build();

    assertThat(policy.decide(facts, NOW).verdict()).isEqualTo(new Verdict.Block());
  }

  @Test
  void a_condition_that_turns_on_an_unknown_fact_cannot_tell_and_one_that_does_not_can() {
    Policy policy = policy("[rules.mine]\nwhen = \"yanked && popularity > 5\"");
    Facts.Builder unknown = harmless().unknown(FactKeys.POPULARITY, "no list");

    assertThat(policy.decide(unknown.known(FactKeys.YANKED, false).build(), NOW).verdict())
        .isEqualTo(new Verdict.Allow());
    Judgement open = policy.decide(unknown.known(FactKeys.YANKED, true).build(), NOW);
    assertThat(open.verdict()).isEqualTo(new Verdict.CannotTell());
    assertThat(open.findings().getFirst().outcome())
        .isEqualTo(new Outcome.CannotTell(List.of("popularity"), List.of()));
  }

  @Test
  void a_condition_over_the_bytes_awaits_them() {
    Policy policy = policy("[rules.mine]\nwhen = \"licence == ''\"");

    assertThat(policy.needsArrival("default")).isTrue();
    assertThat(policy.decide(harmless().pending(FactKeys.LICENCE).build(), NOW).awaitsArrival())
        .isTrue();
  }

  @Test
  void a_condition_that_asks_for_the_time_is_judged_again_soon() {
    Policy policy = policy("[rules.mine]\nwhen = \"now < upload_time\"");

    assertThat(policy.decide(harmless().build(), NOW).validUntil())
        .isEqualTo(NOW.plus(Duration.ofMinutes(10)));
  }

  @Test
  void a_condition_that_fails_cannot_tell_and_no_forgiveness_helps() {
    Policy policy =
        policy("[rules.mine]\nwhen = \"100 / (popularity - 100) > 1\"\nforgive = [\"popularity\"]");

    Judgement judgement = policy.decide(harmless().build(), NOW);

    assertThat(judgement.verdict()).isEqualTo(new Verdict.CannotTell());
    assertThat(judgement.findings().getFirst().sentence())
        .startsWith("The condition could not be worked out:");
  }

  /// Three loops in one another over the longest lists that facts hold would take for ever.
  @Test
  void the_cost_of_a_condition_is_bounded() {
    Policy policy =
        policy(
            "[rules.mine]\nwhen = \"fixes.all(a, fixes.all(b, fixes.all(c, a + b + c != 'x')))\"");
    List<String> many = java.util.Collections.nCopies(1000, "CVE-2026-1");

    assertThat(policy.decide(harmless().known(FactKeys.FIXES, many).build(), NOW).verdict())
        .isEqualTo(new Verdict.CannotTell());
  }

  @Test
  void the_digest_is_that_of_the_text() {
    assertThat(policy("").sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(policy("").origin()).isEqualTo("a test");
  }
}
